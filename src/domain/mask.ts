import { createHmac } from 'node:crypto';
import { isAnonymousPlatform } from './anonymous-platforms.ts';
import { MaskedWords } from './masked-words.ts';

/** An account as the mask must know it: `platform/account_id` and what it is called. */
export interface KnownAccount {
  account: string;
  handle: string | null;
  name: string | null;
  /** Public figures keep their names. */
  isPublic: boolean;
}

/**
 * Stable pseudonyms for accounts that are no public figures. A pseudonym is an HMAC-SHA-256 under the case's key, so the same account has the
 * same one in every export of a case and nobody without the key can guess it from a handle.
 */
export class Mask {
  readonly #key: string;
  readonly #public = new Set<string>();
  readonly #codes = new Map<string, string>();
  readonly #words: MaskedWords;
  readonly #publicHandles = new Set<string>();

  /** `key` is the case's secret in hex. Accounts that are not among `accounts` count as not public. */
  constructor(key: string, accounts: Iterable<KnownAccount>) {
    this.#key = key;
    const masked: KnownAccount[] = [];
    const open = new Set<string>();
    for (const one of accounts) {
      if (!one.isPublic) masked.push(one);
      else {
        this.#public.add(one.account.toLowerCase());
        if (one.handle !== null) {
          this.#publicHandles.add(one.handle.toLowerCase());
          this.#public.add(`${platformOf(one.account)}/${one.handle}`.toLowerCase());
        }
        for (const word of [one.handle, one.name, bareId(one.account)]) if (word !== null) open.add(word.toLowerCase());
      }
    }
    const words = new Map<string, string>();
    const put = (word: string | null, replacement: string, shortest: number) => {
      const lower = word?.trim().toLowerCase() ?? '';
      if (lower.length >= shortest && !open.has(lower) && !words.has(lower)) words.set(lower, replacement);
    };
    masked.sort((a, b) => (a.account < b.account ? -1 : 1));
    for (const { account } of masked) put(bareId(account), this.#name(account), 3);
    for (const { account, handle } of masked) put(handle, this.#name(account), 3);
    for (const { name } of masked) put(name, '[name]', 4);
    this.#words = new MaskedWords(words);
  }

  /** Whether an account loses its name; a player that is a domain, and no account, keeps it. */
  isMasked(account: string | null): boolean {
    return account?.includes('/') === true && !this.#public.has(account.toLowerCase());
  }

  /** `platform/account-…` for a masked account, the account itself for a public one. */
  account(account: string): string {
    return this.isMasked(account) ? `${platformOf(account)}/${this.#name(account)}` : account;
  }

  /** The pseudonym that stands for handle and name; null where there was none. */
  handle(account: string, handle: string | null): string | null {
    return handle === null || !this.isMasked(account) ? handle : this.#name(account);
  }

  /** A post's name gives its author away: `platform/post-…` unless the author is public or the board is anonymous. */
  post(post: string, author: string | null): string {
    const platform = platformOf(post);
    const open = author === null ? isAnonymousPlatform(platform) : !this.isMasked(author);
    return open ? post : `${platform}/post-${this.#code(bareId(post))}`;
  }

  /** A text without the handles, names and ids of masked accounts, without other people's @mentions, and without long numbers that name posts. */
  text(text: string): string {
    return this.#words
      .replace(text)
      .replace(mention, (whole, handle: string) =>
        handle.startsWith('account-') || this.#publicHandles.has(handle.toLowerCase().replace(/[.-]+$/, ''))
          ? whole
          : `@account-${this.#code(`@${handle.toLowerCase()}`)}`,
      )
      .replace(profilePage, (whole, site: string, handle: string) =>
        /^(account-|i$|status$|search|hashtag$|intent$|share$|home$|watch$|groups$|joinchat|c$|s$)/.test(handle) ||
        this.#publicHandles.has(handle.toLowerCase())
          ? whole
          : `${site}account-${this.#code(`@${handle.toLowerCase()}`)}`,
      )
      .replace(postNumber, (number) => `post-${this.#code(number)}`)
      .replace(blueskyPost, (_, before: string, record: string) => `${before}post-${this.#code(record)}`);
  }

  /** A secret stand-in for any other identifying text, such as the hash of an unmasked text. */
  code(text: string): string {
    return this.#code(text);
  }

  #name(account: string): string {
    return `account-${this.#code(account)}`;
  }

  #code(text: string): string {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const made = createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 12);
    if (this.#codes.size < mostCodesKept) this.#codes.set(text, made);
    return made;
  }
}

const mostCodesKept = 2_000_000;
const mention = /(?<![\p{L}\p{N}_/.])@([\p{L}\p{N}_][\p{L}\p{N}_.-]+)/gu;
const profilePage =
  /(\b(?:x|twitter|facebook|instagram|t|gab|gettr|truthsocial|threads)\.(?:com|me|net)\/(?:@|s\/)?)([\p{L}\p{N}_.-]{2,})/giu;
const postNumber = /(?<![\p{L}\p{N}_-])\d{15,20}(?![\p{L}\p{N}_])/gu;
const blueskyPost = /(\/(?:app\.bsky\.feed\.post|post)\/)([a-z0-9]{13})\b/g;

const platformOf = (ref: string) => ref.slice(0, ref.indexOf('/'));
const bareId = (ref: string) => ref.slice(ref.indexOf('/') + 1);
