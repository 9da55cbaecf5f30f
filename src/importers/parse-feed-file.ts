import { readFile } from 'node:fs/promises';
import { parseFeed } from 'feedsmith';
import { UserError } from '../base/errors.ts';
import { htmlText } from '../domain/html-text.ts';
import { openContent } from '../spool/open-content.ts';
import { feedDate } from './feed-date.ts';
import { type FeedItemSpan, outlineFeed } from './feed-items.ts';
import type { ParsedRecord } from './importer.ts';

const maxFeedBytes = 64 * 1024 * 1024;
const itemsAtOnce = 200;

/**
 * The items of an RSS or Atom file as JSON Feed items. An item that cannot be read and an end that was cut off become records
 * with only a `fault`.
 * @throws UserError when the feed is larger than 64 MB.
 */
export async function* parseFeedFile(file: string, effects: { signal?: AbortSignal }): AsyncGenerator<ParsedRecord> {
  const text = await readFeedText(file, effects.signal);
  const { items, openItem, closed, lines } = outlineFeed(text);
  const first = items[0]?.start ?? openItem?.start ?? text.length;
  const before = text.slice(0, first);
  const root = /<((?:[\w.-]+:)?(?:rss|feed|RDF))[\s>]/.exec(before)?.[1] ?? 'rss';
  const context = outletOf(before + (openItem || items.length === 0 ? '' : text.slice(items.at(-1)!.end)));
  for (let from = 0; from < items.length; from += itemsAtOnce) {
    effects.signal?.throwIfAborted();
    const spans = items.slice(from, from + itemsAtOnce);
    const filled = spans.filter(({ start, end }) => !emptyItem.test(text.slice(start, end)));
    const found = readItems(before, text, filled, root);
    for (const [index, span] of spans.entries()) {
      const record = found[filled.indexOf(span)] ?? {
        fault: 'the item is empty or cannot be read',
        content_text: text.slice(span.start, span.start + 500),
      };
      yield { at: `item[${from + index}]`, line: span.line, record, context };
    }
  }
  if (openItem) {
    const fault = `the file ends inside item ${items.length + 1}`;
    yield {
      at: `item[${items.length}]`,
      line: openItem.line,
      record: { fault, content_text: text.slice(openItem.start, openItem.start + 500) },
      context,
    };
  } else if (!closed) {
    yield {
      at: 'end',
      line: lines,
      record: { fault: 'the file ends before the feed does: items may be missing', content_text: text.slice(-200) },
      context,
    };
  }
}

async function readFeedText(file: string, signal: AbortSignal | undefined): Promise<string> {
  const { pieces, summary } = await openContent(file, { unhashed: true, signal });
  const parts: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > maxFeedBytes) {
      throw new UserError(
        `${file} is a feed of more than ${maxFeedBytes / 1024 / 1024} MB.`,
        'Split it, or write its items as CSV or NDJSON and use a column map.',
      );
    }
    parts.push(Buffer.from(piece));
  }
  const text = Buffer.concat(parts).toString('utf8');
  const label = /^\s*<\?xml[^>]*\sencoding=["']([\w.:-]+)["']/i.exec(text.slice(0, 300))?.[1]?.toLowerCase();
  const own =
    label === undefined ||
    summary.compression !== 'none' ||
    /^(utf-?(8|16(le|be)?)|us-ascii|iso-8859-1|windows-1252)$/.test(label);
  return own ? text : ((await decodedAs(file, label)) ?? text);
}

/** The file by the encoding that its XML declaration names; null where there is no such encoding. */
async function decodedAs(file: string, label: string): Promise<string | null> {
  try {
    const decoder = new TextDecoder(label);
    return decoder.decode(await readFile(file));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Parsed = ReturnType<typeof parseFeed>;
type FeedItem = Record<string, unknown>;

/** Null where the parser fails: feedsmith throws errors of several kinds, also on input that is merely nested too deeply. */
function tryParse(text: string): Parsed | null {
  try {
    return parseFeed(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return null;
  }
}

function outletOf(text: string): Record<string, unknown> {
  const parsed = tryParse(text);
  if (parsed === null || parsed.format === 'json') return {};
  if (parsed.format === 'atom') {
    const { title, links, xml } = parsed.feed;
    const link = (rel: string) => links?.find((one) => (one.rel ?? 'alternate') === rel)?.href;
    return { title: plain(title), home_page_url: link('alternate'), feed_url: link('self'), language: xml?.lang };
  }
  const feed = parsed.feed as FeedItem & {
    atom?: { links?: { href?: string; rel?: string }[] };
    dc?: { languages?: string[] };
  };
  const self = feed.atom?.links?.find((one) => one.rel === 'self')?.href;
  return {
    title: feed.title,
    home_page_url: feed.link,
    feed_url: self,
    language: feed.language ?? feed.dc?.languages?.[0],
  };
}

const emptyItem = /^<[^>]*(?:\/>|>\s*<\/[^>]*>)$/;

/** The items of some spans in their order; null where one gives nothing. */
function readItems(before: string, text: string, spans: readonly FeedItemSpan[], root: string): (FeedItem | null)[] {
  if (spans.length === 0) return [];
  const closers = root.endsWith('rss') ? `</channel></${root}>` : `</${root}>`;
  const parsed = tryParse(before + spans.map(({ start, end }) => text.slice(start, end)).join('\n') + closers);
  const items = parsed === null ? [] : itemsOf(parsed);
  if (items.length === spans.length) return items;
  if (spans.length === 1 || (parsed !== null && items.length === 0)) return spans.map(() => null);
  const half = spans.length >> 1;
  return [...readItems(before, text, spans.slice(0, half), root), ...readItems(before, text, spans.slice(half), root)];
}

function itemsOf(parsed: Parsed): FeedItem[] {
  if (parsed.format === 'atom') return (parsed.feed.entries ?? []).map((entry) => fromAtom(entry as AtomEntry));
  if (parsed.format === 'json') return [];
  return ((parsed.feed.items ?? []) as RssItem[]).map(fromRss);
}

interface RssItem {
  title?: string;
  link?: string;
  description?: string;
  guid?: { value?: string; isPermaLink?: boolean };
  pubDate?: string;
  dc?: { dates?: string[]; date?: string; languages?: string[] };
  content?: { encoded?: string };
  atom?: { links?: { href?: string; rel?: string }[]; updated?: string };
  rdf?: { about?: string };
}

function fromRss(item: RssItem): FeedItem {
  const guid = item.guid?.value;
  const isLink = guid !== undefined && item.guid?.isPermaLink !== false && /^https?:\/\//i.test(guid);
  return {
    id: guid ?? item.rdf?.about,
    url:
      item.link ??
      item.atom?.links?.find((one) => (one.rel ?? 'alternate') === 'alternate')?.href ??
      (isLink ? guid : undefined),
    title_html: item.title,
    summary_html: item.description,
    content_html: item.content?.encoded,
    language: item.dc?.languages?.[0],
    ...dates(item.pubDate ?? item.dc?.dates?.[0] ?? item.dc?.date, item.atom?.updated),
  };
}

interface AtomText {
  value?: string;
  type?: string;
}

interface AtomEntry {
  id?: string;
  title?: AtomText;
  summary?: AtomText;
  content?: AtomText;
  links?: { href?: string; rel?: string }[];
  published?: string;
  updated?: string;
  xml?: { lang?: string };
}

function fromAtom(entry: AtomEntry): FeedItem {
  const links = (rel: RegExp) =>
    (entry.links ?? []).filter((one) => rel.test(one.rel ?? 'alternate')).map((one) => one.href);
  return {
    id: entry.id,
    url: links(/^alternate$/)[0],
    ...(isMarkup(entry.title) ? { title_html: entry.title?.value } : { title: entry.title?.value }),
    ...(isMarkup(entry.summary) ? { summary_html: entry.summary?.value } : { summary: entry.summary?.value }),
    ...(isMarkup(entry.content) ? { content_html: entry.content?.value } : { content_text: entry.content?.value }),
    language: entry.xml?.lang,
    related: links(/^(related|via)$/),
    ...dates(entry.published ?? entry.updated, entry.updated),
  };
}

const isMarkup = (text: AtomText | undefined) =>
  text?.type === 'html' || text?.type === 'xhtml' || text?.type === 'text/html';

const plain = (text: AtomText | undefined) =>
  text?.value !== undefined && isMarkup(text) ? htmlText(text.value) : text?.value;

function dates(published: string | undefined, modified: string | undefined): FeedItem {
  const date = published === undefined ? null : feedDate(published);
  const change = modified === undefined ? null : feedDate(modified);
  return {
    date_published: date ? (date.time ?? date.local) : published,
    date_modified: change ? (change.time ?? change.local) : undefined,
    precision_ms: date?.precisionMs,
  };
}
