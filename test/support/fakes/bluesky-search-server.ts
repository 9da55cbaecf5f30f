import { httpFake } from './http-fake.ts';
import type { PolledFake } from './polled-fake.ts';
import { recordKey } from './record-key.ts';

/** A page may hold fewer posts than were asked for; small pages make big walks cheap. */
const pageSize = 10;

/** searchPosts of Bluesky: newest first, pages by a cursor that counts from the top, at most 100 pages. */
export function fakeBlueskySearch(now: () => number): PolledFake {
  const http = httpFake(now);
  const posts: { uri: string; indexedAt: string }[] = [];
  let serial = 0;
  const reach = 100 * pageSize;
  http.app.get('/xrpc/app.bsky.feed.searchPosts', (context) => {
    const limit = Math.min(pageSize, Number(context.req.query('limit') ?? 25));
    const from = Number(context.req.query('cursor') ?? 0);
    const page = posts.toReversed().slice(from, Math.min(from + limit, reach));
    const more = from + limit < Math.min(posts.length, reach);
    return context.json({ posts: page, ...(more ? { cursor: String(from + limit) } : {}) });
  });
  const publish = (text: string, at = now()) => {
    const rkey = recordKey(serial++);
    const time = new Date(at).toISOString();
    const uri = `at://did:plc:writer/app.bsky.feed.post/${rkey}`;
    const newer = posts.findIndex((post) => post.indexedAt > time);
    posts.splice(newer < 0 ? posts.length : newer, 0, {
      uri,
      cid: `bafy${rkey}`,
      author: { did: 'did:plc:writer', handle: 'writer.example' },
      record: { $type: 'app.bsky.feed.post', text, createdAt: time, langs: ['en'] },
      replyCount: 0,
      repostCount: 0,
      likeCount: 1,
      indexedAt: time,
    } as (typeof posts)[number]);
    return uri;
  };
  return {
    http,
    collector: 'bluesky',
    options: { search: 'leak' },
    intervalMs: 1_000,
    everyMs: 60_000,
    initial: 25,
    publish: (text) => publish(text),
    publishLate: publish,
    repeat: (id) => {
      const index = posts.findIndex(({ uri }) => uri === id);
      posts.splice(index, 0, posts[index]!);
    },
    publishMalformed: () =>
      posts.push({
        uri: 'at://did:plc:writer/app.bsky.feed.post/blocked',
        author: { did: 'did:plc:writer' },
        indexedAt: new Date(now()).toISOString(),
      } as (typeof posts)[number]),
    flood: () => {
      for (let count = 0; count < reach + 50; count++) publish(`flood ${count}`);
    },
  };
}
