import { describe, expect, it } from 'vitest';
import { plantedTexts, seededRandom } from '../../bench/planted-texts.ts';
import { processorMs } from '../../test/support/processor-ms.ts';
import { clusterNearDuplicates } from './near-duplicate-texts.ts';

const shingle = 5;

function gramsOf(text: string): Set<string> {
  const points = [...text];
  const grams = new Set<string>();
  for (let at = 0; at + shingle <= points.length; at++) grams.add(points.slice(at, at + shingle).join(''));
  return grams;
}

/** Every pair of the texts with Jaccard similarity of at least `threshold`, counted over sets of strings. */
function similarPairs(texts: string[], threshold: number): { one: number; other: number; jaccard: number }[] {
  const sets = texts.map(gramsOf);
  const holders = new Map<string, number[]>();
  const pairs: { one: number; other: number; jaccard: number }[] = [];
  const common = new Uint32Array(texts.length);
  for (let other = 0; other < texts.length; other++) {
    const met: number[] = [];
    for (const gram of sets[other]!) {
      const list = holders.get(gram);
      if (!list) holders.set(gram, [other]);
      else {
        for (const one of list) if (common[one]!++ === 0) met.push(one);
        list.push(other);
      }
    }
    for (const one of met) {
      const jaccard = common[one]! / (sets[one]!.size + sets[other]!.size - common[one]!);
      if (jaccard >= threshold) pairs.push({ one, other, jaccard });
      common[one] = 0;
    }
  }
  return pairs;
}

/** The smallest index that chains of the pairs lead to, by text. */
function chainsOf(pairs: { one: number; other: number }[], count: number): number[] {
  const least = Array.from({ length: count }, (_, at) => at);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { one, other } of pairs) {
      const root = Math.min(least[one]!, least[other]!);
      if (least[one] === root && least[other] === root) continue;
      least[one] = root;
      least[other] = root;
      changed = true;
    }
  }
  return least;
}

function print(line: string): void {
  process.stdout.write(`near-duplicate texts: ${line}\n`);
}

function partition(cluster: Uint32Array, texts: string[]): string[] {
  const groups = new Map<number, string[]>();
  texts.forEach((text, at) => {
    groups.set(cluster[at]!, [...(groups.get(cluster[at]!) ?? []), text]);
  });
  return [...groups.values()].map((group) => group.sort().join('\n')).sort();
}

describe('clusterNearDuplicates', () => {
  it('finds at least .95 of the pairs that brute force finds at Jaccard .7, and joins nothing without such a pair', () => {
    const texts = plantedTexts(5000, 42);
    const pairs = similarPairs(texts, 0.7);
    const borderline = pairs.filter((pair) => pair.jaccard < 0.75);
    expect(pairs.length).toBeGreaterThan(1000);
    expect(borderline.length).toBeGreaterThan(100);

    const { cluster, parameters } = clusterNearDuplicates(texts);
    const together = (list: typeof pairs) =>
      list.filter(({ one, other }) => cluster[one] === cluster[other]).length / list.length;
    print(
      `recall ${together(pairs).toFixed(4)} of ${pairs.length} pairs, ${together(borderline).toFixed(4)} of the ` +
        `${borderline.length} below .75 (${parameters.bands} bands of ${parameters.rows})`,
    );
    expect(together(pairs)).toBeGreaterThanOrEqual(0.95);
    expect(together(borderline)).toBeGreaterThanOrEqual(0.95);

    const chains = chainsOf(pairs, texts.length);
    cluster.forEach((root, at) => {
      expect(root).toBeLessThanOrEqual(at);
      expect(cluster[root]).toBe(root);
      expect(chains[at]).toBe(chains[root]);
    });
  });

  it('finds at least .95 of lone pairs just above the threshold, which no third text can help to find', () => {
    const [random, originals] = [seededRandom(77), plantedTexts(2500, 21, 0)];
    const texts = originals.flatMap((text) => {
      const words = text.split(' ');
      const own = gramsOf(text);
      for (let tries = 0; tries < 60; tries++) {
        words.splice(Math.floor(random() * words.length), 1, String(Math.floor(random() * 1e6)));
        const grams = gramsOf(words.join(' '));
        const common = [...grams].filter((gram) => own.has(gram)).length;
        const jaccard = common / (own.size + grams.size - common);
        if (jaccard < 0.7) break;
        if (jaccard < 0.75) return [text, words.join(' ')];
      }
      return [];
    });
    const recallOf = (cluster: Uint32Array) =>
      cluster.filter((root, at) => at % 2 === 1 && root === at - 1).length / (texts.length / 2);
    const recall = recallOf(clusterNearDuplicates(texts).cluster);
    const fewerBands = recallOf(clusterNearDuplicates(texts, { bands: 14, rows: 9 }).cluster);
    print(
      `recall ${recall.toFixed(4)} of ${texts.length / 2} lone pairs between .7 and .75; ${fewerBands.toFixed(4)} with 14 bands of 9`,
    );
    expect(texts.length).toBeGreaterThan(1000);
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(fewerBands).toBeLessThan(0.8);
  });

  it('joins no pair below the threshold', () => {
    const texts = plantedTexts(1500, 9);
    const { cluster } = clusterNearDuplicates(texts, { threshold: 0.9 });
    const chains = chainsOf(similarPairs(texts, 0.9), texts.length);
    cluster.forEach((root, at) => {
      expect(chains[at]).toBe(chains[root]);
    });
  });

  it('gives the same clusters for the same texts in any order', () => {
    const texts = plantedTexts(3000, 5);
    const random = seededRandom(8);
    const shuffled = texts
      .map((text) => ({ text, key: random() }))
      .sort((one, other) => one.key - other.key)
      .map(({ text }) => text);
    expect(partition(clusterNearDuplicates(shuffled).cluster, shuffled)).toEqual(
      partition(clusterNearDuplicates(texts).cluster, texts),
    );
  });

  it('takes a viral template in linear time', () => {
    const template =
      'the council votes tonight on the bridge and everybody should write to their member before it is too late';
    const texts = Array.from({ length: 30_000 }, (_, at) => `${template} ${at}`);
    const started = processorMs();
    const { cluster } = clusterNearDuplicates(texts);
    expect(processorMs() - started).toBeLessThan(10_000);
    expect(cluster.every((root) => root === 0)).toBe(true);
  });

  it('stays fast where thousands of texts meet in buckets without being near-duplicates', () => {
    const random = seededRandom(1);
    const half = 'breaking news from the harbour where the old crane fell into the water this morning';
    const texts = Array.from({ length: 6000 }, () => {
      let own = '';
      while (own.length < half.length * 0.55) own += String.fromCharCode(97 + Math.floor(random() * 26));
      return `${half} ${own}`;
    });
    const started = processorMs();
    const { cluster } = clusterNearDuplicates(texts);
    expect(processorMs() - started).toBeLessThan(10_000);
    expect(cluster.every((root, at) => root === at)).toBe(true);
  });

  it('leaves short texts alone, and joins identical ones', () => {
    const texts = ['lol', 'lol', 'a text that is long enough to count', 'a text that is long enough to count', ''];
    expect([...clusterNearDuplicates(texts).cluster]).toEqual([0, 1, 2, 2, 4]);
    expect([...clusterNearDuplicates(texts, { minChars: 1 }).cluster]).toEqual([0, 0, 2, 2, 4]);
  });

  it('counts characters by code point', () => {
    const texts = ['😀😁😂🤣😃😄😅', '😀😁😂🤣😃😄😅😆'];
    expect([...clusterNearDuplicates(texts, { minChars: 7, threshold: 0.7 }).cluster]).toEqual([0, 0]);
    expect([...clusterNearDuplicates(texts, { minChars: 8, threshold: 0.7 }).cluster]).toEqual([0, 1]);
  });

  it('records its parameters and refuses senseless ones', () => {
    expect(clusterNearDuplicates([]).parameters).toEqual({
      shingle: 5,
      permutations: 128,
      bands: 25,
      rows: 5,
      threshold: 0.7,
      seed: 1,
      minChars: 20,
    });
    expect(clusterNearDuplicates(['x'], { bands: 14, rows: 9 }).parameters).toMatchObject({ bands: 14, rows: 9 });
    expect(() => clusterNearDuplicates([], { bands: 20, rows: 9 })).toThrow('180 permutations');
    expect(() => clusterNearDuplicates([], { threshold: 0 })).toThrow('threshold');
  });
});
