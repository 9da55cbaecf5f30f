/** Platforms of the invented world; a post's platform is a position in this list. */
export const platformNames = ['4chan', 'telegram', 'bluesky', 'x', 'news'] as const;
export type PlatformName = (typeof platformNames)[number];
export const board = 0;
export const telegram = 1;
export const bluesky = 2;
export const x = 3;
export const news = 4;

export const original = 0;
export const reshare = 1;
export const reply = 2;
export const quote = 3;

/** What a post of a story carries; a post's bits say which. */
export const carries = {
  leak: 1,
  archive: 2,
  thread: 4,
  tag: 8,
  phrase: 16,
  subject: 32,
  article: 64,
  tracked: 128,
  spam: 256,
  plain: 512,
} as const;

/** The bits by which a story query finds a post. */
export const matching = carries.leak | carries.archive | carries.thread | carries.tag | carries.phrase;

export interface NewPost {
  time: number;
  platform: number;
  kind: number;
  /** Position in the account table; on the board the number of the poster within the thread. */
  account: number;
  /** Position of the reshared, answered or quoted post, or -1. */
  parent?: number;
  /** Thread of the board, chat of Telegram. */
  room?: number;
  topic: number;
  carry?: number;
  variant: number;
}

/** All posts of the invented world as columns, in the order of their making; times are milliseconds since 1970, whole. */
export class PostLog {
  count = 0;
  time = new Float64Array(1 << 14);
  platform = new Uint8Array(1 << 14);
  kind = new Uint8Array(1 << 14);
  account = new Uint32Array(1 << 14);
  parent = new Int32Array(1 << 14);
  room = new Uint16Array(1 << 14);
  topic = new Uint8Array(1 << 14);
  carry = new Uint16Array(1 << 14);
  variant = new Uint32Array(1 << 14);
  readonly byPlatform = new Uint32Array(platformNames.length);

  add(post: NewPost): number {
    const at = this.count++;
    if (at === this.time.length) this.#grow();
    this.time[at] = Math.round(post.time);
    this.platform[at] = post.platform;
    this.kind[at] = post.kind;
    this.account[at] = post.account;
    this.parent[at] = post.parent ?? -1;
    this.room[at] = post.room ?? 0;
    this.topic[at] = post.topic;
    this.carry[at] = post.carry ?? 0;
    this.variant[at] = post.variant;
    this.byPlatform[post.platform]!++;
    return at;
  }

  /** The post whose text and artifacts this one shows: itself, or what it reshares. */
  source(post: number): number {
    return this.kind[post] === reshare ? this.parent[post]! : post;
  }

  matches(post: number, topic: number): boolean {
    const source = this.source(post);
    return this.topic[source] === topic && (this.carry[source]! & matching) !== 0;
  }

  /** Positions in order of time, ties by position; holds for spans under six days and 16 million posts. */
  order(start: number): Uint32Array {
    const keys = new Float64Array(this.count);
    for (let i = 0; i < this.count; i++) keys[i] = (this.time[i]! - start) * 2 ** 24 + i;
    keys.sort();
    const order = new Uint32Array(this.count);
    for (let i = 0; i < this.count; i++) order[i] = keys[i]! % 2 ** 24;
    return order;
  }

  #grow(): void {
    this.time = grown(this.time, new Float64Array(this.time.length * 2));
    this.platform = grown(this.platform, new Uint8Array(this.platform.length * 2));
    this.kind = grown(this.kind, new Uint8Array(this.kind.length * 2));
    this.account = grown(this.account, new Uint32Array(this.account.length * 2));
    this.parent = grown(this.parent, new Int32Array(this.parent.length * 2));
    this.room = grown(this.room, new Uint16Array(this.room.length * 2));
    this.topic = grown(this.topic, new Uint8Array(this.topic.length * 2));
    this.carry = grown(this.carry, new Uint16Array(this.carry.length * 2));
    this.variant = grown(this.variant, new Uint32Array(this.variant.length * 2));
  }
}

function grown<T extends { set: (from: T) => void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
