import { createHash } from 'node:crypto';
import { maskTrace } from '../analyses/trace/mask-trace.ts';
import type { TraceResult } from '../analyses/trace/trace-result.ts';
import type { Mask } from '../domain/mask.ts';
import { escapeHtml, htmlTable } from './html.ts';
import { bridgePosts, bridgesPart, communitiesPart } from './report-bridges.ts';
import { coveragePart, evidencePart, methodPart } from './report-grounds.ts';
import { headline, keyFigures } from './report-headline.ts';
import { clock, count, lag, platformTitle, type ReportPage, reportPage, small, when } from './report-page.ts';
import { reachPart, resharesPart, shownRankings, silencePart } from './report-reach.ts';
import { rolesPart, shownRoles } from './report-roles.ts';
import { reportStyle } from './report-style.ts';
import { spreadMap } from './spread-map.ts';

const hour = 3_600_000;

/** Parts that an analyst may leave out, reorder and introduce; what was seen, method and evidence close every report. */
export const reportParts = [
  { id: 'map', title: 'Spread' },
  { id: 'findings', title: 'Findings' },
  { id: 'stages', title: 'Stages' },
  { id: 'roles', title: 'Roles' },
  { id: 'bridges', title: 'Bridges' },
  { id: 'communities', title: 'Communities' },
  { id: 'reshared', title: 'Reshares' },
  { id: 'silent', title: 'Silence' },
  { id: 'reach', title: 'Reach' },
] as const;

/** The analyst's own title, introduction and words before parts, all plain text. */
export interface ReportWords {
  title: string | null;
  introduction: string | null;
  parts: readonly { id: string; included: boolean; words: string | null }[];
}

/** One self-contained HTML page of a trace; it makes no request to anywhere. With a mask, accounts that are no public figures get pseudonyms. */
export function traceReport(original: TraceResult, options: { mask: Mask | false; words?: ReportWords }): string {
  const result = options.mask ? maskTrace(original, options.mask) : original;
  const page = reportPage(result, footnotes(result));
  const make: Record<(typeof reportParts)[number]['id'], () => string> = {
    map: () => `<h2 id="map">How it spread</h2>${maps(result)}`,
    findings: () => findings(page),
    stages: () => stages(page),
    roles: () => rolesPart(page),
    bridges: () => bridgesPart(page),
    communities: () => communitiesPart(page),
    reshared: () => resharesPart(page),
    silent: () => silencePart(page),
    reach: () => reachPart(page),
  };
  const { words } = options;
  const said = (text: string) => escapeHtml(options.mask ? options.mask.text(text) : text);
  const paragraphs = (text: string | null | undefined) =>
    (text ?? '')
      .split(/\n\s*\n/)
      .filter((one) => one.trim() !== '')
      .map((one) => `<p>${said(one)}</p>`)
      .join('\n');
  const chosen = words
    ? words.parts.flatMap((own) => reportParts.filter(({ id }) => own.included && id === own.id))
    : reportParts;
  const parts: [id: string, title: string, html: string][] = [
    ...chosen.map(({ id, title }): [string, string, string] => {
      const own = paragraphs(words?.parts.find((part) => part.id === id)?.words);
      return [id, title, own === '' ? make[id]() : `${own}\n${make[id]()}`];
    }),
    ['coverage', 'What was seen', coveragePart(page)],
    ['method', 'Method', methodPart(page)],
    ['evidence', 'Evidence', evidencePart(page)],
  ];
  const there = parts.filter(([, , html]) => html !== '');
  const [lede] = result.findings;
  const body = `<header><p class="kicker">How a story spread <span>${escapeHtml(result.story)}</span></p><h1>${words?.title ? said(words.title) : headline(page)}</h1>
${lede ? `<p class="lede">${escapeHtml(lede.text)}${page.cite(lede.posts)}</p>` : ''}
<p class="meta">${count(result.posts)} posts by ${count(result.accounts)} accounts, ${clock(result.window.from)} to ${clock(result.window.to)} UTC${options.mask ? ' · handles of private accounts masked' : ''}<br>Query <code>${escapeHtml(result.query)}</code></p></header>
${paragraphs(words?.introduction)}
${keyFigures(page)}
<nav aria-label="Parts">${there.map(([id, title]) => `<a href="#${id}">${title}</a>`).join('')}</nav>
${there.map(([, , html]) => html).join('\n')}
<footer><p class="small">Made with Spillover ${escapeHtml(result.version)}. This page says who posted what when in the posts at hand; it gives no verdict on people.</p></footer>`;
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
  for (const group of result.groups) for (const post of group.posts.slice(0, 3)) add(post);
  for (const post of bridgePosts(result)) add(post);
  for (const ranking of shownRankings(result.reshareRankings)) {
    add(ranking.post);
    for (const one of [...ranking.before, ...ranking.after]) add(one.post);
  }
  for (const reason of result.breakout.reasons) for (const post of reason.posts.slice(0, 2)) add(post);
  return notes;
}

function maps(result: TraceResult): string {
  const time = (id: string) => result.stages.filter((stage) => stage.id === id).map((stage) => Date.parse(stage.time));
  const first = time('first-seen')[0] ?? Date.parse(result.window.from);
  const from = Date.parse(result.window.from);
  const to = Date.parse(result.window.to);
  const margin = Math.max(to - from, 60_000) / 100;
  const lastTurn = Math.max(
    first + 2 * hour,
    ...['crossing', 'takeoff', 'trend', 'outward', 'mainstream', 'response']
      .flatMap(time)
      .filter((one) => one < first + 13 * hour),
  );
  const opening = { from: first - 0.5 * hour, to: Math.min(to, lastTurn + 0.6 * hour) };
  const hasOpening = to - from > 4 * hour && result.openingVolume.length > 3;
  const whole = spreadMap(result, {
    bins: result.volume,
    from: from - margin,
    to: Math.max(to, from + 60_000) + margin,
    title: 'The whole story.',
    brief: hasOpening,
    inset: hasOpening ? opening : undefined,
  });
  if (!hasOpening) return whole;
  return `${spreadMap(result, { bins: result.openingVolume, ...opening, title: 'The opening hours.', brief: false })}\n${whole}`;
}

function findings({ result, cite }: ReportPage): string {
  const [, ...rest] = result.findings;
  if (rest.length === 0) return '';
  return `<h2 id="findings">What the posts show</h2><ol class="findings">${rest
    .map(
      (finding) =>
        `<li>${escapeHtml(finding.text)}${cite(finding.posts)}<span class="method">${escapeHtml(finding.method)}</span></li>`,
    )
    .join('\n')}</ol>`;
}

function stages({ result, cite, who }: ReportPage): string {
  const rows = result.stages.map((stage) => [
    `<b>${escapeHtml(stage.id.replace('-', ' '))}</b>`,
    `${when(stage.time)}${cite([stage.post])}`,
    interval(stage.earliest, stage.latest),
    stage.lagSeconds === null ? '' : `+ ${lag(stage.lagSeconds)}`,
    `${escapeHtml(platformTitle(stage.platform))} ${stage.post === null || stage.id === 'takeoff' || stage.id === 'trend' ? '' : small(who(stage.account))}`,
    small(escapeHtml(stage.method)),
  ]);
  return `<h2 id="stages">Stages</h2>${htmlTable(['stage', 'time (UTC)', 'interval', 'after the one before', 'where, who', 'how it was found'], rows, 'Each stage with the interval in which it happened')}`;
}

/** An interval as clock times, with milliseconds where it is that short and dates where it spans days. */
function interval(earliest: string, latest: string): string {
  const width = Date.parse(latest) - Date.parse(earliest);
  const [from, to] = width < 1000 ? [11, 23] : earliest.slice(0, 10) === latest.slice(0, 10) ? [11, 19] : [5, 16];
  const show = (iso: string) => iso.slice(from, to).replace('T', ' ');
  return small(`${show(earliest)} – ${show(latest)}`);
}
