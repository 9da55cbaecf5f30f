import type { FileHead, Importer } from './importer.ts';
import { jsonContainer, onlyValueInHead, recordsInHead } from './json-container.ts';

const account = `struct(id varchar, username varchar, acct varchar, display_name varchar, created_at varchar, note varchar,
  followers_count bigint, following_count bigint, statuses_count bigint)`;
const ownFields: Record<string, string> = {
  id: 'varchar',
  uri: 'varchar',
  url: 'varchar',
  created_at: 'varchar',
  edited_at: 'varchar',
  in_reply_to_id: 'varchar',
  language: 'varchar',
  content: 'varchar',
  replies_count: 'bigint',
  reblogs_count: 'bigint',
  favourites_count: 'bigint',
  account,
  mentions: 'struct(acct varchar)[]',
  tags: 'struct(name varchar)[]',
  media_attachments: 'struct(url varchar, remote_url varchar)[]',
  quote_id: 'varchar',
};
const declared = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
const innermost = `struct(${declared(ownFields)})`;
const quote = `struct(state varchar, quoted_status ${innermost}, quoted_status_id varchar, ${declared(ownFields)})`;
const columns: Record<string, string> = {
  ...ownFields,
  quote,
  reblog: `struct(${declared(ownFields)}, quote ${quote})`,
};

const picked = (source: string) =>
  `{${Object.keys(ownFields)
    .map((name) => `'${name}': ${source}.${name}`)
    .join(', ')}}`;
const inside = (place: string) => `coalesce(_at || '.', '') || '${place}' as _at, true as embedded`;
const quotedId = (source: string) =>
  `coalesce(${source}.quote.quoted_status.id, ${source}.quote.quoted_status_id, ${source}.quote.id, ${source}.quote_id)`;
const wholeQuote = (quoted: string) => `${quoted}.created_at is not null and ${quoted}.content is not null`;

const statuses = `outer_status as (
  select _row, _line, _at, false as embedded, ${picked('line')} as s, line.reblog as reblog, ${quotedId('line')} as quoted, line.quote as quote
  from record as line
), reblogged as (
  select _row, _line, ${inside('reblog')}, ${picked('reblog')} as s, ${quotedId('reblog')} as quoted, reblog.quote as quote
  from outer_status where reblog.id is not null
), carrier as (
  select * exclude (reblog) from outer_status union all by name select * from reblogged
), quoted_status as (
  select _row, _line, ${inside('quote.quoted_status')}, ${picked('quote.quoted_status')} as s
  from carrier where ${wholeQuote('quote.quoted_status')}
  union all by name
  select _row, _line, ${inside('quote')}, ${picked('quote')} as s from carrier where ${wholeQuote('quote')}
), status as (
  select _row, _line, _at, embedded, s, reblog, quoted from outer_status
  union all by name select _row, _line, _at, embedded, s, quoted from reblogged
  union all by name select * from quoted_status
)`;

const posts = `
with ${statuses}, shown as (
  select *, coalesce(reblog.content, s.content) as html, coalesce(reblog.tags, s.tags) as shown_tags,
    coalesce(reblog.mentions, s.mentions) as shown_mentions, coalesce(reblog.media_attachments, s.media_attachments) as attachments
  from status
)
select _row, _line, _at, embedded,
  case when s.id is null then 'missing-id' when s.created_at is null then 'missing-time' when iso_time(s.created_at) is null then 'bad-time' end as problem,
  case when s.uri like 'https://truthsocial.com/%' then 'truthsocial' when s.uri like 'https://gab.com/%' then 'gab' else 'mastodon' end as platform,
  s.id as post_id, s.account.id as account_id, given(s.account.acct) as handle, given(s.account.display_name) as name,
  iso_time(s.created_at) as time, case when s.created_at like '%.%' then 1 else 1000 end as time_precision_ms,
  case when reblog.id is not null then 'reshare' when s.in_reply_to_id is not null then 'reply' when quoted is not null then 'quote' else 'original' end as kind,
  coalesce(reblog.id, s.in_reply_to_id, quoted) as parent_id, given(reblog.account.acct) as parent_handle,
  case when reblog.id is null and s.in_reply_to_id is not null and quoted is not null then [{'kind': 'quote', 'id': quoted}] end as other_parents,
  html_text(html) as text, given(coalesce(reblog.language, s.language)) as lang, coalesce(s.url, s.uri) as permalink,
  s.account.followers_count as reach, s.favourites_count as likes, s.reblogs_count as reshares, s.replies_count as replies,
  list_filter(html_outside_links(html), lambda u: (u ilike 'http://%' or u ilike 'https://%') and u is distinct from coalesce(reblog.url, s.url) and u is distinct from coalesce(reblog.uri, s.uri)) as urls,
  list_transform(shown_tags, lambda t: t.name) as hashtags,
  list_transform(shown_mentions, lambda m: m.acct) as mentions,
  list_transform(attachments, lambda a: coalesce(a.remote_url, a.url)) as media,
  iso_time(s.edited_at) as edited_at,
  case when s.account.id is null then ['missing-account'] end as warnings
from shown`;

const accounts = `
with ${statuses}
select _row, case when s.uri like 'https://truthsocial.com/%' then 'truthsocial' when s.uri like 'https://gab.com/%' then 'gab' else 'mastodon' end as platform,
  s.account.id as account_id, given(s.account.acct) as handle, given(s.account.display_name) as name, iso_time(s.account.created_at) as created_at,
  s.account.followers_count as followers, s.account.following_count as following, s.account.statuses_count as posts,
  given(html_text(s.account.note)) as description, iso_time(s.created_at) as seen_at
from status where s.account.id is not null`;

function isStatus(value: object): boolean {
  return (
    'id' in value &&
    'created_at' in value &&
    'content' in value &&
    'account' in value &&
    ('reblog' in value || 'reblogs_count' in value || 'visibility' in value || 'spoiler_text' in value)
  );
}

/** Answers that hold lists of statuses: the conversation around a status, and search results. */
const listsOfStatuses = ['ancestors', 'descendants', 'statuses'];

function holdsStatuses(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const lists = listsOfStatuses.map((name) => (value as Record<string, unknown>)[name]).filter(Array.isArray);
  return lists.flat().some((one) => typeof one === 'object' && one !== null && isStatus(one));
}

/** Statuses of the Mastodon REST API and of servers that speak it (Truth Social, Gab), with boosted and quoted posts. */
export const mastodonStatuses: Importer = {
  id: 'mastodon-statuses',
  title: 'Mastodon statuses (REST API JSON)',
  about:
    'An array of statuses, one a line, the conversation around one (context) or search results, as one server gives them: ids are those of that server, so files of several servers do not meet on ids.',
  obtain:
    'spillover collect mastodon, or save answers of a server (/api/v1/timelines/tag/NAME, /api/v1/accounts/ID/statuses, /api/v2/search, /api/v1/statuses/ID/context).',
  platforms: ['mastodon', 'truthsocial', 'gab'],
  sniff: (head: FileHead) => (recordsInHead(head).some(isStatus) || holdsStatuses(onlyValueInHead(head)) ? 0.95 : 0),
  container: (head) =>
    holdsStatuses(onlyValueInHead(head))
      ? { kind: 'document', patterns: listsOfStatuses.map((name) => `${name}[]`), columns }
      : jsonContainer(head, columns, ['[]']),
  posts,
  accounts,
};
