import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { zoneOffsetSql } from './zone-offsets.ts';

const columns = [
  'Page Name',
  'Group Name',
  'Account',
  'User Name',
  'Facebook Id',
  'Likes at Posting',
  'Followers at Posting',
  'Post Created',
  'Type',
  'Likes',
  'Comments',
  'Shares',
  'Post Views',
  'Total Views',
  'Views',
  'URL',
  'Message',
  'Link',
  'Final Link',
  'Photo',
  'Title',
  'Description',
];

const idPattern = String.raw`story_fbid=(\w+)|[?&](?:fbid|v)=(\d+)|/(?:posts|permalink|videos|photos|reel|p|tv)/(?:[^?#]*/)?(\d+|pfbid\w+)/?(?:[?#]|$)|/(?:p|reel|tv)/([\w-]+)`;

const posts = `
with cell as (
  select *, given("Post Created") as created, given("URL") as address, "Account" is not null as is_instagram,
    coalesce("Page Name", "Group Name", "Account") as poster
  from record
), clock as (
  select *,
    try_cast(nullif(regexp_extract(created, '^(\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)', 1), '') as timestamp) as wall,
    nullif(regexp_extract(created, '\\d\\s*([A-Za-z]+(?:[/_][A-Za-z]+)*|(?:(?:UTC|GMT)?[+-]\\d{1,2}(?::?\\d{2})?))$', 1), '') as zone_name
  from cell
), offset_of as (
  select *, ${zoneOffsetSql('zone_name')} as minutes_east from clock
), named as (
  select *, case when minutes_east is not null then wall - to_minutes(minutes_east::integer) else zoned_time(wall, $zone::varchar) end as time,
    coalesce(nullif(regexp_extract(address, '${idPattern}', 1), ''), nullif(regexp_extract(address, '${idPattern}', 2), ''),
      nullif(regexp_extract(address, '${idPattern}', 3), ''), nullif(regexp_extract(address, '${idPattern}', 4), ''), address) as post_id,
    coalesce(given("Final Link"), given("Link")) as target,
    coalesce("Message", case when is_instagram then concat_ws(chr(10), "Title", "Description") end) as told
  from offset_of
), shared as (
  select *,
    case
      when target is null or contains(target, post_id) then null
      when regexp_matches("Type", '(?i)photo|video|album|igtv|reel') and regexp_matches(target, '^https?://([a-z-]+\\.)?(facebook|instagram)\\.com/') then null
      else target end as outside_target
  from named
)
select _row, _line, _at,
  case when address is null then 'missing-id' when created is null or wall is null then 'bad-time' end as problem,
  case when address is null then 'URL is empty' when wall is null then 'Post Created is ' || coalesce("Post Created", 'empty') end as detail,
  case when is_instagram then 'instagram' else 'facebook' end as platform,
  post_id, given("Facebook Id") as account_id,
  case when given("User Name") is distinct from given("Facebook Id") then given("User Name") end as handle,
  given(poster) as name,
  time, 1000 as time_precision_ms, case when time is null then wall end as time_local,
  'original' as kind, told as text, address as permalink,
  coalesce(count_of("Followers at Posting"), count_of("Likes at Posting")) as reach,
  count_of("Likes") as likes, count_of("Shares") as reshares, count_of("Comments") as replies,
  coalesce(count_of("Total Views"), count_of("Views"), count_of("Post Views")) as views,
  list_concat([outside_target], list_filter(urls_in(told), lambda u: u is distinct from given("Link") and not contains(u, post_id))) as urls,
  hashtags_in(told) as hashtags, mentions_in(told) as mentions,
  list_concat(case when time is null then ['zone-unknown'] end,
    case when given("Facebook Id") is null and given("User Name") is null then ['missing-account'] end) as warnings
from shared`;

/** CrowdTangle exports of Facebook pages and groups and of Instagram accounts (the service ended in August 2024). */
export const crowdtangle: Importer = {
  id: 'crowdtangle',
  title: 'CrowdTangle CSV (Facebook pages and groups, Instagram)',
  about:
    'The last word of "Post Created" is the zone of the clock; the resolved link is preferred; in group files the account is the group.',
  obtain: 'CrowdTangle closed in August 2024: exports made before then (Historical Data, CSV).',
  platforms: ['facebook', 'instagram'],
  sniff: (head) =>
    headerScore(
      head,
      {
        must: ['Post Created', 'URL'],
        any: [
          ['Page Name', 'Group Name', 'Account'],
          ['Total Interactions', 'Followers at Posting', 'Likes at Posting'],
        ],
      },
      0.97,
    ),
  container: csvTable(columns),
  posts,
  notes: ['CrowdTangle does not say who posted in a group: the group stands as the account.'],
};
