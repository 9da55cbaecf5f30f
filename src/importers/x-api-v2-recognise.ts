import type { FileHead } from './importer.ts';
import { recordsInHead } from './json-container.ts';

type Fields = Record<string, unknown>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of `data` of a page, the one object of a stream line, or the line itself. */
function itemsOf(line: Fields): Fields[] {
  if (Array.isArray(line.data)) return line.data.filter(isObject);
  return [isObject(line.data) ? line.data : line];
}

/** What an answer without items says instead; null where it says nothing. */
export function answerOf(line: Fields): string | null {
  const error = Array.isArray(line.errors) ? line.errors.find(isObject) : line;
  const answer = error?.title ?? error?.message;
  return typeof answer === 'string' ? answer : null;
}

/** True for a page of a search that found nothing. */
export function isEmptyPage(line: Fields): boolean {
  if (line.data === undefined) return isObject(line.meta) && line.meta.result_count === 0;
  return Array.isArray(line.data) && line.data.length === 0;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const has = (item: Fields, ...names: string[]) => names.every((name) => name in item);

/** Fields that a post has without saying more of its origin. */
const plainFields = new Set([
  'id',
  'text',
  'created_at',
  'lang',
  'conversation_id',
  'source',
  'possibly_sensitive',
  'entities',
  'attachments',
  '__twarc',
]);

/** How surely one object is an item of the X API v2: a post, or one of the other things that its tools write. */
function certainty(item: Fields): number {
  if (has(item, 'id_str') || has(item, 'rest_id')) return 0;
  if (isText(item.text) && /^\d+$/.test(String(item.id))) {
    if (has(item, 'author_id') || has(item, 'edit_history_tweet_ids')) return 0.95;
    if (has(item, 'public_metrics') || has(item, 'referenced_tweets')) return 0.9;
    return /^\d{15,19}$/.test(String(item.id)) && Object.keys(item).every((name) => plainFields.has(name)) ? 0.6 : 0;
  }
  if (has(item, 'start', 'end', 'tweet_count')) return 0.9;
  if (isText(item.username) && isObject(item.public_metrics) && 'followers_count' in item.public_metrics) return 0.9;
  if (has(item, 'id', 'name', 'username') && has(item, 'created_at') && /^\d+$/.test(String(item.id))) return 0.7;
  if (has(item, 'owner_id', 'member_count')) return 0.85;
  if (isText(item.action) && has(item, 'id', 'reason')) return 0.85;
  return 0;
}

function certaintyOfLine(line: Fields): number {
  const best = Math.max(0, ...itemsOf(line).slice(0, 20).map(certainty));
  if (isObject(line.__twarc)) return Math.max(best, 0.9);
  if (best > 0) return best;
  if (isObject(line.meta) && line.meta.result_count === 0) return 0.7;
  return JSON.stringify(line.errors ?? line.type ?? '').includes('api.twitter.com/2/problems') ? 0.8 : 0;
}

/** How surely the head belongs to a file of the X API v2, and whether `data` holds one object rather than a list in most lines. */
export function recogniseApiV2(head: FileHead): { certainty: number; isStream: boolean } {
  const lines = recordsInHead(head).filter(isObject);
  const single = lines.filter((line) => isObject(line.data)).length;
  const paged = lines.filter((line) => Array.isArray(line.data)).length;
  return { certainty: Math.max(0, ...lines.map(certaintyOfLine)), isStream: single > paged };
}
