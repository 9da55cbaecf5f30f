import { type Fault, sampleOf } from '../spool/fault.ts';
import { openContent } from '../spool/open-content.ts';
import type { FileHead, Importer, ParsedRecord } from './importer.ts';
import { isRedditThing, redditColumns, redditPosts } from './reddit-posts-sql.ts';

interface Thing {
  kind?: unknown;
  data?: { children?: unknown; replies?: unknown } & Record<string, unknown>;
}

/** Things of a listing and of the replies inside them, with their places in the document; a comment stands before its replies. */
export function* redditThings(value: unknown, at: string): Generator<ParsedRecord> {
  if (Array.isArray(value)) {
    for (const [index, listing] of value.entries()) yield* redditThings(listing, `${at}[${index}]`);
    return;
  }
  const children = (value as Thing | null)?.data?.children;
  if (!Array.isArray(children)) return;
  const prefix = `${at === '' ? '' : `${at}.`}data.children`;
  for (const [index, child] of (children as (Thing | null)[]).entries()) {
    const place = `${prefix}[${index}]`;
    const { replies, ...fields } = child?.data ?? {};
    const post = child?.kind === 't1' || child?.kind === 't3';
    yield { at: place, record: { ...(post ? fields : {}), kind: child?.kind ?? null } };
    if (typeof replies === 'object' && replies !== null) yield* redditThings(replies, `${place}.data.replies`);
  }
}

async function* parse(file: string, { signal }: { signal?: AbortSignal }): AsyncGenerator<ParsedRecord | Fault> {
  const { pieces } = await openContent(file, { unhashed: true, signal });
  const parts: string[] = [];
  for await (const piece of pieces) parts.push(piece.toString('utf8'));
  const text = parts.join('');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    yield { line: 1, reason: 'invalid-json', detail: error.message.slice(0, 200), sample: sampleOf(text) };
    return;
  }
  yield* redditThings(document, '');
}

function firstThing(value: unknown): Thing | null {
  const [listing] = Array.isArray(value) ? value : [value];
  if ((listing as Thing | null)?.kind !== 'Listing') return null;
  const children = (listing as Thing).data?.children;
  return Array.isArray(children) ? ((children[0] ?? null) as Thing | null) : null;
}

/** Answers of Reddit's own API: a listing of submissions or comments, or a submission with its comment tree. */
export const redditListing: Importer = {
  id: 'reddit-listing',
  title: 'Reddit API listing JSON',
  about:
    'A listing as reddit.com/….json gives it, also a submission with its tree of comments; "more" entries are listed as problems.',
  obtain:
    'spillover collect reddit, or save https://www.reddit.com/r/NAME/new.json or the address of a submission with .json behind it.',
  platforms: ['reddit'],
  sniff: (head: FileHead) => {
    const thing = firstThing(head.document ?? head.jsonLines[0]);
    return thing !== null && isRedditThing(thing.data) ? 0.95 : 0;
  },
  container: () => ({ kind: 'parsed', columns: { kind: 'varchar', ...redditColumns }, parse }),
  posts: `select * exclude (kind_of) replace (case when kind_of in ('t1', 't3') then problem else 'not-a-post' end as problem),
  case when kind_of not in ('t1', 't3') then 'listing entry of kind ' || kind_of end as detail
from (select mapped.*, coalesce(record.kind, 'none') as kind_of from (${redditPosts}) as mapped join record using (_row))`,
};
