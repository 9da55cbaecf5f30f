import type { AnalysisInput } from '../analysis.ts';
import type { ShareColumns } from './share-columns-kernel.ts';

/** The toolkit's co_similar_tweet: whether the sets of words of two posts have at least this Jaccard similarity. Mentions are no words. */
export async function similarTexts(
  { database }: Pick<AnalysisInput, 'database'>,
  shares: ShareColumns,
  similarity: number,
): Promise<(older: number, newer: number) => boolean> {
  await database.keyTable('compared_post', [...new Set(shares.content)]);
  const [keys = [], texts = []] = await database.columns(
    'select post_key, text from compared_post join post on post_key = key where text is not null',
  );
  const codes = new Map<string, number>();
  const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
  const wordsOf = new Map<number, Uint32Array>();
  keys.forEach((key, row) => {
    const words = new Set<number>();
    for (const { segment } of segmenter.segment((texts[row] as string).toLowerCase().replace(/@\S*/g, ''))) {
      const word = segment.trim();
      if (word === '') continue;
      if (!codes.has(word)) codes.set(word, codes.size);
      words.add(codes.get(word)!);
    }
    wordsOf.set(key as number, Uint32Array.from(words).sort());
  });
  return (older, newer) => {
    const one = wordsOf.get(shares.content[older]!);
    const other = wordsOf.get(shares.content[newer]!);
    if (!one || !other || one.length === 0 || other.length === 0) return false;
    let common = 0;
    for (let i = 0, j = 0; i < one.length && j < other.length; ) {
      if (one[i]! < other[j]!) i++;
      else if (one[i]! > other[j]!) j++;
      else {
        common++;
        i++;
        j++;
      }
    }
    return common / (one.length + other.length - common) >= similarity;
  };
}
