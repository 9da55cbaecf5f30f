import type { FileHead, Importer } from './importer.ts';
import { hashtagsIn, mentionsIn, urlsIn } from './text-parts-sql.ts';
import { columnsOf, type Shape } from './x-json-shape.ts';

/** The fields of the items of all platforms that are read; names mean the same wherever they occur. */
const item = {
  id: 'varchar',
  cid: 'varchar',
  aweme_id: 'varchar',
  reply_id: 'varchar',
  code: 'varchar',
  shortcode: 'varchar',
  type: 'varchar',
  created_at: 'varchar',
  createTime: 'varchar',
  create_time: 'varchar',
  taken_at: 'varchar',
  taken_at_timestamp: 'varchar',
  content: 'json',
  text: 'json',
  desc: 'varchar',
  caption: { text: 'varchar' },
  edge_media_to_caption: { edges: [{ node: { text: 'varchar' } }] },
  commentary: { text: { text: 'varchar' } },
  url: 'varchar',
  account: { id: 'varchar', username: 'varchar', display_name: 'varchar', followers_count: 'bigint' },
  author: { id: 'varchar', uniqueId: 'varchar', nickname: 'varchar' },
  authorStats: { followerCount: 'bigint' },
  actor: { name: { text: 'varchar' }, navigationContext: { actionTarget: 'varchar' } },
  updateMetadata: { urn: 'varchar' },
  preDashEntityUrn: 'varchar',
  user: {
    id: 'varchar',
    pk: 'varchar',
    uid: 'varchar',
    username: 'varchar',
    unique_id: 'varchar',
    full_name: 'varchar',
    nickname: 'varchar',
  },
  owner: { id: 'varchar', username: 'varchar', full_name: 'varchar' },
  in_reply_to_id: 'varchar',
  quote_id: 'varchar',
  quote_of_id: 'varchar',
  reblog: { id: 'varchar', account: { username: 'varchar' }, content: 'varchar' },
  tags: [{ name: 'varchar' }],
  mentions: [{ username: 'varchar' }],
  textExtra: [{ hashtagName: 'varchar', userUniqueId: 'varchar' }],
  text_post_app_info: {
    is_reply: 'boolean',
    reply_to_author: { username: 'varchar' },
    direct_reply_count: 'bigint',
    repost_count: 'bigint',
    link_preview_attachment: { url: 'varchar' },
  },
  media_attachments: [{ id: 'varchar' }],
  stats: { diggCount: 'bigint', shareCount: 'bigint', commentCount: 'bigint', playCount: 'bigint' },
  edge_media_preview_like: { count: 'bigint' },
  edge_media_to_comment: { count: 'bigint' },
  '*socialDetail': { '*totalSocialActivityCounts': { numLikes: 'bigint', numShares: 'bigint', numComments: 'bigint' } },
  digg_count: 'bigint',
  reply_comment_total: 'bigint',
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
const platforms = ['truthsocial', 'gab', 'tiktok', 'threads', 'instagram', 'linkedin'];
/** Fields that hold a text on one platform and an object on another. */
const ownText = (field: string) => `case when json_type(${field}) = 'VARCHAR' then ${field} ->> '$' end`;
const html = `regexp_matches(body, '<(?:p|br|a|span)\\b')`;
const activity = `nullif(regexp_extract(coalesce(t."updateMetadata".urn, t."preDashEntityUrn"), 'urn:li:activity:(\\d+)', 1), '')`;
const linkedInCounts = 't."*socialDetail"."*totalSocialActivityCounts"';
const linkedInTarget = `nullif(regexp_extract(t.actor."navigationContext"."actionTarget", 'linkedin\\.com/([^?]+?)/*(?:\\?|$)', 1), '')`;
/** The upper 41 bits of an activity number are milliseconds since 1970. */
const activityTime = `make_timestamp_ms(try_cast(activity as bigint) >> 22)`;

const posts = `
with told as (
  select _row, _line, case when data is not null then ${fieldsOf('data')} else ${fieldsOf('record')} end as t,
    coalesce(source_platform, __import_meta.source_platform, 'an unnamed platform') as site,
    regexp_replace(coalesce(source_platform, __import_meta.source_platform), '^www\\.|\\.(com|net)$|-comments$', '', 'g') as platform,
    make_timestamp_ms(try_cast(coalesce(timestamp_collected, __import_meta.timestamp_collected) as bigint)) as seen
  from record
), numbered as (
  select *, coalesce(platform in ('${platforms.join("', '")}'), false) as is_known, platform = 'tiktok' and t.cid is not null as is_comment,
    case when platform = 'linkedin' then ${activity} end as activity
  from told
), post as (
  select *,
    case when platform in ('threads', 'instagram') then coalesce(t.code, t.shortcode, t.id) when platform = 'linkedin' then activity
      when is_comment then t.cid else t.id end as post_id,
    coalesce(iso_time(t.created_at), ${['t."createTime"', 't.create_time', 't.taken_at', 't.taken_at_timestamp'].map(seconds).join(', ')}, ${activityTime}) as stated,
    coalesce(t.reblog.content, ${ownText('t.content')}, t."desc", t.caption.text, t.edge_media_to_caption.edges[1].node.text,
      t.commentary.text.text, case when is_comment then ${ownText('t.text')} end) as body,
    coalesce(t.account.id, t.author.id, t."user".pk, t."user".uid, t."user".id, t.owner.id, ${linkedInTarget}) as account_id,
    coalesce(t.account.username, t.author."uniqueId", t."user".username, t."user".unique_id, t.owner.username, ${linkedInTarget}) as handle,
    case when t.reblog.id is not null then 'reshare'
      when t.in_reply_to_id is not null or is_comment or t.text_post_app_info.is_reply then 'reply'
      when coalesce(t.quote_id, t.quote_of_id) is not null then 'quote' else 'original' end as kind,
    case when platform = 'linkedin' and json_type(t.content) = 'OBJECT'
      then coalesce(t.content ->> '$.navigationContext.actionTarget', t.content ->> '$.articleComponent.navigationContext.actionTarget') end as article
  from numbered
), shown as (
  select *, contains(body, '<') and ${html} as is_html, case when contains(body, '<') and ${html} then html_text(body) else body end as plain
  from post
)
select _row, _line, false as embedded,
  case when not is_known then 'unread-platform' when platform = 'gab' and t."type" in ('group', 'user') then 'not-a-post' when post_id is null then 'missing-id' end as problem,
  case when not is_known then 'an item of ' || site || ', which is not read: write a column map for such files (--suggest)'
    when platform = 'gab' and t."type" in ('group', 'user') then 'a ' || t."type" end as detail,
  coalesce(platform, 'unknown') as platform, post_id, account_id, handle,
  coalesce(t.account.display_name, t.author.nickname, t."user".full_name, t."user".nickname, t.owner.full_name, t.actor.name.text) as name,
  stated as time, case when contains(t.created_at, '.') or platform = 'linkedin' then 1 else 1000 end as time_precision_ms, kind,
  case kind when 'reshare' then t.reblog.id when 'reply' then coalesce(t.in_reply_to_id, case when is_comment then coalesce(nullif(t.reply_id, '0'), t.aweme_id) end)
    when 'quote' then coalesce(t.quote_id, t.quote_of_id) end as parent_id,
  case kind when 'reshare' then t.reblog.account.username when 'reply' then t.text_post_app_info.reply_to_author.username end as parent_handle,
  case when is_comment then t.aweme_id end as root_id,
  plain as text,
  case when t.url is not null then t.url when is_comment then null
    when platform = 'tiktok' then 'https://www.tiktok.com/@' || coalesce(handle, '_') || '/video/' || t.id
    when platform = 'threads' then 'https://www.threads.com/@' || handle || '/post/' || post_id
    when platform = 'instagram' then 'https://www.instagram.com/p/' || post_id || '/'
    when platform = 'linkedin' then 'https://www.linkedin.com/feed/update/urn:li:activity:' || activity end as permalink,
  coalesce(t.account.followers_count, t."authorStats"."followerCount") as reach,
  coalesce(t.favourites_count, t.reaction_count, t.stats."diggCount", t.digg_count, t.like_count, t.edge_media_preview_like.count, ${linkedInCounts}."numLikes") as likes,
  coalesce(t.reblogs_count, t.reposts_count, t.stats."shareCount", t.text_post_app_info.repost_count, ${linkedInCounts}."numShares") as reshares,
  coalesce(t.replies_count, t.stats."commentCount", t.text_post_app_info.direct_reply_count, t.reply_comment_total, t.comment_count,
    t.edge_media_to_comment.count, ${linkedInCounts}."numComments") as replies,
  t.stats."playCount" as views,
  distinct_in_order(list_concat([t.text_post_app_info.link_preview_attachment.url, case when not contains(article, 'linkedin.com/') then article end],
    case when is_html then html_outside_links(body) else ${urlsIn('plain')} end)) as urls,
  coalesce(some_list(list_transform(t.tags, lambda g: g.name)), some_list(list_transform(t."textExtra", lambda g: g."hashtagName")), ${hashtagsIn('plain')}) as hashtags,
  coalesce(some_list(list_transform(t.mentions, lambda m: m.username)), some_list(list_transform(t."textExtra", lambda m: m."userUniqueId")), ${mentionsIn('plain')}) as mentions,
  list_transform(t.media_attachments, lambda m: platform || ':' || m.id) as media,
  seen as collected_at,
  some_list([case when account_id is null and handle is null then 'missing-account' end, case when platform = 'linkedin' then 'time-from-id' end]) as warnings
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
    'What Truth Social, Gab, TikTok (videos and comments), Threads, Instagram or LinkedIn sent to a browser, one item a line: id, time, author, text, links, hashtags and counts. Items of other platforms are listed as problems, by name.',
  obtain:
    'Zeeschuimer (browser extension): capture TikTok, Instagram, Threads, Truth Social, Gab or LinkedIn, then "Download as .ndjson"; or download a 4CAT data set made of it as NDJSON.',
  platforms,
  sniff: (head: FileHead) => Math.max(0, ...head.jsonLines.filter(isObject).map(certainty)),
  container: () => ({ kind: 'lines', columns }),
  posts,
  notes: [
    'Zeeschuimer sees what the web page showed to its user: what is missing from the file may still have been posted.',
    'LinkedIn shows no time: it is taken from the number of the post.',
  ],
};
