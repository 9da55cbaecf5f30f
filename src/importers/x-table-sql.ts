import { mentionsIn } from './text-parts-sql.ts';
import { plainText, sharedLinks } from './x-tweet-sql.ts';

/** The tweet or user id in a cell; NULL where it is none or a spreadsheet rounded it ("1.37E+18"): such an id names another tweet. */
export const wholeId = (cell: string) => `case when regexp_full_match(${cell}, '[1-9]\\d{0,18}') then ${cell}
  else nullif(regexp_extract(regexp_replace(trim(given(${cell}), '''"= '), '^(\\d{1,15})\\.0$', '\\1'), '^[1-9]\\d{0,18}$'), '') end`;

/** The tweet id in a link such as https://twitter.com/x/status/1 or /statuses/1; NULL where there is none. */
export const linkedId = (link: string) => `nullif(regexp_extract(${link}, '/status(?:es)?/([1-9]\\d{0,18})', 1), '')`;

/**
 * The id of a row that also has a link to its tweet. The link decides where the cell is rounded: scientific notation, or last
 * digits lost to a 64-bit float or to the 15 digits of a spreadsheet.
 */
export const idBesideLink = (cell: string, link: string) => `case when ${linkedId(link)} is null then ${wholeId(cell)}
  when ${wholeId(cell)} is null or abs((${wholeId(cell)})::hugeint - ${linkedId(link)}::hugeint) < 100000 then ${linkedId(link)}
  else ${wholeId(cell)} end`;

/** Photos and videos (VARCHAR[]) that a cell names by their addresses at Twitter's media servers, as "x:name". */
export const mediaInLinks = (cell: string) =>
  `list_transform(regexp_extract_all(${cell}, 'twimg\\.com/(?:media|ext_tw_video|amplify_video|tweet_video)/([\\w-]+)', 1), lambda name: 'x:' || name)`;

/** SQL expressions over the rows of a table with one tweet a row; what the table lacks is left out. */
export interface TweetParts {
  id: string;
  /** What the file has for an id, to show where it is no whole one. */
  idCell: string;
  account?: string;
  handle?: string;
  name?: string;
  /** TIMESTAMP that the row states. */
  stated: string;
  /** BIGINT, milliseconds. */
  precision?: string;
  isReshare: string;
  isReply?: string;
  isQuote?: string;
  resharedId?: string;
  replyId?: string;
  quotedId?: string;
  resharedHandle?: string;
  replyHandle?: string;
  quotedHandle?: string;
  root?: string;
  text?: string;
  lang?: string;
  reach?: string;
  likes?: string;
  reshares?: string;
  replies?: string;
  views?: string;
  /** VARCHAR[]; links to the tweet itself and to photos and videos of tweets are taken out. */
  links?: string;
  hashtags?: string;
  /** VARCHAR[]; read from the text where it is left out. */
  mentions?: string;
  media?: string;
  collectedAt?: string;
  /** BOOLEAN */
  withheld?: string;
}

const optional: (keyof TweetParts)[] = [
  'account',
  'handle',
  'name',
  'resharedId',
  'replyId',
  'quotedId',
  'resharedHandle',
  'replyHandle',
  'quotedHandle',
  'root',
  'text',
  'lang',
  'reach',
  'likes',
  'reshares',
  'replies',
  'views',
  'links',
  'hashtags',
  'mentions',
  'media',
  'collectedAt',
  'withheld',
];
const column = (part: string) => part.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);

/**
 * The SELECT of posts for a table of tweets in `from`: a tweet that is several things at once is first a reshare, then a reply,
 * then a quote. Counts of a reshare are those of the reshared tweet and left out. Without a time the tweet id gives it.
 */
export const tweetPosts = (parts: TweetParts, from = 'record') => `
with drawn as (
  select _row, _line, ${parts.id} as tweet_id, ${parts.idCell} as id_cell, ${parts.stated} as stated, ${parts.precision ?? '1000'} as fineness,
    coalesce(${parts.isReshare}, false) as is_reshare, coalesce(${parts.isReply ?? 'false'}, false) as is_reply,
    coalesce(${parts.isQuote ?? 'false'}, false) as is_quote,
    ${optional.map((part) => `${parts[part] ?? (part === 'mentions' && parts.text ? mentionsIn(parts.text) : 'null')} as ${column(part)}`).join(',\n    ')}
  from ${from}
)
select _row, _line, false as embedded,
  case when coalesce(stated, snowflake_time(tweet_id)) is null then 'bad-time' when tweet_id is null then 'missing-id' end as problem,
  case when tweet_id is null and stated is not null and given(id_cell) is not null
    then 'the id "' || left(id_cell, 40) || '" is not whole, as when a spreadsheet rounds it' end as detail,
  'x' as platform, tweet_id as post_id, account as account_id, handle, name,
  coalesce(stated, snowflake_time(tweet_id)) as time, case when stated is null then 1 else fineness end as time_precision_ms,
  case when is_reshare then 'reshare' when is_reply then 'reply' when is_quote or quoted_id is not null then 'quote' else 'original' end as kind,
  case when is_reshare then reshared_id when is_reply then reply_id else quoted_id end as parent_id,
  case when is_reshare then reshared_handle when is_reply then reply_handle else quoted_handle end as parent_handle,
  case when quoted_id is not null and (is_reshare or is_reply) then [{'kind': 'quote', 'id': quoted_id}] end as other_parents,
  root as root_id, ${plainText('text')} as text, lang,
  case when regexp_full_match(tweet_id, '\\d+') then 'https://x.com/i/status/' || tweet_id end as permalink, reach,
  case when not is_reshare then likes end as likes, case when not is_reshare then reshares end as reshares,
  case when not is_reshare then replies end as replies, case when not is_reshare then views end as views,
  ${sharedLinks('links', 'coalesce(reshared_id, tweet_id)')} as urls, hashtags, mentions, media, collected_at,
  some_list([case when account is null and handle is null then 'missing-account' end, case when stated is null then 'time-from-id' end,
    case when withheld then 'withheld' end]) as warnings
from drawn`;
