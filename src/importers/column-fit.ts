import { mapKinds } from './column-map-schema.ts';
import type { ColumnProfile } from './column-profile.ts';
import { knownColumnNames, plainName, type SuggestedField } from './known-column-names.ts';

/** Words that exports use for kinds of posts, in several languages. */
export const wordsForKinds: Record<string, (typeof mapKinds)[number]> = {
  ...Object.fromEntries(mapKinds.map((kind) => [kind, kind])),
  retweet: 'reshare',
  retweeted: 'reshare',
  rt: 'reshare',
  repost: 'reshare',
  reblog: 'reshare',
  share: 'reshare',
  shared: 'reshare',
  forward: 'reshare',
  geteilt: 'reshare',
  weiterleitung: 'reshare',
  partage: 'reshare',
  compartido: 'reshare',
  reply_to: 'reply',
  replied_to: 'reply',
  comment: 'reply',
  antwort: 'reply',
  kommentar: 'reply',
  reponse: 'reply',
  commentaire: 'reply',
  respuesta: 'reply',
  resposta: 'reply',
  risposta: 'reply',
  quoted: 'quote',
  zitat: 'quote',
  citation: 'quote',
  cita: 'quote',
};

/** The words of a column that stand for a reshare, reply or quote; none where the column has many different words. */
export function wordsOfKind(column: ColumnProfile): string[] {
  const words = [...new Set(column.values.map((value) => value.toLowerCase()))];
  return words.length > 12
    ? []
    : words.filter((word) => Object.hasOwn(wordsForKinds, word) && wordsForKinds[word] !== 'original');
}

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
  'time',
  'post_id',
  'text',
  'account_id',
  'handle',
  'name',
  'parent_id',
  'root_id',
  'permalink',
  'urls',
  'hashtags',
  'mentions',
  'objects',
  'lang',
  'platform',
  'kind',
  'likes',
  'reshares',
  'replies',
  'views',
  'reach',
];

/** A column chosen for a field. */
export interface Choice {
  column: ColumnProfile;
  score: number;
  /** Known by its name, not only by its values. */
  byName: boolean;
}

/** Gives each field, in order, the best column that no field before it took. */
export function chooseColumns(profiles: readonly ColumnProfile[]): Map<SuggestedField, Choice> {
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
const places = new Map(
  [...knownColumnNames].map(([field, names]) => [field, new Map(names.map((name, place) => [name, place]))]),
);

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
    if (parts.filter((part) => part.endsWith('[]')).length > 1 || leaf < 0 || place === undefined)
      return { score: 0, byName: false };
    return { score: fit * (weight(place, 1.8) - 0.1 * leaf), byName: true };
  }
  const whole = known.get(plainName(column.name));
  if (whole !== undefined) return { score: fit * weight(whole, 2), byName: true };
  const last =
    parts.length > 1
      ? (known.get(plainName(parts.slice(-2).join(''))) ?? known.get(plainName(parts.at(-1)!)))
      : undefined;
  if (last !== undefined) return { score: fit * (weight(last, 1.7) - 0.05 * parts.length), byName: true };
  return { score: unnamed.has(field) ? 0.9 * fit * (parts.length > 1 ? 0.5 : 1) : 0, byName: false };
}
