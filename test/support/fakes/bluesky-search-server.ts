import { httpFake } from './http-fake.ts';
import type { PolledFake } from './polled-fake.ts';
import { recordKey } from './record-key.ts';

/** searchPosts of Bluesky: newest first, pages of 100 by cursor, at most 10,000 posts. */
export function fakeBlueskySearch(now: () => number): PolledFake {
  const http = httpFake(now);
  const posts: object[] = [];
  let serial = 0;
  const reach = 10_000;
  http.app.get('/xrpc/app.bsky.feed.searchPosts', (context) => {
    const limit = Number(context.req.query('limit') ?? 25);
    const from = Number(context.req.query('cursor') ?? 0);
    const page = posts.toReversed().slice(from, Math.min(from + limit, reach));
    const more = from + limit < Math.min(posts.length, reach);
    return context.json({ posts: page, ...(more ? { cursor: String(from + limit) } : {}) });
  });
  const publish = (text: string) => {
    const rkey = recordKey(serial++);
    const time = new Date(now()).toISOString();
    const uri = `at://did:plc:writer/app.bsky.feed.post/${rkey}`;
    posts.push({
      uri,
      cid: `bafy${rkey}`,
      author: { did: 'did:plc:writer', handle: 'writer.example' },
      record: { $type: 'app.bsky.feed.post', text, createdAt: time, langs: ['en'] },
      replyCount: 0,
      repostCount: 0,
      likeCount: 1,
      indexedAt: time,
    });
    return uri;
  };
  return {
    http,
    collector: 'bluesky',
    options: { search: 'leak' },
    intervalMs: 1_000,
    everyMs: 60_000,
    publish,
    publishMalformed: () =>
      posts.push({
        uri: 'at://did:plc:writer/app.bsky.feed.post/blocked',
        author: { did: 'did:plc:writer' },
        indexedAt: new Date(now()).toISOString(),
      }),
    flood: () => {
      for (let count = 0; count < reach + 50; count++) publish(`flood ${count}`);
    },
  };
}
