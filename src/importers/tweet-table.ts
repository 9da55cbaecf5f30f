/** Pieces of SQL for tables with one tweet a row. Arguments are SQL expressions of type VARCHAR unless said otherwise. */

/** The tweet or user id in a cell; NULL where it is none or a spreadsheet rounded it ("1.37E+18"): such an id names another tweet. */
export const wholeId = (cell: string) =>
  `nullif(regexp_extract(regexp_replace(trim(given(${cell}), '''"= '), '^(\\d{1,15})\\.0$', '\\1'), '^[1-9]\\d{0,18}$'), '')`;

/** The tweet id in a link such as https://twitter.com/x/status/1 or /statuses/1; NULL where there is none. */
export const linkedId = (link: string) => `nullif(regexp_extract(${link}, '/status(?:es)?/([1-9]\\d{0,18})', 1), '')`;

/**
 * The id of a row that also has a link to its tweet. The link decides where the cell is rounded: scientific notation, or last
 * digits lost to a 64-bit float or to the 15 digits of a spreadsheet.
 */
export const idBesideLink = (cell: string, link: string) =>
  `case when ${wholeId(cell)} is null or abs(${wholeId(cell)}::hugeint - ${linkedId(link)}::hugeint) < 100000
    then coalesce(${linkedId(link)}, ${wholeId(cell)}) else ${wholeId(cell)} end`;

/** What to say of a row whose id is NULL although its cell holds something. */
export const idDetail = (id: string, cell: string) => `case when ${id} is null and given(${cell}) is not null
  then 'the id "' || left(${cell}, 40) || '" is not whole, as when a spreadsheet rounds it' end`;

/** Columns `problem` and `detail` for rows that need nothing but an id. */
export const idProblem = (id: string, cell: string) =>
  `case when ${id} is null then 'missing-id' end as problem, ${idDetail(id, cell)} as detail`;

/** Columns `time`, `time_precision_ms` and `warnings` from the time that the row states (TIMESTAMP) and the id of its tweet. */
export const tweetTime = (stated: string, id: string, precisionMs: string | number) => `
  coalesce(${stated}, snowflake_time(${id})) as time,
  case when ${stated} is null then 1 else ${precisionMs} end as time_precision_ms,
  case when ${stated} is null and snowflake_time(${id}) is not null then ['time-from-id'] end as warnings`;

/** Whose tweet a text says it reshares ("RT @user: …"); NULL where it does not. */
export const resharedHandle = (text: string) => `nullif(regexp_extract(${text}, '^RT @(\\w{1,20}):', 1), '')`;

/** The links (VARCHAR[]) without those to the tweet itself and to photos and videos of tweets. */
export const outsideLinks = (links: string, id: string) => `some_list(list_filter(${links}, lambda link:
  not regexp_matches(link, '^(?i:https?://(?:[a-z]+\\.)?(?:twitter|x)\\.com/.+/status(?:es)?/\\d+/(?:photo|video)/\\d)')
  and regexp_extract(link, '^(?i:https?://(?:[a-z]+\\.)?(?:twitter|x)\\.com)/.+/status(?:es)?/(\\d+)', 1) <> coalesce(${id}, '-')))`;

/** Links (VARCHAR[]) of a cell that joins them with commas, semicolons, bars or blanks, which may also stand inside a link. */
export const joinedLinks = (cell: string) =>
  `some_list(list_transform(string_split(regexp_replace(given(${cell}), '[,;|\\s]+(https?://)', chr(31) || '\\1', 'g'), chr(31)), lambda link: trim(link)))`;

/** Photos and videos (VARCHAR[]) that a cell names by their addresses at Twitter's media servers, as "x:name". */
export const tweetMedia = (cell: string) =>
  `some_list(list_transform(regexp_extract_all(${cell}, 'twimg\\.com/(?:media|ext_tw_video|amplify_video|tweet_video)/([\\w-]+)', 1), lambda name: 'x:' || name))`;

/** Members (VARCHAR[]) of a cell that joins words such as hashtags or handles; a leading # or @ is taken off. */
export const joinedWords = (cell: string, separator = ',') =>
  `some_list(list_transform(string_split(given(${cell}), '${separator}'), lambda word: ltrim(trim(word), '#＃@')))`;

/** Text of one key in the source text of a Python or JSON dictionary, as `python_list` gives them; NULL where the key has no text. */
export const dictionaryText = (dictionary: string, key: string) =>
  `python_list('[' || nullif(regexp_extract(${dictionary}, '[''"]${key}[''"]: *(u?''(?:[^''\\\\]|\\\\.)*''|u?"(?:[^"\\\\]|\\\\.)*")', 1), '') || ']')[1]`;
