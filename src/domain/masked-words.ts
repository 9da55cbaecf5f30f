const run = /[\p{L}\p{N}_]+/gu;
const letter = /[\p{L}\p{N}_]/u;

interface Entry {
  word: string;
  /** Where the run under which it is filed begins in it. */
  offset: number;
  replacement: string;
}

/**
 * Replaces whole words and phrases in texts, whatever their case, in time that does not grow with the number of phrases: each is filed
 * under the rarest run of letters and digits in it.
 */
export class MaskedWords {
  readonly #entries = new Map<string, Entry[]>();

  /** `words`: lower-case word or phrase -> replacement. */
  constructor(words: ReadonlyMap<string, string>) {
    const uses = new Map<string, number>();
    for (const word of words.keys()) for (const [part] of word.matchAll(run)) uses.set(part, (uses.get(part) ?? 0) + 1);
    for (const [word, replacement] of words) {
      let best: { part: string; offset: number } | null = null;
      for (const match of word.matchAll(run)) {
        const part = match[0];
        if (best === null || uses.get(part)! < uses.get(best.part)!) best = { part, offset: match.index };
      }
      if (best === null) continue;
      const entry = { word, offset: best.offset, replacement };
      const list = this.#entries.get(best.part);
      if (list) list.push(entry);
      else this.#entries.set(best.part, [entry]);
    }
    for (const list of this.#entries.values()) list.sort((a, b) => b.word.length - a.word.length);
  }

  replace(text: string): string {
    if (this.#entries.size === 0) return text;
    const lower = sameLengthLower(text);
    const hits: { from: number; to: number; replacement: string }[] = [];
    for (const match of lower.matchAll(run)) {
      for (const { word, offset, replacement } of this.#entries.get(match[0]) ?? []) {
        const from = match.index - offset;
        if (from < 0 || !lower.startsWith(word, from)) continue;
        const to = from + word.length;
        if (continues(lower, from - 1, word[0]!) || continues(lower, to, word.at(-1)!)) continue;
        hits.push({ from, to, replacement });
        break;
      }
    }
    if (hits.length === 0) return text;
    hits.sort((a, b) => a.from - b.from || b.to - a.to);
    let result = '';
    let at = 0;
    for (const { from, to, replacement } of hits) {
      if (to <= at) continue;
      result += from >= at ? text.slice(at, from) + replacement : '';
      at = to;
    }
    return result + text.slice(at);
  }
}

/** Whether the word goes on over its edge: a letter or digit on both sides of it. */
function continues(text: string, at: number, edge: string): boolean {
  return letter.test(edge) && at >= 0 && at < text.length && letter.test(text[at]!);
}

function sameLengthLower(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (one) => (one.toLowerCase().length === one.length ? one.toLowerCase() : one)).join('');
}
