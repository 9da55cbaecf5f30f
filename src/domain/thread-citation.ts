import { boardPlatforms } from './lists/board-hosts.ts';
import { decodedAscii } from './url-parts.ts';

/** A thread or post of an image board that a text or address points to. */
export interface ThreadCitation {
  platform: string;
  board: string;
  /** Number of the thread's first post, where the citation names the thread. */
  threadId?: string;
  /** Number of the cited post, where it names one. */
  postId?: string;
  /** Identity of what is cited, the post before the thread: `4chan/pol/123`. A thread has the identity of its first post. */
  value: string;
  /** Identity of the thread, where the citation names it. */
  threadValue?: string;
}

const hosts = [...boardPlatforms.keys()].map((host) => host.replaceAll('.', '\\.')).join('|');
const boardName = '[a-z0-9_\\u0370-\\u03ff\\u0400-\\u04ff]{1,30}';
const addressPattern = new RegExp(
  `(?<![\\w.-])(?:www\\.)?(${hosts})/+(?:board/)?(${boardName})/+` +
    `(?:(?:thread|res|last/\\d+)/S?(\\d{1,12})(?:\\+\\d+)?(?:\\.html|\\.json|\\.php)?(?:/(?!post)[^\\s#<>"']*)?(?:#(?:[pqPQ]|reply_)?(\\d{1,12})(?![\\d_]))?|` +
    `post/S?(\\d{1,12})(?![\\d_])|thread-(\\d{1,12})\\.html(?:#(\\d{1,12}))?|(\\d{5,12})(?![\\w./]))`,
  'giu',
);
const addressHint = /\/(?:thread|res|post|last)\/|\/thread-|yuki\.la\//i;
const crossPattern = new RegExp(`(?:>|&gt;){3}/(${boardName})/(?:thread/)?(\\d{1,12})(?!\\d)`, 'giu');
const localPattern = /(?<!>|&gt;)(?:>|&gt;){2}(\d{1,12})(?!\d)/g;

/**
 * Board threads and posts that a text or address points to, in order of kind and place, without repeats: addresses of boards
 * and of their archives (with or without `https://`, also inside other addresses) and `>>>/board/123`. `home` is where the text
 * was posted: its platform is that of `>>>/board/123` (4chan where unknown), and its board that of `>>123`, which is not
 * looked for without it.
 */
export function threadCitations(text: string, home: { platform?: string; board?: string } = {}): ThreadCitation[] {
  const found = new Map<string, ThreadCitation>();
  const add = (platform: string, board: string, threadId: string | undefined, postId: string | undefined) => {
    const citation = citationOf(platform, board.toLowerCase(), threadId, postId);
    if (!found.has(citation.value)) found.set(citation.value, citation);
  };
  const plain = /%2f/i.test(text) ? `${text} ${decodedAscii(text)}` : text;
  if (addressHint.test(plain)) {
    for (const [, host, board, thread, anchor, post, page, pagePost, bare] of plain.matchAll(addressPattern)) {
      add(boardPlatforms.get(host!.toLowerCase())!, board!, thread ?? page, anchor ?? post ?? pagePost ?? bare);
    }
  }
  if (!/>>|&gt;&gt;/.test(text)) return [...found.values()];
  const platform = home.platform ?? '4chan';
  for (const [, board, post] of text.matchAll(crossPattern)) add(platform, board!, undefined, post);
  if (home.board !== undefined)
    for (const [, post] of text.matchAll(localPattern)) add(platform, home.board, undefined, post);
  return [...found.values()];
}

function citationOf(
  platform: string,
  board: string,
  threadId: string | undefined,
  postId: string | undefined,
): ThreadCitation {
  const identity = (number: string) => `${platform}/${board}/${number.replace(/^0+(?=\d)/, '')}`;
  const citation: ThreadCitation = { platform, board, value: identity((postId ?? threadId)!) };
  if (threadId !== undefined) Object.assign(citation, { threadId, threadValue: identity(threadId) });
  if (postId !== undefined) citation.postId = postId;
  return citation;
}
