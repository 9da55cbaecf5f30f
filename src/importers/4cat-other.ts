import { joinedLinks, joinedWords } from './csv-cells-sql.ts';
import { csvTableOrRows, headerOrRowScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { hashtagsIn, mentionsIn, urlsIn } from './text-parts-sql.ts';

const columns = [
  'id',
  'thread_id',
  'type',
  'body',
  'author',
  'author_id',
  'author_name',
  'author_fullname',
  'author_full',
  'account_id',
  'account_username',
  'account_display_name',
  'timestamp',
  'unix_timestamp',
  'created_at',
  'url',
  'link',
  'post_url',
  'tiktok_url',
  'hashtags',
  'tags',
  'mentions',
  'urls',
  'links',
  'link_url',
  'author_followers',
  'account_followers',
  'likes',
  'like_count',
  'num_likes',
  'favourites_count',
  'reaction_count',
  'reactions',
  'shares',
  'share_count',
  'num_shares',
  'reblogs_count',
  'reposts_count',
  'reposts',
  'replies_count',
  'replies',
  'reply_count',
  'comments',
  'num_comments',
  'comment_count',
  'views',
  'view_count',
  'num_views',
  'plays',
];

const site = `'^https?://(?:[^/]+\\.)?(gab|truthsocial|tiktok|instagram|threads|facebook|parler|linkedin|douyin|pinterest|imgur|vk|tumblr|reddit|bitchute|9gag)\\.(?:com|net|org|ru)/'`;
const firstCount = (...names: string[]) => `coalesce(${names.map((name) => `count_of(${name})`).join(', ')})`;

const posts = `
with post as (
  select *, given(id) as post_id, given(thread_id) as thread, coalesce(given(tiktok_url), given(post_url), given(url), given(link)) as address,
    regexp_matches(body, '<(?:p|br|a|span)\\b[^>]*>') as marked_up,
    coalesce(unix_time(unix_timestamp), iso_time(created_at), iso_time(timestamp), unix_time(timestamp)) as stated,
    coalesce(unix_time(unix_timestamp), iso_time(created_at), unix_time(timestamp)) is null as by_server
  from record
), thread_start as (
  select distinct given(id) as start from record where given(id) is not null
), placed as (
  select post.*, start, case when marked_up then html_text(body) else body end as plain
  from post left join thread_start on start = thread and thread <> post_id
)
select _row, _line, false as embedded,
  case when type in ('group', 'user') then 'not-a-post' when post_id is null then 'missing-id' end as problem,
  case when type in ('group', 'user') then 'the record describes a ' || type end as detail,
  coalesce($platform::varchar, nullif(regexp_extract(address, ${site}, 1), ''), 'unknown') as platform, post_id,
  coalesce(given(author_id), given(account_id)) as account_id, coalesce(given(author), given(account_username)) as handle,
  coalesce(filled(author_fullname), filled(author_full), filled(author_name), filled(account_display_name)) as name,
  stated as time, 1000 as time_precision_ms,
  case when start is null then 'original' else 'reply' end as kind, start as parent_id, thread as root_id,
  plain as text,
  case when regexp_matches(address, '^https?://') then address end as permalink,
  ${firstCount('author_followers', 'account_followers')} as reach,
  ${firstCount('likes', 'like_count', 'num_likes', 'favourites_count', 'reaction_count', 'reactions')} as likes,
  ${firstCount('shares', 'share_count', 'num_shares', 'reblogs_count', 'reposts_count', 'reposts')} as reshares,
  ${firstCount('replies_count', 'reply_count', 'replies', 'comments', 'num_comments', 'comment_count')} as replies,
  ${firstCount('views', 'view_count', 'num_views', 'plays')} as views,
  distinct_in_order(list_concat(${joinedLinks('link_url')}, ${joinedLinks('urls')}, ${joinedLinks('links')},
    case when marked_up then html_outside_links(body) else ${urlsIn('body')} end)) as urls,
  coalesce(${joinedWords('hashtags')}, ${joinedWords('tags')}, ${hashtagsIn('plain')}) as hashtags,
  coalesce(${joinedWords('mentions')}, ${mentionsIn('plain')}) as mentions,
  some_list([case when by_server and stated is not null then 'clock-of-server' end,
    case when $platform::varchar is null and coalesce(regexp_extract(address, ${site}, 1), '') = '' then 'platform-unknown' end]) as warnings
from placed`;

/** The other CSV exports of 4CAT (Gab, Truth Social, TikTok, Instagram, Threads, Facebook, …) and its custom table. */
export const fourcatOther: Importer = {
  id: '4cat-other',
  title:
    '4CAT CSV (or its rows as NDJSON) of other platforms, and its custom CSV (id, thread_id, author, body, timestamp)',
  about: 'One post a row; the platform is taken from --platform, else from the address of the post.',
  obtain: '4CAT: open a data set, download it as CSV. Or write such a table yourself.',
  platforms: ['gab', 'truthsocial', 'tiktok', 'instagram', 'threads', 'facebook'],
  sniff: (head) =>
    Math.max(
      headerOrRowScore(
        head,
        {
          must: ['id', 'thread_id', 'body', 'timestamp'],
          any: [['author', 'account_username', 'author_id', 'account_id']],
          never: ['is_retweet', 'board', 'chat', 'replied_to_post', 'image_md5'],
        },
        0.7,
      ),
      headerOrRowScore(
        head,
        { must: ['id', 'url', 'body', 'timestamp', 'author', 'is_in_group', 'unix_timestamp'] },
        0.9,
      ),
    ),
  container: csvTableOrRows(columns),
  posts,
  relatesRecords: true,
  markNotes: {
    'platform-unknown':
      'Neither the file nor the addresses of its posts name the platform: give it with --platform, so that posts meet those of other files.',
    'clock-of-server':
      'timestamp is read as UTC, although some data sources of 4CAT write the clock of the server: nothing else in the file gives the time.',
  },
};
