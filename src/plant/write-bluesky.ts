import { LineFile } from './line-file.ts';
import { mix } from './plant-random.ts';
import type { Piece } from './post-content.ts';
import { bluesky, quote, reply, reshare } from './post-log.ts';
import { inOutDir, keptPosts, type WrittenWorld } from './written-world.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz234567';
const likedPart = 0.3;

/** Writes `bluesky.ndjson`: Jetstream events of posts and reposts, among likes and identity events. */
export async function writeBluesky(written: WrittenWorld): Promise<void> {
  const { log, signal } = written.built.world;
  const posts = keptPosts(written, bluesky, true);
  const file = await LineFile.create(inOutDir(written, 'bluesky.ndjson'));
  const introduced = new Set<number>();
  for (const [at, post] of posts.entries()) {
    if (at % 1000 === 0) {
      signal?.throwIfAborted();
      written.onWritten(Math.min(1000, posts.length - at));
    }
    const account = log.account[post]!;
    if (!introduced.has(account)) {
      introduced.add(account);
      await file.write(`${JSON.stringify(identity(written, post))}\n`);
    }
    await file.write(
      `${JSON.stringify(commit(written, post, log.kind[post] === reshare ? repostRecord(written, post) : postRecord(written, post)))}\n`,
    );
    const liked = posts[Math.max(0, at - (mix(post, 61) % 300))]!;
    if (mix(post, 62) / 2 ** 32 < likedPart && log.kind[liked] !== reshare)
      await file.write(`${JSON.stringify(like(written, post, liked))}\n`);
  }
  await file.close();
  written.files.push({ path: 'bluesky.ndjson', bytes: file.bytes, posts: posts.length });
}

function commit(written: WrittenWorld, post: number, record: object) {
  const { log, accounts } = written.built.world;
  const key = written.ids.recordKey(post);
  const collection = log.kind[post] === reshare ? 'app.bsky.feed.repost' : 'app.bsky.feed.post';
  return {
    did: accounts.nativeId(log.account[post]!),
    time_us: written.ids.streamMicroseconds(post),
    kind: 'commit',
    commit: { rev: `${key.slice(0, 12)}7`, operation: 'create', collection, rkey: key, record, cid: cid(post) },
  };
}

function createdAt(written: WrittenWorld, post: number): string {
  return new Date(written.ids.clock(post)).toISOString();
}

function reference(written: WrittenWorld, post: number) {
  return { cid: cid(post), uri: written.ids.recordUri(post) };
}

function repostRecord(written: WrittenWorld, post: number) {
  const parent = written.built.world.log.parent[post]!;
  return { $type: 'app.bsky.feed.repost', createdAt: createdAt(written, post), subject: reference(written, parent) };
}

function postRecord(written: WrittenWorld, post: number) {
  const { log } = written.built.world;
  const kind = log.kind[post]!;
  const parent = log.parent[post]!;
  const { text, facets, links } = faceted(written.content.pieces(post));
  const embed =
    kind === quote
      ? { $type: 'app.bsky.embed.record', record: reference(written, parent) }
      : links[0] && mix(post, 63) % 3 > 0
        ? { $type: 'app.bsky.embed.external', external: { uri: links[0], title: text.slice(0, 60), description: '' } }
        : null;
  return {
    $type: 'app.bsky.feed.post',
    createdAt: createdAt(written, post),
    langs: ['en'],
    text,
    ...(facets.length > 0 ? { facets } : {}),
    ...(embed ? { embed } : {}),
    ...(kind === reply
      ? { reply: { root: reference(written, threadRoot(written, parent)), parent: reference(written, parent) } }
      : {}),
  };
}

function threadRoot(written: WrittenWorld, post: number): number {
  const { log } = written.built.world;
  let root = post;
  while (log.kind[root] === reply) root = log.parent[root]!;
  return root;
}

/** Text with facets; their indices count UTF-8 bytes. */
function faceted(pieces: readonly Piece[]) {
  const facets: object[] = [];
  const links: string[] = [];
  let text = '';
  for (const piece of pieces) {
    if (piece.kind === 'mention') continue;
    if (text !== '') text += ' ';
    const byteStart = Buffer.byteLength(text);
    const bare = piece.kind === 'url' ? piece.value.replace(/^https?:\/\//, '') : '';
    const shown =
      piece.kind === 'text'
        ? piece.value
        : piece.kind === 'tag'
          ? `#${piece.value}`
          : bare.length > 27
            ? `${bare.slice(0, 24)}...`
            : bare;
    text += shown;
    if (piece.kind === 'text') continue;
    if (piece.kind === 'url') links.push(piece.value);
    const feature =
      piece.kind === 'url'
        ? { $type: 'app.bsky.richtext.facet#link', uri: piece.value }
        : { $type: 'app.bsky.richtext.facet#tag', tag: piece.value };
    facets.push({ index: { byteStart, byteEnd: byteStart + Buffer.byteLength(shown) }, features: [feature] });
  }
  return { text, facets, links };
}

function like(written: WrittenWorld, after: number, liked: number) {
  const { accounts } = written.built.world;
  const members = written.built.cast.blueskyMembers[mix(after, 64) % written.built.cast.blueskyMembers.length]!.ids;
  const time = written.ids.streamMicroseconds(after) + 1 + (mix(after, 65) % 2000);
  const key = `${written.ids.recordKey(after).slice(0, 11)}k2`;
  return {
    did: accounts.nativeId(members[mix(after, 66) % members.length]!),
    time_us: time,
    kind: 'commit',
    commit: {
      rev: `${key.slice(0, 12)}3`,
      operation: 'create',
      collection: 'app.bsky.feed.like',
      rkey: key,
      record: {
        $type: 'app.bsky.feed.like',
        createdAt: new Date(Math.floor(time / 1000)).toISOString(),
        subject: reference(written, liked),
      },
      cid: cid(after + 2 ** 24),
    },
  };
}

function identity(written: WrittenWorld, post: number) {
  const { log, accounts } = written.built.world;
  const account = log.account[post]!;
  const did = accounts.nativeId(account);
  const time = written.ids.streamMicroseconds(post) - 1500;
  const handle = `${accounts.handle(account).toLowerCase().replaceAll('_', '-')}.skyfold.example`;
  return {
    did,
    time_us: time,
    kind: 'identity',
    identity: { did, handle, seq: 1_000_000 + account, time: new Date(Math.floor(time / 1000)).toISOString() },
  };
}

function cid(post: number): string {
  let text = 'bafyrei';
  for (let i = 0; i < 52; i++) text += letters[mix(post, 200 + i) & 31];
  return text;
}
