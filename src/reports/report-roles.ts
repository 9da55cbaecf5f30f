import type { Role, RoleEntry, TraceResult } from '../analyses/trace/trace-result.ts';
import { escapeHtml, htmlTable } from './html.ts';
import { clock, count, percent, platformTitle, type ReportPage, small } from './report-page.ts';
import { scoreBar } from './score-bar.ts';

interface RoleText {
  role: Role;
  title: string;
  what: string;
  most: number;
  evidence: (evidence: RoleEntry['evidence']) => string[];
}

const number = (value: unknown) => (typeof value === 'number' ? value : null);
const part = (value: unknown, text: string) => (number(value) === null ? [] : [`${percent(value as number)} ${text}`]);

const roleTexts: readonly RoleText[] = [
  {
    role: 'catalyst',
    title: 'Catalysts',
    what: 'few posts, early, across a border, with much of what followed downstream of them',
    most: 6,
    evidence: (e) => [
      posts(e.storyPosts),
      e.early === 1 ? 'the first of the candidates' : `earlier than ${percent(number(e.early) ?? 0)} of the candidates`,
      e.bridge === 1
        ? 'brought something over'
        : e.bridge === 0.5
          ? 'crossed to another community'
          : 'brought nothing over',
      e.downstream === 1 ? 'the largest downstream' : `${percent(number(e.downstream) ?? 0)} of the largest downstream`,
    ],
  },
  {
    role: 'influencer',
    title: 'Influencers',
    what: 'large accounts outside the community after whose first post the posts from outside jump',
    most: 4,
    evidence: (e) => [
      `posts from outside ${e.outsidePostsBefore} → ${e.outsidePostsAfter} in 15 minutes`,
      ...part(e.citedShare, 'of those of the next two hours cite it'),
      ...(number(e.followers) === null ? [] : [`${count(e.followers as number)} followers`]),
    ],
  },
  {
    role: 'mainstream',
    title: 'Mainstream',
    what: 'venues of the mainstream tier that carried it, in the order of time',
    most: 8,
    evidence: (e) => [`first ${clock(String(e.firstPost))} UTC`, posts(e.storyPosts)],
  },
  {
    role: 'booster',
    title: 'Signal boosters',
    what: 'much, unoriginal, together, staying: the mean of up to seven percentiles among the accounts of the story',
    most: 15,
    evidence: (e) => [
      posts(e.volume),
      ...part(e.unoriginality, 'reshared or copied'),
      ...part(e.speed, 'of reshares within 10 s'),
      ...part(e.persistence, 'late in the story'),
      ...(e.group === null ? [] : [`acts together in ${e.group}`]),
      `${e.featuresAvailable} features known`,
    ],
  },
  {
    role: 'participant',
    title: 'Participants',
    what: 'everybody else who took part, the most active listed',
    most: 5,
    evidence: (e) => [posts(e.storyPosts), `${e.reshares} of them reshares`],
  },
];

const posts = (value: unknown) => `${value} ${value === 1 ? 'post' : 'posts'}`;

/** The roles that the page shows, in its order. */
export function shownRoles(result: TraceResult): RoleEntry[] {
  return [
    ...result.roles.filter((one) => one.role === 'origin'),
    ...roleTexts.flatMap(({ role, most }) => result.roles.filter((one) => one.role === role).slice(0, most)),
  ];
}

export function rolesPart(page: ReportPage): string {
  const { result } = page;
  const parts = roleTexts.map((text) => oneRole(page, text)).join('');
  const origin = result.roles.find((one) => one.role === 'origin');
  const first = origin
    ? `<p>${origin.significant ? 'Origin candidate' : 'Earliest in this collection'}: <b>${page.who(origin.account)}</b> ${small(escapeHtml(platformTitle(origin.platform)))}, probability ${origin.score.toFixed(2)}${page.cite(origin.posts)}.</p>`
    : '<p>The earliest post names no account: an anonymous platform yields a post, not a person.</p>';
  return `<h2 id="roles">Who did what</h2><p class="note">Scores order accounts by how well what they did fits a role. They are not verdicts: an enthusiast can score high, and nothing here says who is behind an account. The line beside a score is its interval.</p>${first}${parts}${groups(page)}`;
}

function oneRole(page: ReportPage, { role, title, what, most, evidence }: RoleText): string {
  const { result, cite, who } = page;
  const all = result.roles.filter((one) => one.role === role);
  const totals = result.roleCounts.find((one) => one.role === role);
  const scored = role !== 'mainstream' && role !== 'participant';
  const tally = totals
    ? scored
      ? `${count(totals.significant)} significant of ${count(totals.accounts)} scored`
      : `${count(totals.accounts)} ${totals.accounts === 1 ? 'account' : 'accounts'}`
    : '';
  if (all.length === 0) return `<h3>${title}</h3><p class="note">None: ${what}.</p>`;
  const largest = Math.max(1, ...all.slice(0, most).map((one) => one.high));
  const rows = all
    .slice(0, most)
    .map((one) => [
      `<b>${who(one.account)}</b> ${small(escapeHtml(platformTitle(one.platform)))}${cite(one.posts, 3)}`,
      ...(scored
        ? [
            `${scoreBar(one.score, one.low, one.high, largest)} ${one.score.toFixed(2)} ${small(`${one.low.toFixed(2)}–${one.high.toFixed(2)}`)}`,
            one.significant
              ? one.pValue === undefined
                ? 'yes'
                : `p = ${one.pValue.toPrecision(2)}`
              : '<span class="no">no</span>',
          ]
        : []),
      small(escapeHtml(evidence(one.evidence).join(' · '))),
    ]);
  const headings = ['account', ...(scored ? ['score', 'significant'] : []), 'why'];
  return `<h3>${title} <span class="tally">${tally}</span></h3>${htmlTable(headings, rows, `${what[0]!.toUpperCase()}${what.slice(1)}`)}`;
}

function groups({ result, cite, who }: ReportPage): string {
  const significant = result.groups.filter((group) => group.pValue < 0.05);
  if (significant.length === 0) return '';
  return `<h3 id="groups">Accounts that acted together</h3><p class="note">They acted on the same things within the same minute more often than the usual delays of what they share explain (Benjamini-Hochberg at .05).</p>${significant
    .map(
      (group) =>
        `<section class="group"><h4>${escapeHtml(group.id)}</h4><p><b>${group.accounts.length}</b> accounts · <b>${percent(group.shareOfPosts)}</b> of the story's posts · p = ${group.pValue.toPrecision(2)}${cite(group.posts, 3)}</p><p class="small">${group.accounts.map(who).join(', ')}</p></section>`,
    )
    .join('')}`;
}
