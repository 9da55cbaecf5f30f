import { httpFake } from './http-fake.ts';
import type { PolledFake } from './polled-fake.ts';

const shown = 10;

/** A news site's RSS feed: the newest ten items, ETag, 304. */
export function fakeFeed(now: () => number): PolledFake {
  const http = httpFake(now);
  const items: { link: string; xml: string }[] = [];
  let changes = 0;
  let serial = 0;
  http.app.get('/rss.xml', (context) => {
    const etag = `"v${items.length}-${changes}"`;
    if (context.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } });
    const body = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>The Paper</title><link>https://paper.example/</link>${items
      .slice(-shown)
      .reverse()
      .map(({ xml }) => xml)
      .join('')}</channel></rss>`;
    return context.body(body, 200, { 'content-type': 'application/rss+xml', etag });
  });
  const item = (link: string, text: string, time: number) => ({
    link,
    xml: `<item><title>${text}</title><link>${link}</link><guid>${link}</guid><pubDate>${new Date(time).toUTCString()}</pubDate></item>`,
  });
  const nextLink = () => `https://paper.example/news/${serial++}`;
  const publish = (text: string) => {
    const link = nextLink();
    items.push(item(link, text, now()));
    return link;
  };
  return {
    http,
    collector: 'feed',
    options: { url: ['https://paper.example/rss.xml'] },
    intervalMs: 2_000,
    everyMs: 300_000,
    initial: 3,
    publish,
    publishLate: (text, time) => {
      const link = nextLink();
      items.unshift(item(link, text, time));
      return link;
    },
    repeat: (id) => {
      const index = items.findIndex(({ link }) => link === id);
      items.splice(index, 0, items[index]!);
    },
    edit: (id, text) => {
      const index = items.findIndex(({ link }) => link === id);
      items[index] = item(id, text, now());
      changes++;
    },
    publishMalformed: () =>
      items.push({
        link: '',
        xml: `<item><title>undated ${serial++}</title><link>https://paper.example/undated</link></item>`,
      }),
    flood: () => {
      for (let count = 0; count < shown + 5; count++) publish(`flood ${count}`);
    },
  };
}
