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
  'account', 'handle', 'name', 'resharedId', 'replyId', 'quotedId', 'resharedHandle', 'replyHandle', 'quotedHandle', 'root', 'text',
  'lang', 'reach', 'likes', 'reshares', 'replies', 'views', 'links', 'hashtags', 'mentions', 'media', 'collectedAt', 'withheld',
];

/**
 * The SELECT of posts for a table of tweets in `from`: a tweet that is several things at once is first a reshare, then a reply,
 * then a quote. Counts of a reshare are those of the reshared tweet and left out. Without a time the tweet id gives it.
 */
export const tweetPosts = (parts: TweetParts, from = 'record') => `
with drawn as (
  select _row, _line, ${parts.id} as tweet_id, ${parts.idCell} as id_cell, ${parts.stated} as stated, ${parts.precision ?? '1000'} as precise,
    coalesce(${parts.isReshare}, false) as is_reshare, coalesce(${parts.isReply ?? 'false'}, false) as is_reply,
    coalesce(${parts.isQuote ?? 'false'}, false) as is_quote,
    ${optional.map((part) => `${parts[part] ?? (part === 'mentions' && parts.text ? mentionsIn(parts.text) : 'null')} as "the ${part}"`).join(',\n    ')}
  from ${from}
), told as (
  select *, case when is_reshare then 'reshare' when is_reply then 'reply' when is_quote or "the quotedId" is not null then 'quote' else 'original' end as kind
  from drawn
)
select _row, _line, false as embedded,
  case when stated is null and snowflake_time(tweet_id) is null and (tweet_id is null or given(id_cell) is not null) then 'bad-time' end as problem,
  'x' as platform
from told`;
