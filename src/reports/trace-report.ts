import { createHash } from 'node:crypto';
import { maskTrace } from '../analyses/trace/mask-trace.ts';
import type { RoleEntry, TraceResult } from '../analyses/trace/trace-result.ts';
import { duration } from '../base/duration.ts';
import { isAnonymousPlatform } from '../domain/anonymous-platforms.ts';
import type { Mask } from '../domain/mask.ts';
import { escapeHtml, htmlTable, link } from './html.ts';
import { nameArtifact } from './name-artifact.ts';
import { reportStyle } from './report-style.ts';
import { spreadMap } from './spread-map.ts';

const hour = 3_600_000;
const clock = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;

/** One self-contained HTML page of a trace; it makes no request to anywhere. With a mask, accounts that are no public figures get pseudonyms. */
export function traceReport(original: TraceResult, options: { mask: Mask | false }): string {
  const result = options.mask ? maskTrace(original, options.mask) : original;
  const notes = footnotes(result);
  const cite = (posts: readonly (string | null | undefined)[], most = 4) =>
    posts
      .filter((post): post is string => post !== null && post !== undefined && notes.has(post))
      .slice(0, most)
      .map((post) => `<sup><a href="#post-${notes.get(post)}">${notes.get(post)}</a></sup>`)
      .join('');
  const [lede, ...findings] = result.findings;
  const body = [
    `<header><p class="kicker">How a story spread</p><h1>${escapeHtml(result.story)}</h1>
<p class="meta">${result.posts.toLocaleString('en')} posts by ${result.accounts.toLocaleString('en')} accounts, ${clock(result.window.from)} to ${clock(result.window.to)} UTC · query <code>${escapeHtml(result.query)}</code> · ${escapeHtml(result.version)}${options.mask ? ' · handles of private accounts masked' : ''}</p></header>`,
    `<nav aria-label="Parts"><a href="#map">Spread</a><a href="#stages">Stages</a><a href="#roles">Roles</a><a href="#bridges">Bridges</a><a href="#coverage">What was seen</a><a href="#method">Method</a><a href="#evidence">Evidence</a></nav>`,
    lede ? `<p class="lede">${escapeHtml(lede.text)}${cite(lede.posts)}</p>` : '',
    `<ol class="findings">${findings.map((finding) => `<li>${escapeHtml(finding.text)}${cite(finding.posts)}<span class="method">${escapeHtml(finding.method)}</span></li>`).join('\n')}</ol>`,
    `<h2 id="map">How it spread</h2>${maps(result)}`,
    stages(result, cite),
    roles(result, cite),
    bridges(result, cite),
    silence(result),
    concentration(result, cite),
    coverage(result),
    method(result),
    evidence(result, notes),
  ].join('\n');
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(reportStyle).digest('base64')}'; img-src data:`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}"><title>${escapeHtml(result.story)}: how it spread</title><style>${reportStyle}</style></head>
<body><main>${body}</main></body></html>
`;
}

/** Number of every post that a sentence or table of the report cites, in the order in which they are met. */
function footnotes(result: TraceResult): Map<string, number> {
  const notes = new Map<string, number>();
  const known = new Set(result.cited.map((post) => post.post));
  const add = (post: string | null) => {
    if (post !== null && known.has(post) && !notes.has(post)) notes.set(post, notes.size + 1);
  };
  for (const finding of result.findings) for (const post of finding.posts.slice(0, 4)) add(post);
  for (const stage of result.stages) add(stage.post);
  for (const role of shownRoles(result)) for (const post of role.posts.slice(0, 3)) add(post);
  for (const bridge of shownBridges(result)) {
    add(bridge.from.post);
    add(bridge.to.post);
  }
  for (const group of result.groups) for (const post of group.posts.slice(0, 3)) add(post);
  for (const ranking of result.reshareRankings) for (const one of [...ranking.before, ...ranking.after]) add(one.post);
  return notes;
}

function maps(result: TraceResult): string {
  const time = (id: string) => result.stages.filter((stage) => stage.id === id).map((stage) => Date.parse(stage.time));
  const first = time('first-seen')[0] ?? Date.parse(result.window.from);
  const from = Date.parse(result.window.from);
  const to = Date.parse(result.window.to);
  const lastTurn = Math.max(
    first + 2 * hour,
    ...['takeoff', 'trend', 'outward', 'mainstream'].flatMap(time).filter((one) => one < first + 13 * hour),
  );
  const parts: string[] = [];
  if (to - from > 4 * hour && result.openingVolume.length > 3) {
    parts.push(
      spreadMap(
        result,
        result.openingVolume,
        first - 0.75 * hour,
        Math.min(to, lastTurn + 0.75 * hour),
        'The opening hours.',
      ),
    );
  }
  parts.push(spreadMap(result, result.volume, from, Math.max(to, from + 1000), 'The whole story.'));
  return parts.join('\n');
}

type Cite = (posts: readonly (string | null | undefined)[], most?: number) => string;

function stages(result: TraceResult, cite: Cite): string {
  const rows = result.stages.map((stage) => [
    escapeHtml(stage.id),
    clock(stage.time),
    `${stage.earliest.slice(11, 19)} – ${stage.latest.slice(11, 19)}`,
    stage.lagSeconds === null ? '' : `+ ${duration(stage.lagSeconds)}`,
    escapeHtml(stage.platform),
    escapeHtml(label(result, stage.account)) + cite([stage.post]),
    `<span class="small">${escapeHtml(stage.method)}</span>`,
  ]);
  return `<h2 id="stages">Stages</h2>${htmlTable(['stage', 'time (UTC)', 'interval', 'after the one before', 'platform', 'who', 'how it was found'], rows, 'Each stage with the interval in which it happened')}`;
}

function label(result: TraceResult, account: string | null): string {
  if (account === null || isAnonymousPlatform(account.slice(0, account.indexOf('/')))) return 'anonymous';
  const post = result.cited.find((one) => one.account === account);
  const role = result.roles.find((one) => one.account === account);
  return role?.handle ?? post?.handle ?? post?.name ?? account.slice(account.indexOf('/') + 1);
}

const inWords = (name: string) => name.replace(/[A-Z0-9]+/g, (part) => ` ${part.toLowerCase()}`);

function shownRoles(result: TraceResult): RoleEntry[] {
  const some = (role: string, most: number) => result.roles.filter((one) => one.role === role).slice(0, most);
  return [
    ...some('origin', 1),
    ...some('catalyst', 6),
    ...some('influencer', 4),
    ...some('mainstream', 8),
    ...some('booster', 15),
  ];
}

function roles(result: TraceResult, cite: Cite): string {
  const rows = shownRoles(result).map((role) => [
    escapeHtml(role.role),
    `${escapeHtml(label(result, role.account))} <span class="small">${escapeHtml(role.platform)}</span>${cite(role.posts, 3)}`,
    `${role.score.toFixed(2)} <span class="small">(${role.low.toFixed(2)} – ${role.high.toFixed(2)})</span>`,
    role.significant
      ? role.pValue === undefined
        ? 'yes'
        : `p = ${role.pValue.toPrecision(2)}`
      : '<span class="no">no</span>',
    `<span class="small">${escapeHtml(
      Object.entries(role.evidence)
        .flatMap(([name, value]) =>
          value === null
            ? []
            : [`${inWords(name)} ${typeof value === 'number' ? Number(value.toPrecision(3)) : value}`],
        )
        .join(' · '),
    )}</span>`,
  ]);
  const groups = result.groups
    .filter((group) => group.pValue < 0.05)
    .map(
      (group) =>
        `<p><b>${escapeHtml(group.id)}</b>: ${group.accounts.length} accounts, p = ${group.pValue.toPrecision(2)}, ${(100 * group.shareOfPosts).toFixed(1)} % of the story's posts${cite(group.posts, 3)}: <span class="small">${group.accounts.map((account) => escapeHtml(label(result, account))).join(', ')}</span></p>`,
    );
  return `<h2 id="roles">Who did what</h2><p>Scores order accounts by how well what they did fits a role. They are not verdicts: an enthusiast can score high, and nothing here says who is behind an account.</p>${htmlTable(['role', 'account', 'score', 'significant', 'evidence'], rows, 'Roles, the highest scores of each')}${groups.length > 0 ? `<h3>Accounts that acted together</h3>${groups.join('')}` : ''}`;
}

function shownBridges(result: TraceResult): TraceResult['bridges'] {
  const seen = new Map<string, number>();
  return result.bridges
    .filter((bridge) => {
      const key = `${bridge.from.platform} ${bridge.to.platform} ${bridge.kind}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      return seen.get(key)! <= 2;
    })
    .slice(0, 40);
}

const bridgeWords: Record<string, string> = {
  'cites-thread': 'cites the thread',
  direct: 'links it directly',
  announced: 'announces without a link',
  'same-text': 'same text',
  'same-media': 'same picture',
};

function bridges(result: TraceResult, cite: Cite): string {
  const rows = shownBridges(result).map((bridge) => [
    `${escapeHtml(bridge.from.platform)} → ${escapeHtml(bridge.to.platform)}`,
    bridgeWords[bridge.kind]!,
    `<span class="small">${escapeHtml(nameArtifact(result, bridge))}</span>`,
    `${clock(bridge.from.time)}${cite([bridge.from.post])}`,
    `${clock(bridge.to.time)}${cite([bridge.to.post])} <span class="small">${escapeHtml(label(result, bridge.to.account))}</span>`,
    bridge.certain ? duration(bridge.lagSeconds) : `${duration(bridge.lagSeconds)} (order uncertain)`,
  ]);
  const matrix = result.bridgeMatrix.map((cell) => [
    escapeHtml(cell.from),
    escapeHtml(cell.to),
    String(cell.bridges),
    clock(cell.firstTime),
    duration(cell.lagSeconds),
  ]);
  return `<h2 id="bridges">Bridges between platforms</h2>${htmlTable(['from → to', 'how', 'what', 'first there', 'first here', 'lag'], rows, 'The first two bridges of each kind')}${htmlTable(['from', 'to', 'bridges', 'first', 'lag of the first'], matrix, 'All bridges by pair of platforms')}`;
}

function silence(result: TraceResult): string {
  if (result.absent.length === 0) return '';
  const rows = result.absent.map((one) => [
    escapeHtml(one.name ?? one.account),
    escapeHtml(one.verdict),
    String(one.collectedPosts),
    one.upperRate === null ? '' : `at most ${(100 * one.upperRate).toFixed(1)} %`,
    escapeHtml(one.reason),
  ]);
  return `<h2>Who was silent</h2>${htmlTable(['player', 'verdict', 'own posts collected', 'share of them on the story (95 %)', 'why'], rows, 'Players on the watch list')}`;
}

function concentration(result: TraceResult, cite: Cite): string {
  const { top1, top5, top10, gini } = result.concentration;
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const ranks = result.reshareRankings.map(
    (ranking) =>
      `<h3>Most reshared before and after ${escapeHtml(ranking.crossing.replace('T', ' ').slice(0, -5))} UTC</h3>${htmlTable(['', 'account', 'reshares'], [...ranking.before.map((one) => ['before', escapeHtml(label(result, one.account)) + cite([one.post]), String(one.reshares)]), ...ranking.after.map((one) => ['after', escapeHtml(label(result, one.account)) + cite([one.post]), String(one.reshares)])], 'Reshared posts of the story')}`,
  );
  return `<h2>How concentrated it was</h2><p>The most active 1 % of accounts wrote ${percent(top1)} of the posts, 5 % wrote ${percent(top5)}, 10 % wrote ${percent(top10)}; Gini coefficient ${gini.toFixed(2)}.</p><p>Breakout category <b>${result.breakout.category}</b> of 6: ${result.breakout.reasons.map((reason) => escapeHtml(reason.text) + cite(reason.posts, 2)).join(' ')}</p>${ranks.join('')}`;
}

function coverage(result: TraceResult): string {
  const rows = result.coverage.map((one) => [
    escapeHtml(one.platform),
    one.tier,
    clock(one.from),
    clock(one.to),
    one.posts.toLocaleString('en'),
    one.storyPosts.toLocaleString('en'),
    String(one.gaps.length),
    String(one.capped.length),
    escapeHtml(one.statement),
  ]);
  return `<h2 id="coverage">What was seen, and what was not</h2>${htmlTable(['platform', 'tier', 'from', 'to', 'posts', 'of the story', 'gaps', 'capped', 'what it allows one to say'], rows, 'Coverage by platform (UTC)')}${result.notCollected.length > 0 ? `<p>Not collected at all: ${result.notCollected.map(escapeHtml).join(', ')}. Nothing can be said of what happened there.</p>` : ''}`;
}

function method(result: TraceResult): string {
  const { options } = result;
  return `<h2 id="method">Method and caveats</h2><ul>${result.caveats.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul><p class="small">${escapeHtml(result.version)}; options ${escapeHtml(
    Object.entries(options)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  )}. To make it again: spillover trace ${escapeHtml(result.story)} on the same case.</p>`;
}

function evidence(result: TraceResult, notes: Map<string, number>): string {
  const posts = new Map(result.cited.map((post) => [post.post, post]));
  const items = [...notes].map(([id, number]) => {
    const post = posts.get(id)!;
    const who = post.handle ?? post.name ?? post.account ?? 'anonymous';
    return `<li id="post-${number}" value="${number}"><b>${escapeHtml(who)}</b> on ${escapeHtml(post.platform)}, ${clock(post.time)}${post.precisionMs < 1000 ? post.time.slice(19, 23) : ''} UTC${post.precisionMs >= 60_000 ? ' (to the minute)' : ''}<div class="what">${escapeHtml(post.text)}</div><span class="small">${escapeHtml(post.post)}${post.permalink ? ` · ${link(post.permalink, post.permalink)}` : ''} · ${escapeHtml(post.file)}${post.line === null ? '' : `, line ${post.line}`}</span></li>`;
  });
  return `<h2 id="evidence">Evidence</h2><p>The posts behind the numbers, as they were first seen. Addresses inside them are not links.</p><ol class="evidence">${items.join('\n')}</ol>`;
}
