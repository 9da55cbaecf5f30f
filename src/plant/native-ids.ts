import { chatId } from './accounts.ts';
import type { BuiltWorld } from './build-world.ts';
import { mix } from './plant-random.ts';
import type { PostContent } from './post-content.ts';
import { bluesky, board, news, platformNames, reshare, telegram, x } from './post-log.ts';

/** Milliseconds since 1970 from which X counts in its ids. */
const snowflakeEpoch = 1_288_834_974_657;
const tidLetters = '234567abcdefghijklmnopqrstuvwxyz';

export const boardName = 'inv';

/** Native ids of all posts and the times their platforms state, from the clocks of the platforms. */
export class NativeIds {
  readonly #built: BuiltWorld;
  readonly #content: PostContent;
  readonly #serial: Uint32Array;
  /** Milliseconds that each platform's clock is fast. */
  readonly skewMs: readonly number[];

  constructor(built: BuiltWorld, content: PostContent, order: Uint32Array) {
    const { world, cast } = built;
    const { log, options } = world;
    this.#built = built;
    this.#content = content;
    this.skewMs = skews(options.skewSeconds * 1000, world.random('skew').uint32());
    this.#serial = new Uint32Array(log.count);
    let boardNumber = 0;
    const messageNumbers = cast.chats.map((_, room) => 100 + (mix(options.seed, room) % 900));
    const lastTime = platformNames.map(() => -1);
    const inMoment = platformNames.map(() => 0);
    for (const post of order) {
      const platform = log.platform[post]!;
      const time = log.time[post]!;
      inMoment[platform] = lastTime[platform] === time ? inMoment[platform]! + 1 : 0;
      lastTime[platform] = time;
      if (platform === board) this.#serial[post] = boardNumber += 1 + (mix(post, 11) % 9);
      else if (platform === telegram)
        this.#serial[post] = messageNumbers[log.room[post]!]! += mix(post, 12) % 12 === 0 ? 2 : 1;
      else this.#serial[post] = inMoment[platform]!;
    }
  }

  /** What the platform's clock showed, in ms; the board, Telegram and feeds keep whole seconds. */
  clock(post: number): number {
    const { log } = this.#built.world;
    return log.time[post]! + this.skewMs[log.platform[post]!]!;
  }

  snowflake(post: number): string {
    const low = ((mix(post, 13) & 1023) << 12) | (this.#serial[post]! & 4095);
    return (BigInt(this.clock(post) - snowflakeEpoch) * 4_194_304n + BigInt(low)).toString();
  }

  boardNumber(post: number): number {
    return 990_000_000 + this.#serial[post]!;
  }

  message(post: number): number {
    return this.#serial[post]!;
  }

  /** A Bluesky record key: microseconds and a clock number in 13 sortable letters. */
  recordKey(post: number): string {
    let value =
      BigInt(this.clock(post) * 1000 + Math.min(999, this.#serial[post]!)) * 1024n + BigInt(mix(post, 14) & 1023);
    let text = '';
    for (let i = 0; i < 13; i++) {
      text = tidLetters[Number(value & 31n)]! + text;
      value >>= 5n;
    }
    return text;
  }

  /** Microseconds at which the stream saw a Bluesky record, a little after its claimed time. */
  streamMicroseconds(post: number): number {
    return this.clock(post) * 1000 + 90_000 + (mix(post, 15) % 400_000);
  }

  recordUri(post: number): string {
    const { log, accounts } = this.#built.world;
    const collection = log.kind[post] === reshare ? 'app.bsky.feed.repost' : 'app.bsky.feed.post';
    return `at://${accounts.nativeId(log.account[post]!)}/${collection}/${this.recordKey(post)}`;
  }

  /** The id within the platform as importers write it. */
  native(post: number): string {
    const { log } = this.#built.world;
    switch (log.platform[post]) {
      case board:
        return `${boardName}/${this.boardNumber(post)}`;
      case telegram:
        return `${chatId(this.#built.cast.chats[log.room[post]!]!.account)}/${this.message(post)}`;
      case bluesky:
        return this.recordUri(post);
      case x:
        return this.snowflake(post);
      case news:
        return this.#content.link(post);
      default:
        throw new Error(`no platform ${log.platform[post]}`);
    }
  }

  /** The post as results name it, `platform/post_id`. */
  reference(post: number): string {
    return `${platformNames[this.#built.world.log.platform[post]!]}/${this.native(post)}`;
  }
}

/** Each clock fast or slow by `ms`, never all the same way. */
function skews(ms: number, bits: number): number[] {
  const signs = platformNames.map((_, i) => (bits >>> i) & 1);
  if (signs.every((sign) => sign === signs[0])) signs[0] = 1 - signs[0]!;
  return signs.map((sign) => (sign === 1 ? ms : -ms));
}
