import type { FileHead, Importer } from './importer.ts';
import { isOneDocument, recordsInHead } from './json-container.ts';
import { parseApiV2Document } from './x-api-v2-document.ts';
import { answerOf, isEmptyPage, isObject, recogniseApiV2 } from './x-api-v2-recognise.ts';
import { pageAccounts, pageColumns, pagePosts, streamAccounts, streamColumns, streamPosts } from './x-api-v2-sql.ts';

const notes = [
  'Links, hashtags and cut texts of reshares come from the reshared post where the file holds it; counts of a reshare belong to the reshared post and are left out.',
];

/** A line from which the database made nothing: its items under `name`, what it answers instead, or that it is a page without results. */
function reshaped(record: unknown, name: 'data' | 'page'): unknown {
  const whole = record as Record<string, unknown>;
  const { data, ...line } = whole;
  if (isObject(data)) return name === 'data' ? { ...line, data: [data] } : null;
  if (Array.isArray(data) && data.length > 0) return name === 'page' ? { ...line, page: data } : null;
  const answer = answerOf(line);
  if (answer !== null) return { answer };
  return isEmptyPage(whole) ? 'no-record' : null;
}

function isListOfPosts(head: FileHead): boolean {
  return head.text.trimStart().startsWith('[') && !recordsInHead(head).some((record) => 'data' in record);
}

/** X API v2: pages as twarc2 writes them, flattened posts, and all else that the API's tools write, also mixed. */
export const xApiV2: Importer = {
  id: 'x-api-v2',
  title: 'X API v2 JSON (twarc2 pages, flattened posts)',
  about:
    'One page or one flattened post a line, or a JSON document of them; posts of `includes` become embedded posts. Counts, users and lists are listed as no posts, compliance notices mark deletions.',
  obtain:
    'twarc2 search, twarc2 timeline, twarc2 hydrate, twarc2 flatten; spillover collect x; academictwitteR (data_….json).',
  platforms: ['x'],
  sniff: (head) => recogniseApiV2(head).certainty,
  container: (head) => {
    if (!isOneDocument(head)) return { kind: 'lines', columns: pageColumns };
    if (isListOfPosts(head)) return { kind: 'document', patterns: ['[]'], columns: pageColumns };
    return { kind: 'parsed', columns: pageColumns, parse: parseApiV2Document };
  },
  posts: pagePosts,
  accounts: pageAccounts,
  reshape: (record) => reshaped(record, 'data'),
  notes,
};

/** The filtered and sampled stream of the X API v2: `data` is one post, which DuckDB reads as another type than a list. */
export const xApiV2Stream: Importer = {
  id: 'x-api-v2-stream',
  title: 'X API v2 stream JSON lines (one object a line)',
  about:
    'One post with its `includes` and matching rules a line, as the filtered or sampled stream and the compliance stream give them; pages and flattened posts between them are read too.',
  obtain: 'twarc2 stream, twarc2 sample, twarc2 compliance-job get.',
  platforms: ['x'],
  sniff: (head) => {
    const { certainty, isStream } = recogniseApiV2(head);
    return isStream && !isOneDocument(head) ? Math.min(1, certainty + 0.01) : 0;
  },
  container: () => ({ kind: 'lines', columns: streamColumns }),
  posts: streamPosts,
  accounts: streamAccounts,
  reshape: (record) => reshaped(record, 'page'),
  notes,
};
