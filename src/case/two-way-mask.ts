import { type KnownAccount, Mask } from '../domain/mask.ts';

const mostKept = 500_000;
const coded = /(?:account|post)-[0-9a-f]{12}|\[name\]/;

/** A mask that knows the way back for what it hid, so that a page that was shown pseudonyms can ask with them. */
export class TwoWayMask extends Mask {
  readonly #accounts = new Map<string, string>();
  readonly #known = new Map<string, string>();
  readonly #posts = new Map<string, string>();
  readonly #texts = new Map<string, string>();

  /** The case's secret, for looking up what an earlier run of the server has shown. */
  readonly key: string;

  constructor(key: string, accounts: readonly KnownAccount[]) {
    super(key, accounts);
    this.key = key;
    for (const { account, handle } of accounts) {
      this.#known.set(account.toLowerCase(), account);
      if (handle !== null) {
        const byHandle = `${account.slice(0, account.indexOf('/'))}/${handle}`.toLowerCase();
        if (!this.#known.has(byHandle)) this.#known.set(byHandle, account);
      }
      const shown = this.account(account);
      if (shown !== account) this.#accounts.set(shown, account);
    }
  }

  /** The account that `platform/account_id` or `platform/handle` names; null where the case has none. */
  known(reference: string): string | null {
    return this.#known.get(reference.toLowerCase()) ?? null;
  }

  /** Whether a text is a pseudonym that this mask gave to an account or a post. */
  isPseudonym(reference: string): boolean {
    return this.#accounts.has(reference) || this.#posts.has(reference);
  }

  override post(post: string, author: string | null): string {
    if (this.#posts.has(post)) return post;
    const shown = super.post(post, author);
    if (shown !== post) keep(this.#posts, shown, post);
    return shown;
  }

  override text(text: string): string {
    const shown = super.text(text);
    if (shown !== text) keep(this.#texts, shown, text);
    return shown;
  }

  /** What a pseudonym or a text that was shown stands for; also behind `kind:`. What was never shown comes back as it is. */
  reveal(text: string): string {
    if (!coded.test(text)) return text;
    const found = this.#accounts.get(text) ?? this.#posts.get(text) ?? this.#texts.get(text);
    if (found !== undefined) return found;
    const colon = text.indexOf(':');
    return colon < 0 ? text : text.slice(0, colon + 1) + this.reveal(text.slice(colon + 1));
  }
}

function keep(map: Map<string, string>, shown: string, original: string): void {
  map.set(shown, original);
  if (map.size > mostKept) map.delete(map.keys().next().value!);
}
