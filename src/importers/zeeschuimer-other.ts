import type { FileHead, Importer } from './importer.ts';
import { hashtagsIn, mentionsIn, urlsIn } from './text-parts-sql.ts';
import { columnsOf, type Shape } from './x-json-shape.ts';

/** The fields of the items of all platforms that are read; names mean the same wherever they occur. */
const item = {
  id: 'varchar',
  code: 'varchar',
  type: 'varchar',
  created_at: 'varchar',
  createTime: 'varchar',
  taken_at: 'varchar',
  content: 'varchar',
  desc: 'varchar',
  caption: { text: 'varchar' },
  url: 'varchar',
  account: { id: 'varchar', username: 'varchar', display_name: 'varchar', followers_count: 'bigint' },
  author: { id: 'varchar', uniqueId: 'varchar', nickname: 'varchar' },
  authorStats: { followerCount: 'bigint' },
  user: { id: 'varchar', pk: 'varchar', username: 'varchar', full_name: 'varchar' },
  in_reply_to_id: 'varchar',
  quote_id: 'varchar',
  quote_of_id: 'varchar',
  reblog: { id: 'varchar', account: { username: 'varchar' }, content: 'varchar' },
  tags: [{ name: 'varchar' }],
  mentions: [{ username: 'varchar' }],
  textExtra: [{ hashtagName: 'varchar', userUniqueId: 'varchar' }],
  text_post_app_info: {
    direct_reply_count: 'bigint',
    repost_count: 'bigint',
    link_preview_attachment: { url: 'varchar' },
  },
  media_attachments: [{ id: 'varchar' }],
  stats: { diggCount: 'bigint', shareCount: 'bigint', commentCount: 'bigint', playCount: 'bigint' },
  like_count: 'bigint',
  comment_count: 'bigint',
  favourites_count: 'bigint',
  reaction_count: 'bigint',
  reblogs_count: 'bigint',
  reposts_count: 'bigint',
  replies_count: 'bigint',
} satisfies Shape;
const meta = { timestamp_collected: 'varchar', source_platform: 'varchar' };
const columns = columnsOf({ ...item, ...meta, nav_index: 'varchar', data: item, __import_meta: meta });
const fieldsOf = (source: string) =>
  `{${Object.keys(item)
    .map((field) => `'${field}': ${source}."${field}"`)
    .join(', ')}}`;

const seconds = (text: string) => `make_timestamp(try_cast(${text} as bigint) * 1000000)`;
const platforms = ['truthsocial', 'gab', 'tiktok', 'threads', 'instagram'];

const posts = `
with told as (
  select _row, _line, case when data is not null then ${fieldsOf('data')} else ${fieldsOf('record')} end as t,
    coalesce(source_platform, __import_meta.source_platform, 'an unnamed platform') as site,
    regexp_replace(coalesce(source_platform, __import_meta.source_platform), '^www\\.|\\.(com|net)$', '', 'g') as platform,
    make_timestamp_ms(try_cast(coalesce(timestamp_collected, __import_meta.timestamp_collected) as bigint)) as seen
  from record
), post as (
  select *, coalesce(platform in ('${platforms.join("', '")}'), false) as is_known,
    case when platform in ('threads', 'instagram') then coalesce(t.code, t.id) else t.id end as post_id,
    coalesce(iso_time(t.created_at), ${seconds('t."createTime"')}, ${seconds('t.taken_at')}) as stated,
    coalesce(t.reblog.content, t.content, t."desc", t.caption.text) as body
  from told
), shown as (
  select *, contains(body, '<') and regexp_matches(body, '<(?:p|br|a|span)\\b') as is_html,
    case when contains(body, '<') and regexp_matches(body, '<(?:p|br|a|span)\\b') then html_text(body) else body end as plain
  from post
)
select _row, _line, false as embedded,
  case when not is_known or (platform = 'gab' and t."type" in ('group', 'user')) then 'not-a-post' when post_id is null then 'missing-id' end as problem,
  case when not is_known then 'an item of ' || site || ', which is not read' when platform = 'gab' and t."type" in ('group', 'user') then 'a ' || t."type" end as detail,
  coalesce(platform, 'unknown') as platform, post_id,
  coalesce(t.account.id, t.author.id, t."user".pk, t."user".id) as account_id,
  coalesce(t.account.username, t.author."uniqueId", t."user".username) as handle,
  coalesce(t.account.display_name, t.author.nickname, t."user".full_name) as name,
  stated as time, case when contains(t.created_at, '.') then 1 else 1000 end as time_precision_ms,
  case when t.reblog.id is not null then 'reshare' when t.in_reply_to_id is not null then 'reply'
    when coalesce(t.quote_id, t.quote_of_id) is not null then 'quote' else 'original' end as kind,
  coalesce(t.reblog.id, t.in_reply_to_id, t.quote_id, t.quote_of_id) as parent_id, t.reblog.account.username as parent_handle,
  plain as text,
  case when t.url is not null then t.url
    when platform = 'tiktok' then 'https://www.tiktok.com/@' || coalesce(t.author."uniqueId", '_') || '/video/' || t.id
    when platform = 'threads' then 'https://www.threads.com/@' || t."user".username || '/post/' || t.code
    when platform = 'instagram' then 'https://www.instagram.com/p/' || t.code || '/' end as permalink,
  coalesce(t.account.followers_count, t."authorStats"."followerCount") as reach,
  coalesce(t.favourites_count, t.reaction_count, t.stats."diggCount", t.like_count) as likes,
  coalesce(t.reblogs_count, t.reposts_count, t.stats."shareCount", t.text_post_app_info.repost_count) as reshares,
  coalesce(t.replies_count, t.stats."commentCount", t.text_post_app_info.direct_reply_count, t.comment_count) as replies,
  t.stats."playCount" as views,
  distinct_in_order(list_concat([t.text_post_app_info.link_preview_attachment.url],
    case when is_html then html_outside_links(body) else ${urlsIn('plain')} end)) as urls,
  coalesce(some_list(list_transform(t.tags, lambda g: g.name)), some_list(list_transform(t."textExtra", lambda g: g."hashtagName")), ${hashtagsIn('plain')}) as hashtags,
  coalesce(some_list(list_transform(t.mentions, lambda m: m.username)), some_list(list_transform(t."textExtra", lambda m: m."userUniqueId")), ${mentionsIn('plain')}) as mentions,
  list_transform(t.media_attachments, lambda m: platform || ':' || m.id) as media,
  seen as collected_at,
  case when coalesce(t.account.id, t.author.id, t."user".pk, t."user".id, t.account.username, t.author."uniqueId", t."user".username) is null then ['missing-account'] end as warnings
from shown`;

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function certainty(line: Fields): number {
  const told = isObject(line.__import_meta) ? line.__import_meta : line;
  const site = told.source_platform;
  if (typeof site !== 'string' || /^(?:twitter|x)\.com$/.test(site)) return 0;
  return isObject(line.__import_meta) || (isObject(line.data) && 'nav_index' in line) ? 0.9 : 0;
}

/** Zeeschuimer's NDJSON of platforms other than X, and 4CAT's stored copies of it. */
export const zeeschuimerOther: Importer = {
  id: 'zeeschuimer-other',
  title: 'Zeeschuimer NDJSON of other platforms (also as 4CAT stores it)',
  about:
    'What Truth Social, Gab, TikTok, Threads or Instagram sent to a browser, one item a line: id, time, author, text, links, hashtags and counts. Items of platforms that are not read are listed by name.',
  platforms,
  sniff: (head: FileHead) => Math.max(0, ...head.jsonLines.filter(isObject).map(certainty)),
  container: () => ({ kind: 'lines', columns }),
  posts,
  notes: [
    'Zeeschuimer sees what the web page showed to its user: what is missing from the file may still have been posted.',
  ],
};
