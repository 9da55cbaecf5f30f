import type { FileHead, Importer } from './importer.ts';
import { documentInHead, isOneDocument, recordsInHead } from './json-container.ts';
import { apiV1Accounts, apiV1Columns, apiV1Posts } from './x-api-v1-sql.ts';

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const v1Time = /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d \+\d{4} \d{4}$/;

function certainty(line: Fields): number {
  if ('rest_id' in line || 'legacy' in line || 'data' in line) return 0;
  const hasId = /^\d+$/.test(String(line.id_str ?? line.id ?? ''));
  const hasText = typeof line.full_text === 'string' || typeof line.text === 'string';
  const isV1Time = typeof line.created_at === 'string' && v1Time.test(line.created_at);
  if (hasId && hasText && (isV1Time || (isObject(line.user) && 'screen_name' in line.user)) && 'user' in line)
    return 0.95;
  if (hasId && isV1Time && hasText) return 0.8;
  if (hasId && isV1Time && 'screen_name' in line && 'followers_count' in line) return 0.85;
  if (isObject(line.delete) && isObject(line.delete.status)) return 0.9;
  if (isObject(line.limit) && 'track' in line.limit) return 0.9;
  if (Array.isArray(line.statuses)) {
    return Math.max('search_metadata' in line ? 0.9 : 0, ...line.statuses.filter(isObject).slice(0, 5).map(certainty));
  }
  return 0;
}

const isSearchResult = (value: unknown) => isObject(value) && 'statuses' in value;

/** Twitter API v1.1: tweets as twarc 1 and the streaming API write them, one a line, in arrays or in pages of search results. */
export const xApiV1: Importer = {
  id: 'x-api-v1',
  title: 'Twitter API v1.1 JSON (twarc 1, streaming and search API)',
  about:
    'One tweet a line, a JSON array of tweets, or search results (`statuses`); reshared and quoted tweets inside become embedded posts, delete notices mark deletions, limit notices become coverage.',
  obtain: 'twarc search, twarc filter or twarc hydrate (twarc 1), or tweets saved from the API v1.1.',
  platforms: ['x'],
  sniff: (head: FileHead) => Math.max(0, ...recordsInHead(head).filter(isObject).map(certainty)),
  container: (head) => {
    if (!isOneDocument(head)) return { kind: 'lines', columns: apiV1Columns };
    const patterns = Array.isArray(documentInHead(head))
      ? ['[]']
      : isSearchResult(documentInHead(head))
        ? ['statuses[]']
        : ['$'];
    return { kind: 'document', patterns, columns: apiV1Columns };
  },
  posts: apiV1Posts,
  accounts: apiV1Accounts,
  reshape: (record) => {
    const line = record as Fields;
    return Array.isArray(line.statuses) && line.statuses.length === 0 ? 'no-record' : null;
  },
  notes: [
    'Links, hashtags and cut texts of reshares come from the reshared post; counts of a reshare belong to the reshared post and are left out.',
    'The API does not say when a post was collected.',
  ],
};
