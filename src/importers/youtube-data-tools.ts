import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';

const columns = [
  'videoId',
  'videoTitle',
  'videoDescription',
  'channelId',
  'channelTitle',
  'publishedAt',
  'defaultAudioLanguage',
  'viewCount',
  'id',
  'replyCount',
  'likeCount',
  'commentCount',
  'authorName',
  'authorChannelId',
  'text',
  'isReply',
  'isReplyTo',
];

/** Names that hold a video id: `videoinfo_ID_…` (the tool's own), `ID_comments`, `comments_ID`, `v=ID`, `[ID]`. */
const videoInName = String.raw`videoinfo_([A-Za-z0-9_-]{11})_|v=([A-Za-z0-9_-]{11})|\[([A-Za-z0-9_-]{11})\]|^([A-Za-z0-9_-]{11})_comments|comments_([A-Za-z0-9_-]{11})[._]`;
const videoOfFile = `nullif(concat_ws('', ${[1, 2, 3, 4, 5].map((group) => `regexp_extract($file_name::varchar, '${videoInName}', ${group})`).join(', ')}), '')`;

const posts = `
with item as (
  select *, "text" is not null or "authorName" is not null or "isReplyTo" is not null or ("videoId" is null and "id" is not null) as is_comment,
    case when regexp_matches("publishedAt", '^\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}') then iso_time("publishedAt") end as published
  from record
), named as (
  select *,
    case when is_comment then given("id") else given("videoId") end as post_id,
    coalesce(case when is_comment then given("videoId") end, ${videoOfFile}) as video_id,
    case when is_comment then case when regexp_matches("text", '<(?:br|b|i|a href)\\b[^>]*>|&(?:amp|lt|gt|quot|#39);') then html_text("text") else "text" end else concat_ws(chr(10), "videoTitle", "videoDescription") end as body,
    case when is_comment then given("authorChannelId") else given("channelId") end as author,
    case when is_comment then given("authorName") else given("channelTitle") end as author_name
  from item
)
select _row, _line, _at,
  case when post_id is null then 'missing-id' when given("publishedAt") is null then 'missing-time' when published is null then 'bad-time' end as problem,
  case when given("publishedAt") is null then 'publishedAt is empty: the video is private or gone'
    when published is null then 'publishedAt is ' || "publishedAt" end as detail,
  'youtube' as platform, post_id, author as account_id,
  case when author is null or starts_with(author_name, '@') then author_name end as handle, author_name as name,
  published as time, 1000 as time_precision_ms,
  case when is_comment then 'reply' else 'original' end as kind,
  case when is_comment then coalesce(given("isReplyTo"), video_id) end as parent_id,
  case when is_comment then video_id end as root_id,
  nullif(body, '') as text, given("defaultAudioLanguage") as lang,
  case when not is_comment then 'https://www.youtube.com/watch?v=' || post_id
    when video_id is not null then 'https://www.youtube.com/watch?v=' || video_id || '&lc=' || post_id end as permalink,
  count_of("likeCount") as likes, count_of(case when is_comment then "replyCount" else "commentCount" end) as replies, count_of("viewCount") as views,
  list_filter(coalesce(case when is_comment and contains("text", '<a href') then html_outside_links("text") end, urls_in(body)), lambda u: not contains(u, post_id)) as urls,
  hashtags_in(body) as hashtags,
  case when author is null and author_name is null then ['missing-account'] end as warnings
from named`;

/** Video lists and comment lists of the YouTube Data Tools. */
export const youtubeDataTools: Importer = {
  id: 'youtube-data-tools',
  title: 'YouTube Data Tools CSV (video list, comments)',
  about:
    'A video is a post of its channel; a comment answers its video or another comment. A comment file names its video only in the file name.',
  obtain:
    'YouTube Data Tools (ytdt.digitalmethods.net): Video List, or Video Comments; keep the file name, which names the video.',
  platforms: ['youtube'],
  sniff: (head) =>
    Math.max(
      headerScore(head, { must: ['publishedAt', 'videoId', 'channelId'], any: [['videoTitle', 'videoDescription']] }),
      headerScore(head, { must: ['publishedAt', 'authorName', 'text'], any: [['isReplyTo', 'isReply']] }),
    ),
  container: csvTable(columns, { escape: 'both' }),
  posts,
  notes: ['The id of the video of a comment is known only where the file name holds it.'],
};
