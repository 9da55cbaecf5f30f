import { mkdirSync, writeFileSync } from 'node:fs';

/** Writes a folder `today` with an invented leak of the last two hours: a board, X and a news feed. */
const ago = (minutes) => new Date(Date.now() - minutes * 60_000);
const leak = 'https://leak.example/ferry.zip';
const boardPost = (no, minutes, com) => ({
  no,
  resto: no === 1 ? 0 : 1,
  time: Math.floor(ago(minutes) / 1000),
  name: 'Anonymous',
  com,
});
const tweet = (at, minutes) => ({
  id: String(900 + at),
  author_id: String(70 + at),
  created_at: ago(minutes).toISOString(),
  text: `The ferry papers ${leak}`,
  entities: { urls: [{ start: 17, end: 47, url: leak, expanded_url: leak }] },
});
mkdirSync('today/4chan/pol', { recursive: true });
writeFileSync(
  'today/4chan/pol/1.json',
  JSON.stringify({
    posts: [
      boardPost(1, 95, `the ferry papers are out ${leak}`),
      boardPost(2, 92, `mirror of the ferry papers ${leak}`),
    ],
  }),
);
writeFileSync('today/x.jsonl', [50, 48, 45].map((minutes, at) => `${JSON.stringify(tweet(at, minutes))}\n`).join(''));
writeFileSync(
  'today/news.xml',
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Reuters</title><link>https://www.reuters.com/</link>
<item><title>Minister denies the ferry papers</title><link>https://www.reuters.com/ferry</link>
<guid>https://www.reuters.com/ferry</guid><pubDate>${ago(10).toUTCString()}</pubDate></item></channel></rss>`,
);
