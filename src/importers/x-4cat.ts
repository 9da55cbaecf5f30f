import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { idBesideLink, idProblem, joinedLinks, joinedWords, outsideLinks, resharedHandle, tweetMedia, tweetTime, wholeId } from './tweet-table.ts';

const columns = [
  'id', 'thread_id', 'timestamp', 'unix_timestamp', 'link', 'body', 'author', 'author_fullname', 'author_id', 'author_followers', 'verified',
  'language_guess', 'retweet_count', 'reply_count', 'like_count', 'impression_count', 'is_retweet', 'retweeted_user', 'is_quote_tweet',
  'quote_tweet_id', 'quote_author', 'quoted_user', 'is_reply', 'replied_author', 'replied_user', 'hashtags', 'urls', 'images', 'videos', 'mentions',
];

const posts = `
with tweet as (
  select *, ${idBesideLink('id', 'link')} as tweet_id, ${wholeId('thread_id')} as root, ${wholeId('quote_tweet_id')} as quoted,
    coalesce(iso_time(timestamp), unix_time(unix_timestamp)) as stated,
    case when yes(is_retweet) then 'reshare' when yes(is_reply) then 'reply' when yes(is_quote_tweet) then 'quote' else 'original' end as kind
  from record
)
select _row, _line, false as embedded, ${idProblem('tweet_id', 'id')},
  'x' as platform, tweet_id as post_id, ${wholeId('author_id')} as account_id, filled(author) as handle, filled(author_fullname) as name,
  ${tweetTime('stated', 'tweet_id', 1000)},
  kind, case when kind = 'quote' then quoted end as parent_id,
  case kind when 'reshare' then coalesce(filled(retweeted_user), ${resharedHandle('body')})
    when 'reply' then coalesce(filled(replied_author), filled(replied_user))
    when 'quote' then coalesce(filled(quote_author), filled(quoted_user)) end as parent_handle,
  case when kind = 'reply' and quoted is not null then [{'kind': 'quote', 'id': quoted}] end as other_parents,
  root as root_id, body as text, given(language_guess) as lang,
  case when link like 'http%' then link else 'https://x.com/i/status/' || tweet_id end as permalink,
  count_of(like_count) as likes, count_of(retweet_count) as reshares,
  count_of(reply_count) as replies, count_of(impression_count) as views,
  ${outsideLinks(joinedLinks('urls'), 'tweet_id')} as urls, ${joinedWords('hashtags')} as hashtags, ${joinedWords('mentions')} as mentions,
  ${tweetMedia("concat_ws(' ', images, videos)")} as media
from tweet`;

const accounts = `
select 'x' as platform, ${wholeId('author_id')} as account_id, filled(author) as handle, filled(author_fullname) as name,
  count_of(author_followers) as followers, yes(verified) as verified, coalesce(iso_time(timestamp), unix_time(unix_timestamp)) as seen_at
from record where ${wholeId('author_id')} is not null`;

/** X posts that 4CAT exports as CSV: imports from Zeeschuimer and searches by API v2. */
export const x4cat: Importer = {
  id: 'x-4cat',
  title: '4CAT CSV of X/Twitter (Zeeschuimer import or API v2)',
  about: 'One post a row; lists are joined with commas, thread_id is the conversation.',
  platforms: ['x'],
  sniff: (head) => headerScore(head, { must: ['id', 'thread_id', 'body', 'is_retweet', 'retweeted_user'] }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: ['4CAT writes no id of the reshared post and none of the post replied to: reshares are linked by author and text.'],
};
