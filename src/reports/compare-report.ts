import type { Comparison } from '../analyses/comparison/comparison-result.ts';
import { duration } from '../base/duration.ts';
import { escapeHtml, htmlTable } from './html.ts';
import { reportStyle } from './report-style.ts';

const significant = 0.05;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const p = (value: number) => (value < 0.001 ? value.toExponential(1) : value.toFixed(3));
const lag = (seconds: number | null) => (seconds === null ? '' : `${seconds < 0 ? '−' : '+'}${duration(seconds)}`);

/** One self-contained page of a comparison; it makes no request to anywhere. */
export function compareReport(comparison: Comparison): string {
  const { campaigns } = comparison;
  const names = campaigns.map((one) => one.label);
  const title = names.join(' and ');
  const stageKeys = [
    ...new Set(
      campaigns.flatMap((one) =>
        one.stages.map((stage) => `${stage.id} ${stage.id === 'crossing' ? stage.platform : ''}`.trim()),
      ),
    ),
  ];
  const stages = stageKeys.map((key) => [
    escapeHtml(key),
    ...campaigns.map((one) => {
      const stage = one.stages.find(
        (candidate) => `${candidate.id} ${candidate.id === 'crossing' ? candidate.platform : ''}`.trim() === key,
      );
      return stage
        ? `${lag(stage.lagSeconds)}<br><span class="small">${escapeHtml(stage.time.slice(0, 19).replace('T', ' '))} UTC, ${escapeHtml(stage.platform)}</span>`
        : '–';
    }),
  ]);
  const roles = [...new Set(campaigns.flatMap((one) => one.roles.map((role) => role.role)))];
  const facts: [string, (at: number) => string][] = [
    ['posts', (at) => campaigns[at]!.posts.toLocaleString('en')],
    ['accounts', (at) => campaigns[at]!.accounts.toLocaleString('en')],
    ['order of platforms', (at) => escapeHtml(campaigns[at]!.platformOrder.join(' → '))],
    ...roles.map((name): [string, (at: number) => string] => [
      `accounts with a significant role: ${name}`,
      (at) => {
        const role = campaigns[at]!.roles.find((one) => one.role === name);
        return role ? `${role.accounts} (${percent(role.shareOfAccounts)})` : '0';
      },
    ]),
    ['posts of coordinated groups', (at) => percent(campaigns[at]!.groupShareOfPosts)],
    [
      'posts of the most active 1 % / 10 %',
      (at) => `${percent(campaigns[at]!.concentration.top1)} / ${percent(campaigns[at]!.concentration.top10)}`,
    ],
    ['Gini coefficient', (at) => campaigns[at]!.concentration.gini.toFixed(2)],
    ['breakout category', (at) => String(campaigns[at]!.breakout)],
  ];
  const body = [
    `<header><p class="kicker">Campaigns side by side</p><h1>${escapeHtml(title)}</h1><p>${escapeHtml(comparison.sentence)}</p></header>`,
    `<h2>At a glance</h2>${htmlTable(
      ['', ...names],
      facts.map(([name, value]) => [escapeHtml(name), ...campaigns.map((_, at) => value(at))]),
      'The same measures of each',
    )}`,
    `<h2>Stages, counted from ${escapeHtml(comparison.alignedAt)}</h2>${htmlTable(['stage', ...names], stages, 'Lags between stages')}`,
    `<h2>Do the same accounts recur?</h2>${htmlTable(
      ['what', 'of', 'in the first set', 'in the second', 'in both', 'expected', 'p', 'p adjusted'],
      comparison.overlaps.map((one) => [
        escapeHtml(one.what),
        ...[one.population, one.inFirst, one.inSecond, one.both].map((n) => n.toLocaleString('en')),
        one.expected.toFixed(1),
        p(one.pValue),
        one.adjusted < significant ? `<b>${p(one.adjusted)}</b>` : p(one.adjusted),
      ]),
      'Hypergeometric tests; adjusted after Bonferroni',
    )}`,
    htmlTable(
      ['account', ...names],
      comparison.recurring.slice(0, 200).map((one) => [
        one.handle === null
          ? escapeHtml(one.account)
          : `${escapeHtml(one.handle)}<br><span class="small">${escapeHtml(one.account)}</span>`,
        ...campaigns.map((_, at) => {
          const part = one.parts.find((candidate) => candidate.campaign === at);
          return part
            ? `${escapeHtml(part.role)}${part.significant ? '' : ' (not significant)'}${part.group ? `, ${escapeHtml(part.group)}` : ''}, ${part.posts.toLocaleString('en')} ${part.posts === 1 ? 'post' : 'posts'}<br><span class="small">${part.evidence.slice(0, 3).map(escapeHtml).join(', ')}</span>`
            : '–';
        }),
      ]),
      `Accounts that take part again: ${comparison.recurring.length}${comparison.recurring.length > 200 ? ', the first 200 here' : ''}`,
    ),
    comparison.candidates.length > 0
      ? `<h2>Possibly the same hand</h2>${htmlTable(
          ['in one', 'in the other', 'why', 'weight'],
          comparison.candidates
            .slice(0, 100)
            .map((one) => [
              ...one.accounts.map(
                (account, at) =>
                  `${escapeHtml(one.handles[at] ?? account)}<br><span class="small">${escapeHtml(account)}</span>`,
              ),
              escapeHtml(one.reasons.join('; ')),
              String(one.score),
            ]),
          'Candidates, each a question to look into',
        )}`
      : '',
    `<h2>Groups that return</h2>${
      comparison.groups.length === 0
        ? '<p>None.</p>'
        : htmlTable(
            ['groups', 'sizes', 'in both', 'p'],
            comparison.groups.map((one) => [
              escapeHtml(one.groups.join(' and ')),
              one.sizes.join(' and '),
              one.both.map(escapeHtml).join(', '),
              p(one.pValue),
            ]),
            'Coordinated groups with common members',
          )
    }`,
    `<h2>Shared things</h2>${
      comparison.shared.length === 0
        ? '<p>None.</p>'
        : htmlTable(
            ['kind', 'what', ...names.map((name) => `posts in ${name}`)],
            comparison.shared
              .slice(0, 100)
              .map((one) => [
                escapeHtml(one.kind),
                escapeHtml(one.value),
                ...one.posts.map((n) => n.toLocaleString('en')),
              ]),
            'Addresses, domains, hashtags, media and texts in more than one',
          )
    }`,
    `<h2>Shapes of cascades of like size</h2>${
      comparison.shapes.length === 0
        ? '<p>There are not five cascades of like size in both, so shapes are not compared.</p>'
        : htmlTable(
            ['size', 'cascades', 'mean depth', 'mean breadth', 'mean structural virality'],
            comparison.shapes.map((one) => [
              one.size,
              one.counts.join(' / '),
              one.depth.map((n) => n.toFixed(2)).join(' / '),
              one.breadth.map((n) => n.toFixed(1)).join(' / '),
              one.virality.map((n) => n.toFixed(2)).join(' / '),
            ]),
            'Only where both have at least five',
          )
    }`,
    `<h2>Caveats</h2><ul>${comparison.caveats.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul><p class="small">${campaigns.map((one) => `${escapeHtml(one.label)}: ${escapeHtml(one.version)}`).join('; ')}. All times are UTC.</p>`,
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title><style>${reportStyle}</style></head><body><main>${body.join('\n')}</main></body></html>
`;
}
