/** Repeatable random numbers in [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * `count` distinct invented short texts of 60 to 240 characters, of which about `share` are edited copies of an earlier text
 * (one to six words changed, added or dropped) in families of very different sizes, in random order.
 */
export function plantedTexts(count: number, seed: number, share = 0.4): string[] {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const syllables = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu an er in or ul st th qu ch sh'.split(
    ' ',
  );
  const words = Array.from({ length: 30_000 }, () => {
    let word = '';
    for (let left = 1 + below(4); left > 0; left--) word += syllables[below(syllables.length)];
    return word;
  });
  const word = () => words[Math.floor(words.length ** random()) - 1]!;
  const texts = new Set<string>();
  const originals: string[][] = [];
  while (texts.size < count) {
    if (originals.length > 0 && random() < share) {
      const copy = [...originals[Math.floor(originals.length * random() ** 4)]!];
      for (let edits = 1 + below(6); edits > 0; edits--) {
        const at = below(copy.length);
        const kind = below(3);
        if (kind === 0) copy[at] = word();
        else if (kind === 1) copy.splice(at, 0, word());
        else if (copy.length > 6) copy.splice(at, 1);
      }
      texts.add(copy.join(' '));
    } else {
      const original: string[] = [];
      for (let left = 60 + below(181); left > 0; left -= original.at(-1)!.length + 1) original.push(word());
      originals.push(original);
      texts.add(original.join(' '));
    }
  }
  const shuffled = [...texts];
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = below(at + 1);
    [shuffled[at], shuffled[other]] = [shuffled[other]!, shuffled[at]!];
  }
  return shuffled;
}
