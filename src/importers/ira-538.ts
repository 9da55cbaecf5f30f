import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { derivedId, languageCode, minuteTime } from './ira-table.ts';
import { idBesideLink, idDetail, linkedId, outsideLinks, resharedHandle, tweetTime, wholeId } from './tweet-table.ts';

const identifying = ['author', 'content', 'region', 'language', 'publish_date', 'following', 'followers', 'updates', 'post_type'];
const columns = [
  ...identifying, 'external_author_id', 'harvested_date', 'retweet', 'alt_external_id', 'tweet_id', 'article_url',
  'tco1_step1', 'tco2_step1', 'tco3_step1',
];
const quotedLink = '^https?://(?:[a-z]+\\.)?(?:twitter|x)\\.com/([^/]+)/status(?:es)?/\\d+';

const posts = `
with id_column as (
  select count(tweet_id) + count(article_url) > 0 as present from record
), tweet as (
  select record.*, present, case when present then ${idBesideLink('tweet_id', 'article_url')} else ${derivedId(identifying)} end as id,
    ${minuteTime('publish_date')} as stated,
    coalesce(${wholeId('alt_external_id')}, case when external_author_id not like '%0000' then ${wholeId('external_author_id')} end) as account_id,
    case upper(trim(post_type)) when 'RETWEET' then 'reshare' when 'QUOTE_TWEET' then 'quote'
      else case when trim(retweet) = '1' then 'reshare' else 'original' end end as kind
  from record cross join id_column
), linked as (
  select *, ${outsideLinks('list_filter([tco1_step1, tco2_step1, tco3_step1], lambda link: given(link) is not null)', 'id')} as links
  from tweet
), quoted as (
  select *, case when kind = 'quote' then list_filter(links, lambda link: regexp_matches(link, '${quotedLink}'))[1] end as quoted_link
  from linked
)
select _row, _line, false as embedded,
  case when stated is null and snowflake_time(id) is null then 'bad-time' when id is null then 'missing-id' end as problem,
  case when stated is not null then ${idDetail('id', 'tweet_id')} end as detail,
  'x' as platform, id as post_id, account_id, given(author) as handle,
  ${tweetTime('stated', 'id', 60000)},
  kind, ${linkedId('quoted_link')} as parent_id,
  case kind when 'reshare' then ${resharedHandle('content')} when 'quote' then nullif(regexp_extract(quoted_link, '${quotedLink}', 1), '') end as parent_handle,
  content as text, ${languageCode('language')} as lang, 'https://x.com/i/status/' || case when present then id end as permalink,
  count_of(followers) as reach, links as urls, hashtags_in(content) as hashtags, mentions_in(content) as mentions,
  ${minuteTime('harvested_date')} as collected_at
from quoted`;

const accounts = `
with tweet as (
  select *, coalesce(${wholeId('alt_external_id')}, case when external_author_id not like '%0000' then ${wholeId('external_author_id')} end, given(author)) as id
  from record
)
select 'x' as platform, id as account_id, given(author) as handle, count_of(followers) as followers,
  count_of(following) as following, count_of(updates) as posts, ${minuteTime('publish_date')} as seen_at
from tweet where id is not null`;

/** Tweets of Internet Research Agency accounts as FiveThirtyEight published them. */
export const ira538: Importer = {
  id: 'ira-538',
  title: 'FiveThirtyEight Internet Research Agency tweets (CSV)',
  about:
    'One tweet a row, times to the minute; where tweet_id is rounded the id comes from article_url. The first release has no tweet ids: ids are derived.',
  platforms: ['x'],
  sniff: (head) => headerScore(head, { must: ['external_author_id', 'author', 'content', 'publish_date'] }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: [
    'Retweets have the text of the original without "RT @user:": who was retweeted is not in the file.',
    'Times are cut to the minute; windows under 60 seconds mean something only where the tweet id gives the time.',
  ],
};
