import { fromRe2 } from './character-class.ts';
import { gluedUrlPattern, urlCandidate, urlInTextPattern } from './url-in-text.ts';

const glued = fromRe2(gluedUrlPattern);
const address = fromRe2(urlInTextPattern);

/** The http and https addresses of a plain text as written, in order, without repeats; see `urlCandidate` for where they end. */
export function extractUrls(text: string): string[] {
  if (!text.includes('://')) return [];
  const found = new Set<string>();
  for (const [match] of text.replace(glued, '$1 $2').matchAll(address)) {
    const candidate = urlCandidate(match);
    if (candidate !== null) found.add(candidate);
  }
  return [...found];
}

const tagMark =
  '_\\u200c\\u200d\\ua67e\\u05be\\u05f3\\u05f4\\uff5e\\u301c\\u309b\\u309c\\u30a0\\u30fb\\u3003\\u0f0b\\u0f0c\\u00b7';
const tagCharacter = `[\\p{L}\\p{M}\\p{Nd}${tagMark}]`;
const hashtag = new RegExp(
  `(?<=^|\\uFE0E|\\uFE0F|[^&\\p{L}\\p{M}\\p{Nd}${tagMark}])[#＃](?!\\uFE0F|\\u20E3)(?=${tagCharacter}*[\\p{L}\\p{M}])(${tagCharacter}+)(?!${tagCharacter}|[#＃]|://)`,
  'gu',
);

/**
 * The hashtags of a plain text without `#`, in order, without repeats; by the rules of twitter-text: at least one letter, not
 * behind a letter or digit, not inside an address.
 */
export function extractHashtags(text: string): string[] {
  if (!/[#＃]/.test(text)) return [];
  const found = new Set<string>();
  for (const match of text.replace(address, blanked).matchAll(hashtag)) {
    const before = /[^\s]*$/.exec(text.slice(0, match.index))![0];
    if (!/^[\w.-]+\.[a-z]{2,}\//i.test(before)) found.add(match[1]!);
  }
  return [...found];
}

const mention =
  /(?<=^|[^a-zA-Z0-9_!#$%&*@＠]|(?:^|[^a-zA-Z0-9_+~.-])[rR][tT]:?)[@＠]([a-zA-Z0-9_]{1,32})(?![a-zA-Z0-9_@＠\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]|:\/\/)/gu;

/**
 * The @mentioned handles of a plain text without `@`, in order, without repeats; by the rules of twitter-text, but up to 32
 * characters as Telegram allows.
 */
export function extractMentions(text: string): string[] {
  if (!/[@＠]/.test(text)) return [];
  return [...new Set(Array.from(text.replace(address, blanked).matchAll(mention), (match) => match[1]!))];
}

function blanked(match: string): string {
  const candidate = urlCandidate(match);
  return candidate === null ? match : '/'.repeat(candidate.length) + match.slice(candidate.length);
}
