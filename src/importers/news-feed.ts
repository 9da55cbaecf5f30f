import type { FileHead, Importer } from './importer.ts';
import { parseFeedFile } from './parse-feed-file.ts';

/** A feed item in the words of JSON Feed, to which RSS and Atom are translated; `*_html` hold markup, the others plain text. */
const columns: Record<string, string> = {
  id: 'varchar',
  url: 'varchar',
  external_url: 'varchar',
  title: 'varchar',
  title_html: 'varchar',
  summary: 'varchar',
  summary_html: 'varchar',
  content_text: 'varchar',
  content_html: 'varchar',
  date_published: 'varchar',
  date_modified: 'varchar',
  language: 'varchar',
  related: 'varchar[]',
  precision_ms: 'bigint',
  fault: 'varchar',
};
const context = { title: 'varchar', home_page_url: 'varchar', feed_url: 'varchar', language: 'varchar' };

const host = (url: string) => `lower(nullif(regexp_extract(${url}, '^https?://(?:[^/@]*@)?([^/:?#]+)', 1), ''))`;
const outlet = (url: string) => `coalesce(nullif(url_parts(${url})[2], ''), ${host(url)})`;
const zoned = (text: string) => `regexp_matches(${text}, '(?i)(z|[+-]\\d{2}:?\\d{2})$')`;
const instant = (text: string) => `case when regexp_matches(${text}, '^\\d{4}-') then
    case when ${zoned(text)} then iso_time(${text}) else zoned_time(try_cast(${text} as timestamp), $zone::varchar) end end`;

const posts = `
with item as (
  select *, coalesce(given(date_published), given(date_modified)) as stamp,
    coalesce(given(url), case when id ilike 'http%://%' then given(id) end, given(external_url)) as address
  from record
), told as (
  select *, ${instant('stamp')} as instant, case when regexp_matches(stamp, '^\\d{4}-') then try_cast(stamp as timestamp) end as wall,
    concat_ws(chr(10), given(coalesce(title, html_text(title_html))),
      given(coalesce(summary, html_text(summary_html), content_text, html_text(content_html)))) as told_text
  from item
)
select _row, _line, _at,
  case
    when fault is not null then 'invalid-xml'
    when coalesce(address, given(id)) is null then 'missing-id'
    when stamp is null then 'missing-time'
    when instant is null and wall is null then 'bad-time' end as problem,
  coalesce(fault, case when stamp is not null and instant is null and wall is null then 'the date reads ' || left(stamp, 100) end) as detail,
  'news' as platform, coalesce(address, given(id)) as post_id,
  coalesce(${outlet('_context.home_page_url')}, ${outlet('_context.feed_url')}, ${outlet('address')}) as account_id,
  given(_context.title) as name,
  instant as time, coalesce(precision_ms, case when stamp like '%.%' then 1 else 1000 end) as time_precision_ms,
  case when instant is null then wall end as time_local,
  'original' as kind, nullif(told_text, '') as text, given(coalesce(item_language, _context.language)) as lang, address as permalink,
  list_filter(list_concat([address, given(external_url)],
      html_outside_links(summary_html), html_outside_links(content_html), urls_in(content_text), related),
    lambda u: u ilike 'http://%' or u ilike 'https://%') as urls,
  hashtags_in(told_text) as hashtags,
  case when date_published is not null and ${instant('date_modified')} > instant then ${instant('date_modified')} end as edited_at,
  list_concat(case when instant is null then ['zone-unknown'] end, case when _context.home_page_url is null then ['outlet-unknown'] end) as warnings
from (select * rename (language as item_language) from told)`;

function isJsonFeed(head: FileHead): boolean {
  const version = (head.document as { version?: unknown } | null)?.version;
  return typeof version === 'string' && version.includes('jsonfeed.org/version');
}

function sniff(head: FileHead): number {
  if (isJsonFeed(head)) return 0.98;
  if (head.binary || !head.text.trimStart().startsWith('<')) return 0;
  const root = /<(?:[\w.-]+:)?(rss|feed|RDF|html)[\s>][^>]*/.exec(head.text.replace(/<!--[\s\S]*?-->/g, ''));
  if (root?.[1] === 'rss') return 0.97;
  if (root?.[1] === 'feed') return /purl\.org\/atom\/ns|w3\.org\/2005\/Atom/.test(root[0]) ? 0.97 : 0.6;
  return root?.[1] === 'RDF' && /purl\.org\/rss\/1\.0|my\.netscape\.com\/rdf/.test(head.text) ? 0.97 : 0;
}

/** News items of RSS 0.9x/1.0/2.0, Atom and JSON Feed files: each item is a post of its outlet. */
export const newsFeed: Importer = {
  id: 'news-feed',
  title: 'News feed (RSS, Atom, JSON Feed)',
  about:
    'Each item is a post of the outlet, whose account is the domain of its home page. The address of the item is an artifact of the item itself, because posts elsewhere link to it.',
  obtain: 'spillover collect feed, or save the address of a feed of an outlet.',
  platforms: ['news'],
  sniff,
  container: (head) =>
    isJsonFeed(head)
      ? { kind: 'document', patterns: ['items[]'], columns, context }
      : { kind: 'parsed', columns, context, parse: parseFeedFile },
  posts,
};
