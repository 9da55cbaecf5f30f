const ownHost = '(?i:https?://(?:[a-z]+\\.)?(?:twitter|x)\\.com)';

/**
 * The addresses (VARCHAR[]) without links to photos and videos of tweets and to the tweet `self` itself, as the API adds them for
 * attached media and for cut texts.
 */
export const sharedLinks = (
  links: string,
  self: string,
) => `list_filter(${links}, lambda link: not contains(link, '/status')
  or not (regexp_matches(link, '^${ownHost}/.+/status(?:es)?/\\d+/(?:photo|video)/\\d')
    or regexp_extract(link, '^${ownHost}/.+/status(?:es)?/(\\d+)', 1) = coalesce(${self}, '-')))`;

/** The text with the three characters that the API writes as HTML entities. */
export const plainText = (text: string) =>
  `case when contains(${text}, '&') then replace(replace(replace(${text}, '&lt;', '<'), '&gt;', '>'), '&amp;', '&') else ${text} end`;

/** The text of a reshare: where the API cut it ("…"), the reshared text stands in, behind the same "RT @x: ". */
export const resharedText = (text: string, inner: string) =>
  `case when ${inner} is not null and (${text} is null or suffix(${text}, '…')) then regexp_extract(${text}, '^RT @\\w+: ') || ${inner} else ${text} end`;

/** Whom a text says it reshares ("RT @x: "); NULL where it does not say so. */
export const resharedHandle = (text: string) =>
  `case when starts_with(${text}, 'RT @') then nullif(regexp_extract(${text}, '^RT @(\\w{1,20}):', 1), '') end`;

/** Media ids as artifact values, the same for all forms of the API; `key` may carry the kind before the id (`3_…`, `7_…`). */
export const mediaValues = (keys: string) =>
  `list_transform(${keys}, lambda key: 'x:' || case when contains(key, '_') then split_part(key, '_', 2) else key end)`;

/** UTC TIMESTAMP from the API's ISO text; the cast that minds offsets is five times slower and only used where there is one. */
export const apiTime = (text: string) =>
  `case when suffix(${text}, 'Z') then try_cast(${text} as timestamp) else try_cast(${text} as timestamptz)::timestamp end`;
