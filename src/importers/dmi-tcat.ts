import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { idProblem, joinedLinks, joinedWords, outsideLinks, resharedHandle, tweetMedia, tweetTime, wholeId } from './tweet-table.ts';

const columns = [
  'id', 'time', 'created_at', 'from_user_name', 'from_user_id', 'from_user_realname', 'from_user_verified', 'from_user_description',
  'from_user_tweetcount', 'from_user_followercount', 'from_user_friendcount', 'from_user_favourites_count', 'from_user_listed',
  'from_user_created_at', 'text', 'retweet_count', 'favorite_count', 'lang', 'to_user_name', 'in_reply_to_status_id', 'quoted_status_id',
  'retweet_id', 'urls', 'urls_expanded', 'urls_followed', 'mentions', 'hashtags', 'media_urls',
];

const posts = `
with tweet as (
  select *, ${wholeId('id')} as tweet_id, ${wholeId('retweet_id')} as retweeted, ${resharedHandle('text')} as reshared_handle,
    ${wholeId('in_reply_to_status_id')} as replied, ${wholeId('quoted_status_id')} as quoted,
    coalesce(unix_time(time), iso_time(created_at)) as stated
  from record
), kind as (
  select *, case when retweeted is not null or reshared_handle is not null then 'reshare'
    when replied is not null or given(to_user_name) is not null then 'reply' when quoted is not null then 'quote' else 'original' end as kind
  from tweet
)
select _row, _line, false as embedded, ${idProblem('tweet_id', 'id')},
  'x' as platform, tweet_id as post_id, ${wholeId('from_user_id')} as account_id, filled(from_user_name) as handle, filled(from_user_realname) as name,
  ${tweetTime('stated', 'tweet_id', 1000)},
  kind, case kind when 'reshare' then retweeted when 'reply' then replied when 'quote' then quoted end as parent_id,
  case kind when 'reshare' then reshared_handle when 'reply' then given(to_user_name) end as parent_handle,
  case when kind = 'reply' and quoted is not null then [{'kind': 'quote', 'id': quoted}] end as other_parents,
  text, given(lang) as lang, 'https://x.com/i/status/' || tweet_id as permalink, count_of(from_user_followercount) as reach,
  count_of(favorite_count) as likes, count_of(retweet_count) as reshares,
  ${outsideLinks(
    `coalesce(${joinedLinks('urls_followed')}, ${joinedLinks('urls_expanded')}, ${joinedLinks('urls')}, urls_in(text))`,
    'tweet_id',
  )} as urls,
  coalesce(${joinedWords('hashtags', ';')}, hashtags_in(text)) as hashtags,
  coalesce(${joinedWords('mentions', ';')}, mentions_in(text)) as mentions, ${tweetMedia('media_urls')} as media
from kind`;

const accounts = `
select 'x' as platform, ${wholeId('from_user_id')} as account_id, filled(from_user_name) as handle, filled(from_user_realname) as name,
  coalesce(iso_time(from_user_created_at), twitter_time(from_user_created_at)) as created_at, count_of(from_user_followercount) as followers,
  count_of(from_user_friendcount) as following, count_of(from_user_tweetcount) as posts, count_of(from_user_favourites_count) as likes_given,
  count_of(from_user_listed) as listed, yes(from_user_verified) as verified, given(from_user_description) as description,
  coalesce(unix_time(time), iso_time(created_at)) as seen_at
from record where ${wholeId('from_user_id')} is not null`;

/** Tweet exports of DMI-TCAT. */
export const dmiTcat: Importer = {
  id: 'dmi-tcat',
  title: 'DMI-TCAT tweet export (CSV, TSV)',
  about: 'One tweet a row; links, hashtags and mentions are read from the text where the export was made without them.',
  platforms: ['x'],
  sniff: (head) => headerScore(head, { must: ['id', 'from_user_name', 'text'], any: [['created_at', 'time'], ['from_user_id', 'to_user_name']] }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: ['Most exports of DMI-TCAT lack the id of the reshared post: reshares are then linked by author and text.'],
};
