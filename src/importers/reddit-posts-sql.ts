import { urlsIn } from './text-parts-sql.ts';
import { unixSeconds } from './wall-clock-sql.ts';

/** Fields of Reddit's comments (t1) and submissions (t3) as the API and Pushshift write them; read as text, for their types vary. */
export const redditColumns: Record<string, string> = Object.fromEntries(
  [
    'id author created_utc edited retrieved_on retrieved_utc score permalink removed_by_category',
    'body link_id parent_id',
    'title selftext url url_overridden_by_dest is_self num_comments crosspost_parent',
  ].flatMap((names) => names.split(' ').map((name) => [name, 'varchar'])),
);

const unescaped = (text: string) => `replace(replace(replace(${text}, '&lt;', '<'), '&gt;', '>'), '&amp;', '&')`;
const withoutMarkdownEscapes = (text: string) =>
  `case when contains(${text}, '\\') then regexp_replace(${text}, '\\\\([_*~()\\[\\]])', '\\1', 'g') else ${text} end`;
const marker = (text: string) =>
  `case lower(trim(${text})) when '[deleted]' then 'deleted' when '[removed]' then 'removed' when '[deleted by user]' then 'deleted' end`;

/**
 * SELECT that maps `record` (columns of `redditColumns`) to posts: a comment answers `parent_id` in the submission `link_id`, a
 * crosspost is a reshare, and `[deleted]` and `[removed]` are neither accounts nor texts but warnings.
 */
export const redditPosts = `
with thing as (
  select *, coalesce(filled(link_id), filled(parent_id)) is not null as is_comment,
    coalesce(marker_of.body, marker_of.author) as gone
  from (select *, {'body': coalesce(${marker('body')}, ${marker('selftext')}, case when filled(removed_by_category) is not null then 'removed' end),
    'author': ${marker('author')}} as marker_of from record)
), told as (
  select *,
    case when is_comment then 't1_' else 't3_' end || regexp_replace(filled(id), '^t[13]_', '') as fullname,
    case when ${marker('body')} is null then ${unescaped('body')} end as comment_text,
    case when ${marker('selftext')} is null then filled(${unescaped('selftext')}) end as self_text,
    filled(${unescaped('title')}) as title_text,
    filled(${unescaped('coalesce(filled(url_overridden_by_dest), url)')}) as link
  from thing
), linked as (
  select *,
    case when is_comment or link is null or coalesce(lower(is_self) = 'true', false)
      or 't3_' || regexp_extract(link, '^https?://(?:[a-z]+\\.)?reddit\\.com/(?:r/[^/]+/comments|gallery)/([^/?#]+)', 1) = fullname
      or not regexp_matches(link, '^(?i:https?)://') then null else link end as outside,
    ${withoutMarkdownEscapes('coalesce(comment_text, self_text)')} as plain
  from told
)
select _row, _line, _at, false as embedded,
  case when filled(id) is null then 'missing-id' when filled(created_utc) is null then 'missing-time' end as problem,
  'reddit' as platform, fullname as post_id,
  case when marker_of.author is null then filled(author) end as handle,
  ${unixSeconds('created_utc')} as time, 1000 as time_precision_ms,
  case when is_comment then 'reply' when filled(crosspost_parent) is not null then 'reshare' else 'original' end as kind,
  case when is_comment then filled(parent_id) else filled(crosspost_parent) end as parent_id,
  case when is_comment then filled(link_id) else fullname end as root_id,
  case when is_comment then comment_text else nullif(concat_ws(e'\\n\\n', title_text, self_text), '') end as text,
  coalesce('https://www.reddit.com' || filled(permalink),
    case when is_comment then 'https://www.reddit.com/comments/' || regexp_replace(link_id, '^t3_', '') || '/_/' || id end) as permalink,
  try_cast(score as bigint) as likes, try_cast(num_comments as bigint) as replies,
  list_concat(
    case when outside is not null and not regexp_matches(outside, '^https?://[iv]\\.redd\\.it/') then [outside] else []::varchar[] end,
    ${urlsIn('plain')}) as urls,
  case when regexp_matches(outside, '^https?://[iv]\\.redd\\.it/') then ['reddit:' || regexp_extract(outside, 'redd\\.it/([^/?]+)', 1)] end as media,
  coalesce(${unixSeconds('retrieved_on')}, ${unixSeconds('retrieved_utc')}) as collected_at,
  case when try_cast(edited as double) > 1 then ${unixSeconds('edited')} end as edited_at,
  case when gone is not null then [gone] end as warnings
from linked`;

/** True for an object that has what a Reddit comment or submission has. */
export function isRedditThing(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('created_utc' in value)) return false;
  if ('body' in value && 'link_id' in value) return true;
  return (
    'title' in value && 'subreddit' in value && ('selftext' in value || 'is_self' in value || 'permalink' in value)
  );
}
