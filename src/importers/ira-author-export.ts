import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { derivedId, languageCode, minuteTime } from './ira-table-sql.ts';
import { hashtagsIn, mentionsIn, urlsIn } from './text-parts-sql.ts';
import { plainText } from './x-tweet-sql.ts';

const columns = [
  'author_id',
  'content',
  'region',
  'language',
  'publish_date',
  'harvested_date',
  'following',
  'followers',
  'updates',
  'post_type',
  'retweet',
];

const posts = `
select _row, _line, false as embedded, case when given(author_id) is null then 'missing-account' end as problem,
  'x' as platform, ${derivedId(columns)} as post_id, given(author_id) as handle,
  ${minuteTime('publish_date')} as time, 60000 as time_precision_ms,
  case when upper(trim(post_type)) in ('Q', 'QUOTE_TWEET') then 'quote'
    when upper(trim(post_type)) in ('R', 'RETWEET') or trim(retweet) = '1' then 'reshare' else 'original' end as kind,
  ${plainText('content')} as text, ${languageCode('language')} as lang, count_of(followers) as reach,
  ${urlsIn('content')} as urls, ${hashtagsIn('content')} as hashtags, ${mentionsIn('content')} as mentions,
  ${minuteTime('harvested_date')} as collected_at
from record`;

const accounts = `
select _row, 'x' as platform, given(author_id) as account_id, given(author_id) as handle, count_of(followers) as followers,
  count_of(following) as following, count_of(updates) as posts, ${minuteTime('publish_date')} as seen_at
from record where given(author_id) is not null`;

/** Internet Research Agency tweets cut by author, without tweet ids. */
export const iraAuthorExport: Importer = {
  id: 'ira-author-export',
  title: 'Internet Research Agency tweets by author (CSV without tweet ids)',
  about:
    'One tweet a row, times to the minute, no tweet ids: ids are derived from all cells, so that exact repeats are duplicates.',
  obtain: 'github.com/bet4a/russian-troll-tweets-by-author, or tables cut from it.',
  platforms: ['x'],
  sniff: (head) =>
    headerScore(head, {
      must: ['author_id', 'content', 'publish_date', 'harvested_date', 'post_type'],
      never: ['tweet_id', 'external_author_id'],
    }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: [
    'The file has no tweet ids: posts cannot be matched with those of other files, and repeats are found by value only.',
    'Times are cut to the minute (UTC by evidence, not stated): windows under 60 seconds mean nothing.',
    'Retweets lack "RT @user:": who was retweeted is not in the file. Links are t.co only.',
  ],
};
