/*
 * The functions in JavaScript cost microseconds a row, so that a look for the character they need pays off. Repeats are taken
 * out of lists where the posts are written.
 */

/** SQL: http and https addresses in a text. */
export const urlsIn = (text: string) => `case when contains(${text}, '://') then urls_in(${text}) end`;

/** SQL: hashtags in a text, without #. */
export const hashtagsIn = (text: string) =>
  `case when contains(${text}, '#') or contains(${text}, '\uff03') then hashtags_in(${text}) end`;

/** SQL: handles in a text, without @. */
export const mentionsIn = (text: string) =>
  `case when contains(${text}, '@') or contains(${text}, '\uff20') then mentions_in(${text}) end`;

/** SQL: readable text of an HTML fragment. */
export const textOfHtml = (html: string) =>
  `case when contains(${html}, '<') or contains(${html}, '&') then html_text(${html}) else trim(${html}) end`;
