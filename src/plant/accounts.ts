import { mix } from './plant-random.ts';
import { bluesky, board, news, type PostLog, platformNames, telegram } from './post-log.ts';

export interface NewAccount {
  platform: number;
  community: number;
  created: number;
  followers: number;
  following: number;
  lifetimePosts: number;
  /** How often it is drawn as an author, against others of its community. */
  activity: number;
  /** How many answers and reshares its posts draw, against the mean. */
  pull: number;
  verified?: boolean;
  publicName?: PublicName;
}

export interface PublicName {
  handle: string;
  name: string;
  about: string;
}

const consonants = 'bdfghklmnprstvwz';
const vowels = 'aeio';
const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The accounts of the invented world. Names and ids come from the seed alone, so that they tell nothing of a role. */
export class Accounts {
  readonly platform: number[] = [];
  readonly community: number[] = [];
  readonly created: number[] = [];
  readonly followers: number[] = [];
  readonly following: number[] = [];
  readonly lifetimePosts: number[] = [];
  readonly activity: number[] = [];
  readonly pull: number[] = [];
  readonly verified: boolean[] = [];
  readonly #publicNames = new Map<number, PublicName>();
  readonly #borrowed = new Map<number, { from: Accounts; account: number }>();
  readonly #seed: number;
  readonly #nameOffset: number;
  readonly #idOffset: number;

  constructor(seed: number) {
    this.#seed = seed;
    this.#nameOffset = mix(seed, 101) % 2 ** 24;
    this.#idOffset = mix(seed, 102) % 100_000_007;
  }

  get count(): number {
    return this.platform.length;
  }

  add(account: NewAccount): number {
    const at = this.platform.length;
    this.platform.push(account.platform);
    this.community.push(account.community);
    this.created.push(Math.floor(account.created / 1000) * 1000);
    this.followers.push(Math.max(0, Math.round(account.followers)));
    this.following.push(Math.max(0, Math.round(account.following)));
    this.lifetimePosts.push(Math.max(1, Math.round(account.lifetimePosts)));
    this.activity.push(account.activity);
    this.pull.push(account.pull);
    this.verified.push(account.verified ?? false);
    if (account.publicName) this.#publicNames.set(at, account.publicName);
    return at;
  }

  /** Gives an account the id, names and profile that an account of another world has. */
  borrow(at: number, from: Accounts, account: number): void {
    this.#borrowed.set(at, { from, account });
    for (const column of ['created', 'followers', 'following', 'lifetimePosts', 'verified'] as const)
      (this[column] as (number | boolean)[])[at] = from[column][account]!;
  }

  /** Two invented words, written in one of the ways people write handles; the letters alone are unique. */
  handle(account: number): string {
    const borrowed = this.#borrowed.get(account);
    if (borrowed) return borrowed.from.handle(borrowed.account);
    const known = this.#publicNames.get(account);
    if (known) return known.handle;
    const [first, second] = this.#words(account);
    const style = mix(this.#seed, account * 4 + 1);
    const digits = style % 97;
    switch ((style >>> 8) % 6) {
      case 0:
        return `${first}_${second}`;
      case 1:
        return `${capital(first)}${capital(second)}`;
      case 2:
        return `${first}${second}${digits}`;
      case 3:
        return `${capital(first)}_${second}${digits}`;
      case 4:
        return `${first}${capital(second)}`;
      default:
        return `${first}${second}`;
    }
  }

  name(account: number): string {
    const borrowed = this.#borrowed.get(account);
    if (borrowed) return borrowed.from.name(borrowed.account);
    const known = this.#publicNames.get(account);
    if (known) return known.name;
    const [first, second] = this.#words(account);
    const style = mix(this.#seed, account * 4 + 2) % 4;
    if (style === 0) return capital(first);
    return style === 1 ? `${capital(first)} ${second[0]!.toUpperCase()}.` : `${capital(first)} ${capital(second)}`;
  }

  about(account: number): string {
    const borrowed = this.#borrowed.get(account);
    if (borrowed) return borrowed.from.about(borrowed.account);
    return this.#publicNames.get(account)?.about ?? '';
  }

  /** The id that the platform gives the account, as text. */
  nativeId(account: number): string {
    const borrowed = this.#borrowed.get(account);
    if (borrowed) return borrowed.from.nativeId(borrowed.account);
    const platform = this.platform[account]!;
    if (platform === bluesky) return `did:plc:${this.#letters(account, 24)}`;
    const number = (account * 61_803_397 + this.#idOffset) % 100_000_007;
    if (platform === telegram) return this.#publicNames.has(account) ? `channel${chatId(account)}` : `user99${number}`;
    if (platform === news) return this.#publicNames.get(account)!.about;
    return `99${String(number).padStart(16, '0')}`;
  }

  #words(account: number): [string, string] {
    const code = this.#code(account);
    return [word(code >>> 12), word(code & 4095)];
  }

  #letters(account: number, length: number): string {
    const code = this.#code(account);
    let text = '';
    for (let i = 0; i < length - 5; i++) text += base32[mix(this.#seed + i, account * 4 + 3) & 31];
    for (let shift = 20; shift >= 0; shift -= 5) text += base32[(code >>> shift) & 31];
    return text;
  }

  /** A number of 24 bits for each account, no two alike, neighbours far apart. */
  #code(account: number): number {
    return (account * 10_368_889 + this.#nameOffset) % 2 ** 24;
  }
}

/** Telegram's number of the chat that a channel or group account stands for. */
export function chatId(account: number): number {
  return 990_000_400 + account;
}

/** The name of a poster within one thread of the board. */
export function posterId(seed: number, thread: number, poster: number): string {
  let text = '';
  for (let i = 0; i < 8; i++) text += base62[mix(mix(seed, thread + 1), poster * 8 + i) % 62];
  return text;
}

/** How a result names the author of a post, `platform/account_id`; null on the anonymous board. */
export function accountRef(log: PostLog, accounts: Accounts, post: number): string | null {
  if (log.platform[post] === board) return null;
  return accountName(accounts, log.account[post]!);
}

/** An account as a result names it, `platform/account_id`. */
export function accountName(accounts: Accounts, account: number): string {
  return `${platformNames[accounts.platform[account]!]}/${accounts.nativeId(account)}`;
}

function word(code: number): string {
  return consonants[code >>> 8]! + vowels[(code >>> 6) & 3]! + consonants[(code >>> 2) & 15]! + vowels[code & 3]!;
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
