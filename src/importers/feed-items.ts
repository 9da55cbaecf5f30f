/** One item element of a feed: its place in the text and whether it is complete. */
export interface FeedItemSpan {
  start: number;
  end: number;
  line: number;
}

interface FeedOutline {
  items: FeedItemSpan[];
  /** Start of an item that has no end, or null. */
  openItem: { start: number; line: number } | null;
  /** True where the root element is closed. */
  closed: boolean;
  lines: number;
}

const isItem = (name: string) => /^(?:[\w.-]+:)?(?:item|entry)$/.test(name);
const isRoot = (name: string) => /^(?:[\w.-]+:)?(?:rss|feed|RDF)$/.test(name);

/** Finds the items of an RSS or Atom text, without being misled by comments, CDATA or cut ends; one pass over the text. */
export function outlineFeed(text: string): FeedOutline {
  const items: FeedItemSpan[] = [];
  let open: { start: number; line: number } | null = null;
  let depth = 0;
  let closed = false;
  let line = 1;
  let nextLine = text.indexOf('\n');
  const lineAt = (place: number): number => {
    for (; nextLine >= 0 && nextLine < place; nextLine = text.indexOf('\n', nextLine + 1)) line++;
    return line;
  };
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const [opener, closer] = text.startsWith('<!--', at)
      ? ['<!--', '-->']
      : text.startsWith('<![CDATA[', at)
        ? ['<![CDATA[', ']]>']
        : ['<', '>'];
    const end = text.indexOf(closer, at + opener.length);
    if (end < 0) break;
    const next = end + closer.length;
    if (closer === '>') {
      const name = /^<\/?([\w.:-]+)/.exec(text.slice(at, Math.min(next, at + 60)))?.[1] ?? '';
      const closing = text[at + 1] === '/';
      if (isItem(name)) {
        if (closing) {
          if (depth === 1 && open) {
            items.push({ ...open, end: next });
            open = null;
          }
          depth = Math.max(0, depth - 1);
        } else if (text[end - 1] === '/') {
          if (depth === 0) items.push({ start: at, line: lineAt(at), end: next });
        } else if (depth++ === 0) open = { start: at, line: lineAt(at) };
      } else if (closing && depth === 0 && isRoot(name)) closed = true;
    }
    at = next;
  }
  return { items, openItem: open, closed, lines: lineAt(text.length) };
}
