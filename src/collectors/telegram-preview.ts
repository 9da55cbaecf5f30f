/** One message of a channel's web preview as it stands in the page. */
export interface PreviewMessage {
  /** channel/number */
  post: string;
  number: number;
  /** Milliseconds since 1970; NaN where the page gives none. */
  time: number;
  html: string;
}

const start = /<div class="tgme_widget_message_wrap[^"]*"/g;

/** The messages of a page `t.me/s/<channel>`, oldest first. */
export function readPreview(page: string): PreviewMessage[] {
  const starts = [...page.matchAll(start)].map((match) => match.index);
  const end = page.indexOf('</section>', starts.at(-1) ?? 0);
  return starts.map((from, index) => {
    const html = page.slice(from, starts[index + 1] ?? (end < 0 ? page.length : end)).trim();
    const post = /data-post="([^"]+)"/.exec(html)?.[1] ?? '';
    const time = /<time[^>]*\sdatetime="([^"]+)"/.exec(html)?.[1] ?? '';
    return { post, number: Number(/\/(\d+)$/.exec(post)?.[1] ?? Number.NaN), time: Date.parse(time), html };
  });
}

/** The message without what changes at every look: counts of views and the tokens of the page. */
export function lastingPart({ html }: PreviewMessage): string {
  return html
    .replace(/<span class="tgme_widget_message_views">[^<]*<\/span>/g, '')
    .replace(/\sdata-(?:view|peer|peer_hash|post_id|src|content|webp|thumb)="[^"]*"/g, '')
    .replace(/url\([^)]*\)/g, '');
}
