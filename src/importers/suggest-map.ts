import { type Choice, chooseColumns, wordsForKinds, wordsOfKind } from './column-fit.ts';
import { type ColumnMap, type ListReference, toFill } from './column-map-schema.ts';
import { type ColumnProfile, profileColumn } from './column-profile.ts';
import { readDataColumns } from './data-columns.ts';
import type { SuggestedField } from './known-column-names.ts';

const reasons: Partial<Record<SuggestedField, (column: ColumnProfile) => string>> = {
  post_id: (c) => `${percent(c.distinctShare)} of the values occur once`,
  text: (c) => `${Math.round(c.meanLength)} characters on average`,
  urls: (c) => `${percent(Math.max(c.url, c.withUrl))} of the values hold an address`,
  permalink: (c) => `${percent(c.distinctShare)} of the addresses occur once`,
};

/**
 * A first column map for a table, from the names and values of its first rows, with a sentence for each field in `_why`.
 * A field that nothing speaks for is left out; a missing time is written as `toFill`.
 * @throws UserError when the file is empty or holds no table.
 */
export async function suggestMap(file: string): Promise<ColumnMap> {
  const data = await readDataColumns(file);
  const profiles = [...data.columns]
    .map(([name, cells]) => profileColumn(name, cells))
    .filter((column) => column.values.length > 0);
  const chosen = chooseColumns(profiles);
  const why: Record<string, string> = {};
  for (const [field, { column, byName }] of chosen) {
    const value = reasons[field]?.(column);
    why[field] = [
      byName ? `"${column.name}" is a usual name for it` : `no name is known; "${column.name}" looks most like it`,
      ...(value ? [value] : []),
    ].join('; ');
  }
  const name = (field: SuggestedField) => chosen.get(field)?.column.name;
  const plain = (
    field: 'post_id' | 'account_id' | 'handle' | 'name' | 'parent_id' | 'root_id' | 'permalink' | 'lang',
  ) => (name(field) === undefined ? {} : { [field]: name(field)! });
  const text = chosen.get('text')?.column;
  const counts = Object.fromEntries(
    (['reach', 'likes', 'reshares', 'replies', 'views'] as const).flatMap((field) =>
      name(field) ? [[field, name(field)]] : [],
    ),
  );
  if (!chosen.has('post_id')) why.post_id = 'no column holds distinct ids: ids are derived from author, time and text';
  return {
    ...(data.records === '' || data.records === '[]' ? {} : { records: data.records }),
    ...platformOf(chosen, profiles, why),
    ...plain('post_id'),
    ...plain('account_id'),
    ...plain('handle'),
    ...plain('name'),
    time: timeOf(chosen.get('time')?.column, why),
    ...kindOf(chosen.get('kind')?.column, why),
    ...plain('parent_id'),
    ...plain('root_id'),
    ...(text ? { text: text.html > 0.2 ? { column: text.name, html: true } : text.name } : {}),
    ...plain('lang'),
    ...plain('permalink'),
    ...(Object.keys(counts).length > 0 ? { counts } : {}),
    ...listOf('urls', chosen, text, why),
    ...listOf('hashtags', chosen, text, why),
    ...listOf('mentions', chosen, text, why),
    ...(name('objects') ? { objects: name('objects')! } : {}),
    _why: why,
  };
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

function timeOf(column: ColumnProfile | undefined, why: Record<string, string>): ColumnMap['time'] {
  if (column?.time == null) {
    why.time = 'no column looks like a time: write its name, and its format (iso, unix or a strptime pattern)';
    return toFill;
  }
  const { format, share, zoned, ambiguous } = column.time;
  why.time += `; ${percent(share)} of the values follow "${format}"`;
  if (ambiguous) why.time += '; day and month could be the other way round: check';
  if (zoned) return { column: column.name, format };
  why.zone =
    'the values carry no time zone: add "zone" to time (for example "Europe/Berlin" or "UTC"), or give --zone; until then times stay unknown';
  return { column: column.name, format };
}

function platformOf(
  chosen: Map<SuggestedField, Choice>,
  profiles: readonly ColumnProfile[],
  why: Record<string, string>,
): Pick<ColumnMap, 'platform'> {
  const column = chosen.get('platform')?.column;
  if (column) return { platform: { column: column.name } };
  const sites = [
    ['x', /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/[^/]+\/status\//],
    ['telegram', /^https?:\/\/t\.me\/[^/]+\/\d+/],
    ['bluesky', /^(?:https:\/\/bsky\.app\/profile\/|at:\/\/)/],
    ['reddit', /^(?:https?:\/\/(?:www\.|old\.)?reddit\.com)?\/r\/\w+\/comments\//],
    ['youtube', /^https?:\/\/(?:www\.)?youtube\.com\/watch/],
    ['facebook', /^https?:\/\/(?:www\.|m\.)?facebook\.com\//],
  ] as const;
  for (const { name, values, distinctShare } of profiles) {
    if (distinctShare < 0.9 || !/link|url|uri|id/i.test(name)) continue;
    const site = sites.find(
      ([, pattern]) => values.filter((value) => pattern.test(value)).length > 0.9 * values.length,
    );
    if (site) {
      why.platform = `the addresses in "${name}" are of that site`;
      return { platform: site[0] };
    }
  }
  why.platform = 'nothing in the file names it: write it here, or give --platform';
  return {};
}

function kindOf(column: ColumnProfile | undefined, why: Record<string, string>): Pick<ColumnMap, 'kind'> {
  if (!column) return {};
  const values = Object.fromEntries(wordsOfKind(column).map((word) => [word, wordsForKinds[word]!]));
  why.kind = `"${column.name}" holds ${Object.keys(values)
    .map((word) => `"${word}"`)
    .join(', ')}; everything else counts as original`;
  return { kind: { column: column.name, values, otherwise: 'original' } };
}

function listOf(
  field: 'urls' | 'hashtags' | 'mentions',
  chosen: Map<SuggestedField, Choice>,
  text: ColumnProfile | undefined,
  why: Record<string, string>,
): Partial<ColumnMap> {
  const column = chosen.get(field)?.column;
  if (!column) {
    if (!text) return {};
    why[field] = `no column holds them: they are read from "${text.name}"`;
    return { [field]: 'from text' };
  }
  const own: ListReference =
    column.isList || column.name.includes('[]') ? column.name : { column: column.name, split: splitOf(field, column) };
  if (field !== 'urls' || !text || text.withUrl === 0) return { [field]: own };
  why.urls += `; "${text.name}" holds addresses too`;
  return { urls: [own, 'from text'] };
}

function splitOf(field: string, column: ColumnProfile): string {
  const some = (pattern: RegExp) => column.values.some((value) => pattern.test(value));
  if (some(/^\s*[[(]/)) return 'python';
  if (field === 'urls')
    return some(/\|\s*https?:/)
      ? '|'
      : some(/,\s*https?:/)
        ? ','
        : some(/;\s*https?:/)
          ? ';'
          : some(/\s+https?:/)
            ? ' '
            : 'none';
  return some(/\|/) ? '|' : some(/,/) ? ',' : some(/;/) ? ';' : some(/\S\s+\S/) ? ' ' : 'none';
}
