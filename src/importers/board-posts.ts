const plainTags = 'wbr|a|span|s|b|i|u|em|strong|pre|code';

/**
 * SQL columns `bare` and `almost` for `boardText`, to be selected one after the other: a board's HTML without the tags that it is
 * mostly made of, then with the commonest entities decoded.
 */
export const bareHtml = (html: string) =>
  `replace(regexp_replace(${html}, '</?(?:${plainTags})(?:\\s+[\\w-]+(?:="[^"]*")?)*>', '', 'g'), '<br>', e'\\n')`;
export const almostText = `replace(replace(replace(replace(bare, '&gt;', '>'), '&lt;', '<'), '&quot;', '"'), '&#039;', '''')`;

/** SQL: what `html_text` gives, without calling it for the markup that nearly all posts have. */
export const boardText = (html: string) =>
  `case when contains(bare, '<') or contains(replace(almost, '&amp;', ''), '&') then html_text(${html}) else trim(replace(almost, '&amp;', '&'), e' \\n\\r\\t') end`;

/** SQL: numbers that a text quotes on its own board (`>>123`), in order, as often as they stand there. */
export const quotedNumbers = (text: string) =>
  `case when contains(${text}, '>>') then regexp_extract_all(regexp_replace(${text}, '>>>/\\w+/\\d*', ' ', 'g'), '>>(\\d+)', 1) end`;

/** SQL for the column `quoted`, from `quotes` (see `quotedNumbers`) and `number`: without repeats and the post itself. */
export const quotedPosts = `case when len(quotes) > 0 then list_filter(quotes, lambda n, i: n <> number and list_position(quotes, n) = i) end`;

/** SQL: posts and threads that a text cites on other boards of the site (`>>>/board/123`), as `platform/board/number`. */
export const boardCitations = (text: string, platform: string) =>
  `case when contains(${text}, '>>>/') then list_transform(regexp_extract_all(${text}, '>>>/\\w+/\\d+'), lambda cite: ${platform} || '/' || cite[5:]) end`;

/**
 * SQL columns `post_id`, `kind`, `parent_id`, `other_parents`, `root_id` and `account_id` of a board's post, from columns of
 * these names: `board`, `number`, `thread` (number of the opening post; NULL where unknown), `quoted` (list of numbers) and
 * `poster` (id inside the thread). The parent of a reply is the first post it quotes, else the opening post; an opening post
 * has no parent, and what it quotes stands in `other_parents`.
 */
export const boardPostColumns = `
  board || '/' || number as post_id,
  case when is_reply then 'reply' else 'original' end as kind,
  case when is_reply then board || '/' || coalesce(quoted[1], thread) end as parent_id,
  case when is_reply and len(quoted) > 1 then list_transform(quoted[2:], lambda n: {'kind': 'reply', 'id': board || '/' || n})
    when not is_reply and len(quoted) > 0 then list_transform(quoted, lambda n: {'kind': 'quote', 'id': board || '/' || n}) end as other_parents,
  board || '/' || thread as root_id,
  board || '/' || coalesce(thread, '') || ':' || poster as account_id`;

/** SQL for the column `is_reply` that `boardPostColumns` needs, from `number`, `thread` and `quoted`. */
export const isReply = `coalesce(thread <> number, len(quoted) > 0)`;

/** SQL: address of a post on its own site; NULL where board or thread are not known. */
export const boardPermalink = `case
  when board = 'unknown' or thread is null then null
  when platform = '4chan' then 'https://boards.4chan.org/' || board || '/thread/' || thread || '#p' || number
  when platform = '8kun' then 'https://8kun.top/' || board || '/res/' || thread || '.html#' || number
  when platform = '8chan' then 'https://8ch.net/' || board || '/res/' || thread || '.html#' || number end`;
