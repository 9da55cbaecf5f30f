import type { RankedPost, ReshareRanking } from '../analyses/trace/trace-result.ts';
import { escapeHtml, htmlTable } from './html.ts';
import { clock, count, percent, platformTitle, type ReportPage, small } from './report-page.ts';

/** One ranking per moment: a crossing into the mainstream is named once. */
export function shownRankings(rankings: readonly ReshareRanking[]): ReshareRanking[] {
  return [...new Map(rankings.map((one) => [one.post, one])).values()].filter(
    (one) => one.before.length + one.after.length > 0,
  );
}

const momentWords: Record<ReshareRanking['stage'], (platform: string) => string> = {
  crossing: (platform) => `Before it reached ${platform}`,
  outward: () => 'Before it left its community',
  mainstream: () => 'Before it reached the mainstream',
};

export function resharesPart({ result, cite, who }: ReportPage): string {
  const shown = shownRankings(result.reshareRankings);
  if (shown.length === 0) return '';
  const excerpts = new Map(result.cited.map((post) => [post.post, post.text.replace(/\s+/g, ' ')]));
  const list = (ranked: readonly RankedPost[], total: number, empty: string) =>
    ranked.length === 0
      ? `<p class="note">${empty}</p>`
      : `<ol class="ranking">${ranked
          .map(
            (one) =>
              `<li><b>${count(one.reshares)}</b> ${who(one.account)}${cite([one.post])} ${small(escapeHtml(cut(excerpts.get(one.post) ?? '')))}</li>`,
          )
          .join('')}</ol><p class="small">${count(total)} reshares in all</p>`;
  return `<h2 id="reshared">Most reshared before each crossing</h2><p class="note">Who was passed on most while the story had not yet got there, and who after.</p>${shown
    .map(
      (one) =>
        `<section class="moment"><h3>${escapeHtml(momentWords[one.stage](platformTitle(one.platform)))} <span class="tally">${clock(one.time)} UTC${cite([one.post])}</span></h3>${
          one.before.length === 0
            ? `<p class="note">Nothing of the story had been reshared by then; ${count(one.resharesAfter)} reshares came after.</p></section>`
            : `<div class="two"><div><h4>Before</h4>${list(one.before, one.resharesBefore, '')}</div><div><h4>After</h4>${list(one.after, one.resharesAfter, 'Nobody was reshared after.')}</div></div></section>`
        }`,
    )
    .join('')}`;
}

const cut = (text: string) => (text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text);

export function reachPart({ result, cite }: ReportPage): string {
  const { top1, top5, top10, gini } = result.concentration;
  return `<h2 id="reach">How far, and by how few</h2><p>Breakout category <b>${result.breakout.category}</b> of 6: ${result.breakout.reasons.map((reason) => escapeHtml(reason.text) + cite(reason.posts, 2)).join(' ')}</p>${
    result.concentration.accounts > 0
      ? `<p>The most active 1 % of accounts wrote ${percent(top1)} of the posts, 5 % wrote ${percent(top5)}, 10 % wrote ${percent(top10)}; Gini coefficient ${gini.toFixed(2)}.</p>`
      : ''
  }`;
}

export function silencePart({ result }: ReportPage): string {
  if (result.absent.length === 0) return '';
  const rows = result.absent.map((one) => [
    `<b>${escapeHtml(one.name ?? one.account)}</b> ${small(escapeHtml(platformTitle(one.platform)))}`,
    escapeHtml(one.verdict.replace('-', ' ')),
    count(one.collectedPosts),
    one.upperRate === null ? '' : `at most ${percent(one.upperRate)}`,
    small(escapeHtml(one.reason)),
  ]);
  return `<h2 id="silent">Who was silent</h2><p class="note">Players on the watch list. Silence is stated only where their own posts were collected.</p>${htmlTable(['player', 'verdict', 'own posts collected', 'share of them on the story (95 %)', 'why'], rows, 'Absence')}`;
}
