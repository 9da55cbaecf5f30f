import { type ColumnProfile, profileColumn } from './column-profile.ts';
import type { ColumnMap, ListReference } from './column-map-schema.ts';
import { mapKinds } from './column-map-schema.ts';
import { type DataColumns, readDataColumns } from './data-columns.ts';
import { knownColumnNames, plainName, type SuggestedField } from './known-column-names.ts';

/** How far the values of a column speak for a field, 0 (cannot be) to 1. */
const fits: Record<SuggestedField, (column: ColumnProfile) => number> = {
  post_id: (c) => (c.isList || c.filled < 0.5 || c.distinctShare < 0.5 ? 0 : c.idLike * c.distinctShare),
  account_id: (c) => (c.isList || c.filled < 0.2 ? 0 : c.idLike),
  handle: (c) => (c.isList || c.filled < 0.2 || c.meanLength > 60 ? 0 : Math.max(c.handleLike, 0.3 * (1 - c.numeric))),
  name: (c) => (c.isList || c.filled < 0.2 || c.meanLength > 60 || c.numeric > 0.5 ? 0 : 0.8),
  time: (c) => (c.time === null ? 0 : c.filled * c.time.share),
  text: (c) => (c.isList || c.url > 0.5 || c.time !== null || c.numeric > 0.5 ? 0 : Math.min(1, 0.4 + c.spaces / 5)),
  parent_id: (c) => (c.isList ? 0 : c.idLike),
  root_id: (c) => (c.isList ? 0 : c.idLike),
  permalink: (c) => (c.isList || c.distinctShare < 0.9 ? 0 : c.url),
  urls: (c) => (c.json > 0.3 ? 0 : Math.max(c.url, c.isList ? c.withUrl : 0)),
  hashtags: (c) => (c.url > 0.3 || c.time !== null || c.json > 0.3 ? 0 : 0.8),
  mentions: (c) => (c.url > 0.3 || c.time !== null || c.json > 0.3 ? 0 : 0.8),
  objects: (c) => c.idLike,
  lang: (c) => (c.values.length > 0 && c.meanLength <= 8 && c.numeric === 0 ? 1 : 0),
  platform: (c) => (c.values.length > 0 && c.distinctShare < 0.6 && c.meanLength <= 20 ? 1 : 0),
  kind: (c) => (wordsOfKind(c).length > 0 ? 1 : 0),
  likes: (c) => c.numeric,
  reshares: (c) => c.numeric,
  replies: (c) => c.numeric,
  views: (c) => c.numeric,
  reach: (c) => c.numeric,
};

/** Fields in the order in which they may take a column. */
const order: readonly SuggestedField[] = [
  'time', 'post_id', 'text', 'account_id', 'handle', 'name', 'parent_id', 'root_id', 'permalink', 'urls', 'hashtags', 'mentions', 'objects',
  'lang', 'platform', 'kind', 'likes', 'reshares', 'replies', 'views', 'reach',
];

interface Choice {
  column: ColumnProfile;
  score: number;
  /** Known by its name, not only by its values. */
  byName: boolean;
}

const reasons: Partial<Record<SuggestedField, (column: ColumnProfile) => string>> = {
  post_id: (c) => `${percent(c.distinctShare)} of the values occur once`,
  text: (c) => `${Math.round(c.meanLength)} characters on average`,
  urls: (c) => `${percent(Math.max(c.url, c.withUrl))} of the values hold an address`,
  permalink: (c) => `${percent(c.distinctShare)} of the addresses occur once`,
};

/**
 * A first column map for a table, from the names and values of its first rows, with a sentence for each field in `_why`.
 * A field that nothing speaks for is left out; a missing time is written as "FILL IN".
 * @throws UserError when the file is empty or holds no table.
 */
export async function suggestMap(file: string): Promise<ColumnMap> {
  const data = await readDataColumns(file);
  const profiles = [...data.columns].map(([name, cells]) => profileColumn(name, cells)).filter((column) => column.values.length > 0);
  const chosen = choose(profiles);
  const why: Record<string, string> = {};
  for (const [field, { column, byName }] of chosen) {
    const value = reasons[field]?.(column);
    why[field] = [byName ? `"${column.name}" is a usual name for it` : `no name is known; "${column.name}" looks most like it`, ...(value ? [value] : [])].join('; ');
  }
  const name = (field: SuggestedField) => chosen.get(field)?.column.name;
  const plain = (field: 'post_id' | 'account_id' | 'handle' | 'name' | 'parent_id' | 'root_id' | 'permalink' | 'lang') =>
    name(field) === undefined ? {} : { [field]: name(field)! };
  const text = chosen.get('text')?.column;
  const counts = Object.fromEntries((['reach', 'likes', 'reshares', 'replies', 'views'] as const).flatMap((field) => (name(field) ? [[field, name(field)]] : [])));
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

function choose(profiles: readonly ColumnProfile[]): Map<SuggestedField, Choice> {
  const chosen = new Map<SuggestedField, Choice>();
  const taken = new Set<string>();
  for (const field of order) {
    const best = profiles
      .filter((column) => !taken.has(column.name))
      .map((column) => ({ column, ...scored(field, column) }))
      .filter((choice) => choice.score > 0)
      .sort((a, b) => b.score - a.score)[0];
    if (best === undefined || best.score < 0.5) continue;
    chosen.set(field, best);
    taken.add(best.column.name);
  }
  return chosen;
}

const unnamed: ReadonlySet<SuggestedField> = new Set(['time', 'text', 'urls']);
const places = new Map(Object.entries(knownColumnNames).map(([field, names]) => [field as SuggestedField, new Map(names.map((name, place) => [plainName(name), place]))]));

const leaves: Partial<Record<SuggestedField, readonly string[]>> = {
  urls: ['expandedurl', 'unwoundurl', 'url', 'href', 'uri'],
  hashtags: ['tag', 'text', 'name'],
  mentions: ['screenname', 'username', 'acct', 'handle'],
  objects: [],
};

/** A known name weighs 1 to 2 (its place in the list), its last part in a dotted path a little less, values alone at most .9. */
function scored(field: SuggestedField, column: ColumnProfile): { score: number; byName: boolean } {
  const known = places.get(field)!;
  const weight = (place: number, most: number) => most - place / known.size;
  const fit = fits[field](column);
  const parts = column.name.split('.');
  if (column.name.includes('[]')) {
    const leaf = leaves[field]?.indexOf(plainName(parts.at(-1)!)) ?? -1;
    const place = known.get(plainName(parts.at(-2) ?? ''));
    if (parts.filter((part) => part.endsWith('[]')).length > 1 || leaf < 0 || place === undefined) return { score: 0, byName: false };
    return { score: fit * (weight(place, 1.8) - 0.1 * leaf), byName: true };
  }
  const whole = known.get(plainName(column.name));
  if (whole !== undefined) return { score: fit * weight(whole, 2), byName: true };
  const last = parts.length > 1 ? (known.get(plainName(parts.slice(-2).join(''))) ?? known.get(plainName(parts.at(-1)!))) : undefined;
  if (last !== undefined) return { score: fit * (weight(last, 1.7) - 0.05 * parts.length), byName: true };
  return { score: unnamed.has(field) ? 0.9 * fit * (parts.length > 1 ? 0.5 : 1) : 0, byName: false };
}

function timeOf(column: ColumnProfile | undefined, why: Record<string, string>): ColumnMap['time'] {
  if (column?.time == null) {
    why.time = 'no column looks like a time: write its name, and its format (iso, unix or a strptime pattern)';
    return 'FILL IN';
  }
  const { format, share, zoned, ambiguous } = column.time;
  why.time += `; ${percent(share)} of the values follow "${format}"`;
  if (ambiguous) why.time += '; day and month could be the other way round: check';
  if (zoned) return { column: column.name, format };
  why.zone = 'the values carry no time zone: add "zone" to time (for example "Europe/Berlin" or "UTC"), or give --zone; until then times stay unknown';
  return { column: column.name, format };
}

function platformOf(chosen: Map<SuggestedField, Choice>, profiles: readonly ColumnProfile[], why: Record<string, string>): Pick<ColumnMap, 'platform'> {
  const column = chosen.get('platform')?.column;
  if (column) return { platform: { column: column.name } };
  const sites = [['x', /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/[^/]+\/status\//], ['telegram', /^https?:\/\/t\.me\/[^/]+\/\d+/], ['bluesky', /^(?:https:\/\/bsky\.app\/profile\/|at:\/\/)/],
    ['reddit', /^(?:https?:\/\/(?:www\.|old\.)?reddit\.com)?\/r\/\w+\/comments\//], ['youtube', /^https?:\/\/(?:www\.)?youtube\.com\/watch/], ['facebook', /^https?:\/\/(?:www\.|m\.)?facebook\.com\//]] as const;
  for (const { name, values, distinctShare } of profiles) {
    if (distinctShare < 0.9 || !/link|url|uri|id/i.test(name)) continue;
    const site = sites.find(([, pattern]) => values.filter((value) => pattern.test(value)).length > 0.9 * values.length);
    if (site) {
      why.platform = `the addresses in "${name}" are of that site`;
      return { platform: site[0] };
    }
  }
  why.platform = 'nothing in the file names it: write it here, or give --platform';
  return {};
}

const kindWords: Record<string, (typeof mapKinds)[number]> = {
  ...Object.fromEntries(mapKinds.map((kind) => [kind, kind])),
  retweet: 'reshare', retweeted: 'reshare', rt: 'reshare', repost: 'reshare', reblog: 'reshare', share: 'reshare', shared: 'reshare', forward: 'reshare', geteilt: 'reshare',
  weiterleitung: 'reshare', partage: 'reshare', compartido: 'reshare', reply_to: 'reply', replied_to: 'reply', comment: 'reply', antwort: 'reply', kommentar: 'reply', reponse: 'reply',
  commentaire: 'reply', respuesta: 'reply', resposta: 'reply', risposta: 'reply', quoted: 'quote', zitat: 'quote', citation: 'quote', cita: 'quote',
};

function wordsOfKind(column: ColumnProfile): string[] {
  const words = [...new Set(column.values.map((value) => value.toLowerCase()))];
  return words.length > 12 ? [] : words.filter((word) => Object.hasOwn(kindWords, word) && kindWords[word] !== 'original');
}

function kindOf(column: ColumnProfile | undefined, why: Record<string, string>): Pick<ColumnMap, 'kind'> {
  if (!column) return {};
  const values = Object.fromEntries(wordsOfKind(column).map((word) => [word, kindWords[word]!]));
  why.kind = `"${column.name}" holds ${Object.keys(values).map((word) => `"${word}"`).join(', ')}; everything else counts as original`;
  return { kind: { column: column.name, values, otherwise: 'original' } };
}

function listOf(field: 'urls' | 'hashtags' | 'mentions', chosen: Map<SuggestedField, Choice>, text: ColumnProfile | undefined, why: Record<string, string>): Partial<ColumnMap> {
  const column = chosen.get(field)?.column;
  if (!column) {
    if (!text) return {};
    why[field] = `no column holds them: they are read from "${text.name}"`;
    return { [field]: 'from text' };
  }
  const own: ListReference = column.isList || column.name.includes('[]') ? column.name : { column: column.name, split: splitOf(field, column) };
  if (field !== 'urls' || !text || text.withUrl === 0) return { [field]: own };
  why.urls += `; "${text.name}" holds addresses too`;
  return { urls: [own, 'from text'] };
}

function splitOf(field: string, column: ColumnProfile): string {
  const some = (pattern: RegExp) => column.values.some((value) => pattern.test(value));
  if (some(/^\s*[[(]/)) return 'python';
  if (field === 'urls') return some(/\|\s*https?:/) ? '|' : some(/,\s*https?:/) ? ',' : some(/;\s*https?:/) ? ';' : some(/\s+https?:/) ? ' ' : 'none';
  return some(/\|/) ? '|' : some(/,/) ? ',' : some(/;/) ? ';' : some(/\S\s+\S/) ? ' ' : 'none';
}
