import { joinedLinks, joinedWords } from './csv-cells-sql.ts';
import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { hashtagsIn, mentionsIn, urlsIn } from './text-parts-sql.ts';
import { mediaInLinks, tweetPosts, wholeId } from './x-table-sql.ts';
import { resharedHandle } from './x-tweet-sql.ts';

const columns = [
  'id',
  'time',
  'created_at',
  'from_user_name',
  'from_user_id',
  'from_user_realname',
  'from_user_verified',
  'from_user_description',
  'from_user_tweetcount',
  'from_user_followercount',
  'from_user_friendcount',
  'from_user_favourites_count',
  'from_user_listed',
  'from_user_created_at',
  'text',
  'retweet_count',
  'favorite_count',
  'lang',
  'to_user_name',
  'in_reply_to_status_id',
  'quoted_status_id',
  'retweet_id',
  'urls',
  'urls_expanded',
  'urls_followed',
  'mentions',
  'hashtags',
  'media_urls',
];

const stated = 'coalesce(unix_time(time), iso_time(created_at))';

const posts = tweetPosts({
  id: wholeId('id'),
  idCell: 'id',
  account: wholeId('from_user_id'),
  handle: 'filled(from_user_name)',
  name: 'filled(from_user_realname)',
  stated,
  isReshare: `given(retweet_id) is not null or ${resharedHandle('text')} is not null`,
  isReply: 'coalesce(given(in_reply_to_status_id), given(to_user_name)) is not null',
  resharedId: wholeId('retweet_id'),
  replyId: wholeId('in_reply_to_status_id'),
  quotedId: wholeId('quoted_status_id'),
  resharedHandle: resharedHandle('text'),
  replyHandle: 'given(to_user_name)',
  text: 'text',
  lang: 'given(lang)',
  reach: 'count_of(from_user_followercount)',
  likes: 'count_of(favorite_count)',
  reshares: 'count_of(retweet_count)',
  links: `coalesce(${joinedLinks('urls_followed')}, ${joinedLinks('urls_expanded')}, ${joinedLinks('urls')}, ${urlsIn('text')})`,
  hashtags: `coalesce(${joinedWords('hashtags', ';')}, ${hashtagsIn('text')})`,
  mentions: `coalesce(${joinedWords('mentions', ';')}, ${mentionsIn('text')})`,
  media: mediaInLinks('media_urls'),
});

const accounts = `
select _row, 'x' as platform, ${wholeId('from_user_id')} as account_id, filled(from_user_name) as handle, filled(from_user_realname) as name,
  coalesce(iso_time(from_user_created_at), twitter_time(from_user_created_at)) as created_at, count_of(from_user_followercount) as followers,
  count_of(from_user_friendcount) as following, count_of(from_user_tweetcount) as posts, count_of(from_user_favourites_count) as likes_given,
  count_of(from_user_listed) as listed, yes(from_user_verified) as verified, given(from_user_description) as description,
  ${stated} as seen_at
from record where ${wholeId('from_user_id')} is not null`;

/** Tweet exports of DMI-TCAT. */
export const dmiTcat: Importer = {
  id: 'dmi-tcat',
  title: 'DMI-TCAT tweet export (CSV, TSV)',
  about: 'One tweet a row; links, hashtags and mentions are read from the text where the export was made without them.',
  obtain: 'DMI-TCAT: "Export all tweets from selection", as CSV or TSV.',
  platforms: ['x'],
  sniff: (head) =>
    headerScore(head, {
      must: ['id', 'from_user_name', 'text'],
      any: [
        ['created_at', 'time'],
        ['from_user_id', 'to_user_name'],
      ],
    }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: ['Most exports of DMI-TCAT lack the id of the reshared post: reshares are then linked by author and text.'],
};
