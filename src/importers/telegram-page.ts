import { Parser } from 'htmlparser2';

/** One entry of a page of Telegram Desktop's HTML export, as far as the page tells. */
export interface TelegramEntry {
  element: string;
  service: boolean;
  chat: string | null;
  date: string | null;
  from: string | null;
  forwarded: boolean;
  forwarded_from: string | null;
  reply_to: string | null;
  text: string | null;
  urls: string[];
  hashtags: string[];
  mentions: string[];
  /** True where the page ends inside the entry. */
  cut: boolean;
}

type Part = 'entry' | 'forwarded' | 'from' | 'aside' | 'date' | 'reply' | 'text' | 'service-text' | 'title' | 'other';

const partOf: readonly [className: string, part: Part][] = [
  ['forwarded', 'forwarded'],
  ['from_name', 'from'],
  ['date', 'date'],
  ['reply_to', 'reply'],
  ['text', 'text'],
];

/**
 * Reads a page piece by piece: `write` and `end` return the entries completed by then. A joined entry takes the sender of the one
 * before it, a forwarded body without a name the source of the one before it.
 */
export class TelegramPage {
  readonly #parser: Parser;
  #parts: { tag: string; part: Part }[] = [];
  #done: TelegramEntry[] = [];
  #entry: TelegramEntry | null = null;
  #joined = false;
  #chat = '';
  #from = '';
  #forwardedFrom = '';
  #text = '';
  #link: { href: string; hashtag: boolean; text: string } | null = null;
  #before: Pick<TelegramEntry, 'from' | 'forwarded_from'> = { from: null, forwarded_from: null };

  constructor() {
    this.#parser = new Parser(
      {
        onopentag: (tag, attributes) => this.#open(tag, attributes),
        ontext: (text) => this.#read(text),
        onclosetag: (tag, implied) => this.#close(tag, implied),
      },
      { decodeEntities: true },
    );
  }

  write(piece: string): TelegramEntry[] {
    this.#parser.write(piece);
    return this.#done.splice(0);
  }

  end(): TelegramEntry[] {
    this.#parser.end();
    return this.#done.splice(0);
  }

  #within(part: Part): boolean {
    return this.#parts.some((one) => one.part === part);
  }

  #open(tag: string, attributes: Record<string, string>): void {
    const classes = (attributes.class ?? '').split(/\s+/);
    if (tag === 'br') {
      if (this.#within('text')) this.#text += '\n';
      return;
    }
    if (tag === 'a' && this.#entry) this.#openLink(this.#entry, attributes);
    if (tag !== 'div' && tag !== 'span') return;
    let part: Part = 'other';
    if (tag === 'div' && classes.includes('message') && attributes.id) {
      part = 'entry';
      this.#begin(attributes.id, classes);
    } else if (tag === 'span') part = classes.includes('details') ? 'aside' : 'other';
    else if (this.#entry?.service) part = classes.includes('details') ? 'service-text' : 'other';
    else if (this.#entry) part = partOf.find(([name]) => classes.includes(name))?.[1] ?? 'other';
    else if (classes.includes('text') && classes.includes('bold') && this.#chat === '') part = 'title';
    if (part === 'date' && this.#entry) this.#entry.date ??= attributes.title?.trim() ?? null;
    if (part === 'forwarded' && this.#entry) this.#entry.forwarded = true;
    if (part === 'text' && this.#text !== '') this.#text += '\n';
    this.#parts.push({ tag, part });
  }

  #begin(element: string, classes: string[]): void {
    this.#joined = classes.includes('joined');
    this.#from = '';
    this.#forwardedFrom = '';
    this.#text = '';
    this.#entry = {
      element,
      service: classes.includes('service'),
      chat: this.#chat.trim() || null,
      date: null,
      from: null,
      forwarded: false,
      forwarded_from: null,
      reply_to: null,
      text: null,
      urls: [],
      hashtags: [],
      mentions: [],
      cut: false,
    };
  }

  #openLink(entry: TelegramEntry, attributes: Record<string, string>): void {
    const href = (attributes.href ?? '').trim();
    if (this.#within('reply'))
      entry.reply_to = /go_to_message(-?\d+)/.exec(`${href} ${attributes.onclick ?? ''}`)?.[1] ?? entry.reply_to;
    else if (this.#within('text'))
      this.#link = { href, hashtag: (attributes.onclick ?? '').includes('ShowHashtag'), text: '' };
  }

  #read(text: string): void {
    if (this.#link) this.#link.text += text;
    if (this.#within('text') || this.#within('service-text')) this.#text += text;
    else if (this.#within('title')) this.#chat += text;
    else if (this.#within('from') && !this.#within('aside')) {
      if (this.#within('forwarded')) this.#forwardedFrom += text;
      else this.#from += text;
    }
  }

  #close(tag: string, implied: boolean): void {
    if (tag === 'a') this.#closeLink();
    if (tag !== 'div' && tag !== 'span') return;
    const closed = this.#parts.pop();
    if (closed?.part === 'entry') this.#finish(implied);
  }

  #closeLink(): void {
    const link = this.#link;
    const entry = this.#entry;
    this.#link = null;
    if (!link || !entry) return;
    const shown = link.text.trim();
    if (link.hashtag || /^#[^\s#]+$/.test(shown)) entry.hashtags.push(shown.replace(/^#/, ''));
    else if (/^@\w+$/.test(shown) && (link.href === '' || /^https?:\/\/t\.me\/\w+$/i.test(link.href)))
      entry.mentions.push(shown.slice(1));
    else if (/^https?:\/\//i.test(link.href)) entry.urls.push(link.href);
  }

  #finish(cut: boolean): void {
    const entry = this.#entry;
    this.#entry = null;
    if (!entry) return;
    entry.cut = cut;
    entry.text = this.#text.trim() || null;
    if (!entry.service) {
      entry.from = this.#from.trim() || (this.#joined ? this.#before.from : null);
      entry.forwarded_from = this.#forwardedFrom.trim() || (entry.forwarded ? this.#before.forwarded_from : null);
      this.#before = { from: entry.from, forwarded_from: entry.forwarded_from };
    }
    this.#done.push(entry);
  }
}
