import type { Bridge, Community, TraceResult } from '../analyses/trace/trace-result.ts';
import { duration } from '../base/duration.ts';
import { escapeHtml, htmlTable } from './html.ts';
import { matrixTable } from './matrix-table.ts';
import { nameArtifact } from './name-artifact.ts';
import { clock, count, lag, platformTitle, type ReportPage, small, when } from './report-page.ts';

export const bridgeWords: Record<string, string> = {
  'cites-thread': 'cites the thread',
  direct: 'links it directly',
  announced: 'announces without a link',
  'same-text': 'same text',
  'same-media': 'same picture',
  reshare: 'reshares',
};

const mostInMatrix = 12;

/** Per platform reached and kind of bridge the first, then the rest of the first two of each pair. */
export function shownBridges(result: TraceResult): Bridge[] {
  const seen = new Map<string, number>();
  return result.bridges
    .filter((bridge) => {
      const key = `${bridge.from.platform} ${bridge.to.platform} ${bridge.kind}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      return seen.get(key)! <= (bridge.kind === 'same-text' ? 1 : 2);
    })
    .slice(0, 24);
}

export function bridgesPart(page: ReportPage): string {
  const { result, cite, who } = page;
  const rows = shownBridges(result).map((bridge) => [
    `${escapeHtml(platformTitle(bridge.from.platform))} → ${escapeHtml(platformTitle(bridge.to.platform))}`,
    bridgeWords[bridge.kind]!,
    small(escapeHtml(nameArtifact(result, bridge))),
    `${when(bridge.from.time)}${cite([bridge.from.post])}`,
    `${when(bridge.to.time)}${cite([bridge.to.post])} ${small(who(bridge.to.account))}`,
    `${lag(bridge.lagSeconds)}${bridge.certain ? '' : ` ${small('order uncertain')}`}`,
  ]);
  const platforms = [...new Set(result.bridgeMatrix.flatMap((cell) => [cell.from, cell.to]))].sort(byFirst(result));
  const matrix = matrixTable(
    platforms.map((id) => ({ id, title: escapeHtml(platformTitle(id)) })),
    result.bridgeMatrix.map((cell) => ({
      ...cell,
      value: cell.bridges,
      note: `${platformTitle(cell.from)} to ${platformTitle(cell.to)}: ${cell.bridges}, the first ${clock(cell.firstTime)} after ${duration(cell.lagSeconds)}`,
    })),
    'Bridges from the platform of the row to that of the column, all of them',
  );
  if (rows.length === 0)
    return `<h2 id="bridges">Bridges between platforms</h2><p class="note">Nothing of the story is seen on a second platform.</p>`;
  return `<h2 id="bridges">Bridges between platforms</h2><p class="note">A bridge is a post by which something of the story enters a platform after another had it. It does not prove that the one came from the other.</p>${matrix}${htmlTable(['from → to', 'how', 'what', 'first there (UTC)', 'first here (UTC)', 'lag'], rows, 'The first bridges of each kind')}`;
}

const byFirst = (result: TraceResult) => {
  const first = new Map<string, string>();
  for (const bin of result.volume) if (!first.has(bin.platform)) first.set(bin.platform, bin.binStart);
  return (a: string, b: string) => ((first.get(a) ?? '') < (first.get(b) ?? '') ? -1 : 1);
};

/** Short name of a community: its number and the account around which it turns. */
export function communityTitle(one: Community): string {
  const [platform, rest] = one.id.split('/');
  if (rest === 'anonymous') return `${platformTitle(platform!)} (anonymous)`;
  return `${one.id.replace('community-', 'No. ')}${one.around.length > 0 ? `, around ${one.around[0]}` : ''}`;
}

export function communitiesPart(page: ReportPage): string {
  const { result, cite, who } = page;
  const { list, statement } = result.communities;
  if (list.length === 0)
    return `<h2 id="communities">Bridges between communities</h2><p class="note">${escapeHtml(statement)}</p>`;
  const titles = new Map(list.map((one) => [one.id, escapeHtml(communityTitle(one))]));
  const rows = [...list]
    .sort((a, b) => (a.firstTime < b.firstTime ? -1 : 1))
    .map((one) => [
      `<b>${titles.get(one.id)}</b>${one.own ? ` ${small('the story’s own')}` : ''}`,
      count(one.posts),
      one.accounts > 0 ? count(one.accounts) : '',
      `${when(one.firstTime)}${cite([one.firstPost])}`,
      one.entry ? `${titles.get(one.entry.from)}` : '',
      one.entry
        ? `${who(one.entry.account)} ${small(bridgeWords[one.entry.how]!)}${one.entry.lagSeconds === null ? '' : small(` after ${lag(one.entry.lagSeconds)}`)}${cite([one.entry.sourcePost, one.entry.post])}`
        : small('it began here, or nothing tells'),
    ]);
  const shown = list.slice(0, mostInMatrix);
  const matrix = matrixTable(
    shown.map((one) => ({ id: one.id, title: titles.get(one.id)! })),
    result.communityMatrix.map((cell) => ({
      ...cell,
      value: cell.bridges + cell.reshares,
      note: `${cell.bridges} bridges (${
        Object.entries(cell.kinds)
          .map(([kind, n]) => `${n} ${kind}`)
          .join(', ') || 'none'
      }), ${cell.reshares} reshares, the first ${clock(cell.firstTime)}`,
    })),
    `From the community of the row to that of the column: bridges and reshares${list.length > shown.length ? `, the ${shown.length} with most posts` : ''}`,
  );
  return `<h2 id="communities">Bridges between communities</h2><p class="note">${escapeHtml(statement)} The posters of an anonymous platform are taken together; communities with fewer than 5 accounts in the story are left out.</p>${htmlTable(['community', 'posts', 'accounts', 'first post (UTC)', 'came from', 'by'], rows, 'The communities of the story in the order in which it reached them')}${matrix}`;
}

/** Posts that these parts cite. */
export function bridgePosts(result: TraceResult): (string | null)[] {
  return [
    ...shownBridges(result).flatMap((bridge) => [bridge.from.post, bridge.to.post]),
    ...result.communities.list.flatMap((one) => [
      one.firstPost,
      one.entry?.sourcePost ?? null,
      one.entry?.post ?? null,
    ]),
  ];
}
