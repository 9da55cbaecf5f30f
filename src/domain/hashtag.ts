import { caseFold } from './text-fingerprint.ts';

/** Identity of a hashtag: NFKC and case fold, without leading `#` or `＃` and outer blanks; null where nothing is left. */
export function canonicalHashtag(raw: string): string | null {
  const tag = caseFold(raw.normalize('NFKC'))
    .replace(/^[\s#]+/, '')
    .trim();
  return tag === '' ? null : tag;
}
