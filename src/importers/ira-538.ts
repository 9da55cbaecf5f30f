import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { derivedId, languageCode, minuteTime } from './ira-table-sql.ts';
import { hashtagsIn } from './text-parts-sql.ts';
import { idBesideLink, linkedId, tweetPosts, wholeId } from './x-table-sql.ts';
import { resharedHandle } from './x-tweet-sql.ts';

const identifying = [
  'author',
  'content',
  'region',
  'language',
  'publish_date',
  'following',
  'followers',
  'updates',
  'post_type',
];
const columns = [
  ...identifying,
  'external_author_id',
  'harvested_date',
  'retweet',
  'alt_external_id',
  'tweet_id',
  'article_url',
  'tco1_step1',
  'tco2_step1',
  'tco3_step1',
];
const account = `coalesce(${wholeId('alt_external_id')}, case when external_author_id not like '%0000' then ${wholeId('external_author_id')} end)`;
const quotedLink = '^https?://(?:[a-z]+\\.)?(?:twitter|x)\\.com/([^/]+)/status(?:es)?/\\d+(?:[?#]|$)';
const isReshare = `(upper(trim(post_type)) = 'RETWEET' or (given(post_type) is null and trim(retweet) = '1'))`;

const tweets = `(
  select record.*, case when has_ids then ${idBesideLink('tweet_id', 'article_url')} else ${derivedId(identifying)} end as known_id,
    coalesce(upper(trim(post_type)) = 'QUOTE_TWEET', false) as is_quote_row,
    list_filter([tco1_step1, tco2_step1, tco3_step1], lambda link: given(link) is not null) as links,
    case when is_quote_row then list_filter(links, lambda link: regexp_matches(link, '${quotedLink}')
      and ${linkedId('link')} is distinct from known_id)[1] end as quoted_link
  from record cross join (select count(tweet_id) + count(article_url) > 0 as has_ids from record))`;

const posts = tweetPosts(
  {
    id: 'known_id',
    idCell: 'tweet_id',
    account,
    handle: 'given(author)',
    stated: minuteTime('publish_date'),
    precision: '60000',
    isReshare,
    isQuote: 'is_quote_row',
    quotedId: linkedId('quoted_link'),
    resharedHandle: resharedHandle('content'),
    quotedHandle: `nullif(nullif(regexp_extract(quoted_link, '${quotedLink}', 1), ''), 'i')`,
    text: 'content',
    lang: languageCode('language'),
    reach: 'count_of(followers)',
    links: 'links',
    hashtags: hashtagsIn('content'),
    collectedAt: minuteTime('harvested_date'),
  },
  tweets,
);

const accounts = `
with known as (
  select *, coalesce(${account}, given(author)) as id from record
)
select _row, 'x' as platform, id as account_id, given(author) as handle, count_of(followers) as followers,
  count_of(following) as following, count_of(updates) as posts, ${minuteTime('publish_date')} as seen_at
from known where id is not null`;

/** Tweets of Internet Research Agency accounts as FiveThirtyEight published them. */
export const ira538: Importer = {
  id: 'ira-538',
  title: 'FiveThirtyEight Internet Research Agency tweets (CSV)',
  about:
    'One tweet a row, times to the minute; where tweet_id is rounded the id comes from article_url. The first release has no tweet ids: ids are derived.',
  obtain: 'github.com/fivethirtyeight/russian-troll-tweets: IRAhandle_tweets_1.csv to _13.csv.',
  platforms: ['x'],
  sniff: (head) => headerScore(head, { must: ['external_author_id', 'author', 'content', 'publish_date'] }),
  container: csvTable(columns),
  posts,
  accounts,
  relatesRecords: true,
  notes: [
    'Retweets have the text of the original without "RT @user:": who was retweeted is not in the file.',
    'Times are cut to the minute; windows under 60 seconds mean something only where the tweet id gives the time.',
  ],
};
