import { LineFile } from './line-file.ts';
import { mix, mixFraction } from './plant-random.ts';
import type { Piece } from './post-content.ts';
import { original, quote, reply, reshare, x } from './post-log.ts';
import { canEmbed, inOutDir, keptPosts, type WrittenWorld } from './written-world.ts';

const pageSize = 100;
const sources = ['Twitter Web App', 'Twitter for iPhone', 'Twitter for Android', 'TweetDeck'] as const;
const searchUrl =
  'https://api.twitter.com/2/tweets/search/all?expansions=author_id%2Cin_reply_to_user_id%2Creferenced_tweets.id%2Creferenced_tweets.id.author_id%2Centities.mentions.username&max_results=100';
const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const longestRetweet = 140;

interface Entities {
  urls?: { start: number; end: number; url: string; expanded_url: string; display_url: string }[];
  hashtags?: { start: number; end: number; tag: string }[];
  mentions?: { start: number; end: number; username: string; id: string }[];
}

/** Writes `x.jsonl`: pages of 100 posts, newest first, with the authors and the referenced posts, as twarc2 keeps them. */
export async function writeX(written: WrittenWorld): Promise<void> {
  const posts = keptPosts(written, x, true);
  if (!written.built.world.options.shuffle) posts.reverse();
  const file = await LineFile.create(inOutDir(written, 'x.jsonl'));
  const retrieved = `${new Date(written.built.world.end + 36e5).toISOString().slice(0, 19)}+00:00`;
  for (let from = 0; from < posts.length; from += pageSize) {
    written.built.world.signal?.throwIfAborted();
    const page = posts.subarray(from, from + pageSize);
    await file.write(`${JSON.stringify(pageOf(written, page, from + pageSize < posts.length, retrieved))}\n`);
    written.onWritten(page.length);
  }
  await file.close();
  written.files.push({ path: 'x.jsonl', bytes: file.bytes, posts: posts.length });
}

function pageOf(written: WrittenWorld, page: Uint32Array, more: boolean, retrieved: string) {
  const { log } = written.built.world;
  const referenced = new Set<number>();
  const users = new Set<number>();
  const data = Array.from(page, (post) => {
    const parent = log.parent[post]!;
    if (parent >= 0 && canEmbed(written, parent)) referenced.add(parent);
    return tweet(written, post, users);
  });
  const tweets = Array.from(referenced, (post) => {
    written.embedded[post] = 1;
    return tweet(written, post, users);
  });
  const ids = Array.from(page, (post) => BigInt(written.ids.snowflake(post)));
  const newest = ids.reduce((a, b) => (b > a ? b : a));
  const oldest = ids.reduce((a, b) => (b < a ? b : a));
  return {
    data,
    includes: {
      users: Array.from(users, (account) => user(written, account)),
      ...(tweets.length > 0 ? { tweets } : {}),
    },
    meta: {
      newest_id: newest.toString(),
      oldest_id: oldest.toString(),
      result_count: data.length,
      ...(more ? { next_token: `b26v89c19zqg8o3${mix(page[0]!, 77).toString(36)}` } : {}),
    },
    __twarc: { url: searchUrl, version: '2.14.0', retrieved_at: retrieved },
  };
}

function tweet(written: WrittenWorld, post: number, users: Set<number>) {
  const { log, accounts } = written.built.world;
  const { ids, counts } = written;
  const kind = log.kind[post]!;
  const account = log.account[post]!;
  const parent = log.parent[post]!;
  const source = log.source(post);
  users.add(account);
  if (parent >= 0) users.add(log.account[parent]!);
  const { text, entities } = textOf(written, post, users);
  const likes = Math.round(counts.reshares[post]! * (1 + 2 * mixFraction(post, 71)) + 4 * mixFraction(post, 72));
  return {
    id: ids.snowflake(post),
    edit_history_tweet_ids: [ids.snowflake(post)],
    author_id: accounts.nativeId(account),
    text,
    created_at: `${new Date(ids.clock(post)).toISOString().slice(0, 19)}.000Z`,
    conversation_id: ids.snowflake(conversation(written, post)),
    ...(kind === reply ? { in_reply_to_user_id: accounts.nativeId(log.account[parent]!) } : {}),
    ...(parent >= 0
      ? { referenced_tweets: [{ type: ['', 'retweeted', 'replied_to', 'quoted'][kind], id: ids.snowflake(parent) }] }
      : {}),
    ...(Object.keys(entities).length > 0 ? { entities } : {}),
    lang: 'en',
    possibly_sensitive: false,
    reply_settings: 'everyone',
    source: sources[mix(account, 73) % sources.length],
    public_metrics: {
      retweet_count: counts.reshares[source]!,
      reply_count: kind === reshare ? 0 : counts.replies[post]!,
      like_count: kind === reshare ? 0 : likes,
      quote_count: kind === reshare ? 0 : counts.quotes[post]!,
      impression_count: kind === reshare ? 0 : likes * 40 + (mix(post, 74) % 900),
    },
  };
}

/** The first post of a chain of replies; reshares and quotes open their own. */
function conversation(written: WrittenWorld, post: number): number {
  const { log } = written.built.world;
  let root = post;
  while (log.kind[root] === reply && log.parent[root]! >= 0) root = log.parent[root]!;
  return root;
}

function textOf(written: WrittenWorld, post: number, users: Set<number>): { text: string; entities: Entities } {
  const { log, accounts } = written.built.world;
  const kind = log.kind[post]!;
  const source = log.source(post);
  const parent = log.parent[post]!;
  const pieces: Piece[] = written.content.pieces(post);
  if (kind === reply) pieces.unshift({ kind: 'mention', account: log.account[parent]! });
  if (kind === quote)
    pieces.push({
      kind: 'url',
      value: `https://twitter.com/${accounts.handle(log.account[parent]!)}/status/${written.ids.snowflake(parent)}`,
    });
  const limit = kind === original || kind === quote || kind === reply ? Number.POSITIVE_INFINITY : longestRetweet;
  const entities: Entities = {};
  let text = '';
  let at = 0;
  const append = (more: string) => {
    text += more;
    at += more.length;
  };
  if (kind === reshare) {
    append('RT ');
    appendMention(written, entities, log.account[source]!, at, append, users);
    append(': ');
  }
  for (const [i, piece] of pieces.entries()) {
    const shown = shownAs(written, piece, source, i);
    if (at + shown.length + 1 > limit) {
      const room = Math.max(0, limit - 2 - at);
      append(`${piece.kind === 'text' ? shown.slice(0, room) : ''}…`);
      break;
    }
    if (i > 0) append(' ');
    if (piece.kind === 'mention') appendMention(written, entities, piece.account, at, append, users);
    else {
      const span = { start: at, end: at + shown.length };
      if (piece.kind === 'url') {
        entities.urls ??= [];
        entities.urls.push({ ...span, url: shown, expanded_url: piece.value, display_url: display(piece.value) });
      } else if (piece.kind === 'tag') {
        entities.hashtags ??= [];
        entities.hashtags.push({ ...span, tag: piece.value });
      }
      append(shown);
    }
  }
  return { text, entities };
}

function appendMention(
  written: WrittenWorld,
  entities: Entities,
  account: number,
  at: number,
  append: (more: string) => void,
  users: Set<number>,
): void {
  const { accounts } = written.built.world;
  const username = accounts.handle(account);
  entities.mentions ??= [];
  entities.mentions.push({ start: at, end: at + username.length + 1, username, id: accounts.nativeId(account) });
  users.add(account);
  append(`@${username}`);
}

function shownAs(written: WrittenWorld, piece: Piece, source: number, position: number): string {
  if (piece.kind === 'text') return piece.value;
  if (piece.kind === 'tag') return `#${piece.value}`;
  if (piece.kind === 'mention') return `@${written.built.world.accounts.handle(piece.account)}`;
  let short = '';
  for (let i = 0; i < 10; i++) short += letters[mix(source, position * 16 + i + 500) % letters.length];
  return `https://t.co/${short}`;
}

function display(address: string): string {
  const bare = address.replace(/^https?:\/\//, '');
  return bare.length > 30 ? `${bare.slice(0, 29)}…` : bare;
}

function user(written: WrittenWorld, account: number) {
  const { accounts } = written.built.world;
  const verified = accounts.verified[account]!;
  return {
    id: accounts.nativeId(account),
    username: accounts.handle(account),
    name: accounts.name(account),
    created_at: `${new Date(accounts.created[account]!).toISOString().slice(0, 19)}.000Z`,
    description: accounts.about(account),
    protected: false,
    verified,
    verified_type: verified ? 'blue' : 'none',
    url: '',
    profile_image_url: 'https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png',
    public_metrics: {
      followers_count: accounts.followers[account]!,
      following_count: accounts.following[account]!,
      tweet_count: accounts.lifetimePosts[account]!,
      listed_count: Math.round(accounts.followers[account]! / 220),
    },
  };
}
