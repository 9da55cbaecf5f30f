import { UserError } from '../base/errors.ts';
import type { Fault } from '../spool/fault.ts';
import { openContent } from '../spool/open-content.ts';
import type { ParsedRecord } from './importer.ts';
import { jsonErrorPlace } from './json-error-place.ts';
import { outlineJson } from './json-outline.ts';
import { answerOf, isEmptyPage, isObject } from './x-api-v2-recognise.ts';

type Fields = Record<string, unknown>;

const maxMegabytes = 256;
const sampleCharacters = 500;

/**
 * The items of a JSON document that is one page or a list of pages. Each comes with its author and the posts it refers to, so
 * that it reads like a flattened post; all that the page includes comes with its first item. A broken document gives the whole
 * items before the fault, and one fault.
 * @throws UserError when the document is larger than 256 MB.
 */
export async function* parseApiV2Document(
  file: string,
  { signal }: { signal?: AbortSignal },
): AsyncGenerator<ParsedRecord | Fault> {
  const text = await readText(file, signal);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    yield* wholeItemsOf(text);
    return;
  }
  yield* itemsOf(value);
}

function* wholeItemsOf(text: string): Generator<ParsedRecord | Fault> {
  const place = jsonErrorPlace(text) ?? { line: 1, column: 1, problem: 'the document is no JSON' };
  const offset = offsetOf(text, place.line) + place.column - 1;
  const beginning = outlineJson(text.slice(0, offset));
  const found = [...itemsOf(beginning)];
  const endsAfterItems =
    isObject(beginning) && Object.keys(beginning).indexOf('data') < Object.keys(beginning).length - 1;
  yield* endsAfterItems ? found : found.slice(0, -1);
  const from = Math.max(0, offset - sampleCharacters / 2);
  yield {
    line: place.line,
    at: '$',
    reason: 'invalid-json',
    detail: `${place.problem} (line ${place.line}, column ${place.column}): what follows was not read`,
    sample: text.slice(from, from + sampleCharacters).toWellFormed(),
  };
}

function* itemsOf(value: unknown): Generator<ParsedRecord> {
  if (!Array.isArray(value)) yield* flattened(value, '');
  else for (const [index, page] of value.entries()) yield* flattened(page, `[${index}]`);
}

/** A page as flattened posts; anything else as it is. */
function* flattened(page: unknown, at: string): Generator<ParsedRecord> {
  const place = (name: string) => (at === '' ? name : `${at}.${name}`);
  if (!isObject(page) || page.data === undefined || isEmptyPage(page)) {
    const answer = isObject(page) ? answerOf(page) : null;
    if (answer !== null) yield { at: at || '$', record: { answer } };
    else if (!isObject(page) || !isEmptyPage(page)) yield { at: at || '$', record: page };
    return;
  }
  const { data, includes, __twarc } = page;
  const held = isObject(includes) ? includes : {};
  const users = byId(held.users);
  const tweets = byId(held.tweets);
  const items = Array.isArray(data) ? data : [data];
  for (const [index, item] of items.entries()) {
    const record = isObject(item)
      ? { ...completed(item, users, tweets), __twarc, ...(index === 0 ? { includes } : {}) }
      : item;
    yield { at: place(Array.isArray(data) ? `data[${index}]` : 'data'), record };
  }
}

function completed(item: Fields, users: Map<unknown, Fields>, tweets: Map<unknown, Fields>): Fields {
  const people = ({ author_id, in_reply_to_user_id }: Fields) => ({
    author: users.get(author_id),
    in_reply_to_user: users.get(in_reply_to_user_id),
  });
  const references = Array.isArray(item.referenced_tweets) ? item.referenced_tweets.filter(isObject) : [];
  const referenced_tweets = references.map((reference) => {
    const tweet = tweets.get(reference.id);
    return tweet ? { ...tweet, ...reference, ...people(tweet) } : reference;
  });
  return { ...item, ...people(item), referenced_tweets };
}

function byId(list: unknown): Map<unknown, Fields> {
  return new Map(Array.isArray(list) ? list.filter(isObject).map((one) => [one.id, one]) : []);
}

function offsetOf(text: string, line: number): number {
  let offset = 0;
  for (let at = 1; at < line; at++) offset = text.indexOf('\n', offset) + 1;
  return offset;
}

async function readText(file: string, signal: AbortSignal | undefined): Promise<string> {
  const { pieces } = await openContent(file, { unhashed: true, signal });
  const parts: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > maxMegabytes * 1024 * 1024) {
      throw new UserError(
        `${file} is one JSON document of more than ${maxMegabytes} MB.`,
        'Write one page a line: jq -c . FILE, or for a list of pages: jq -c ".[]" FILE',
      );
    }
    parts.push(Buffer.from(piece));
  }
  return Buffer.concat(parts).toString('utf8');
}
