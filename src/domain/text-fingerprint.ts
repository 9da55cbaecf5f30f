import { createHash } from 'node:crypto';
import { blanks, classMembers, fromRe2, invisibles, type Ranges } from './character-class.ts';
import { urlInTextPattern } from './url-in-text.ts';

const blank = `[${classMembers(blanks)}]`;
const handle = '[@][A-Za-z0-9_]+(?:[.@-][A-Za-z0-9_]+)*';

/** Steps in order with RE2 patterns; `$1` stands for the first group. `needs` is a character without which the pattern matches nothing: a slash, an @, or one outside ASCII. */
const steps: readonly { pattern: string; replacement: string; needs: 'other' | 'at' | 'slash' }[] = [
  { pattern: `[${classMembers(invisibles)}]`, replacement: '', needs: 'other' },
  { pattern: `^(?:${blank}*[Rr][Tt]${blank}*${handle}:?)+`, replacement: '', needs: 'at' },
  { pattern: urlInTextPattern, replacement: ' ', needs: 'slash' },
  { pattern: `[Pp][Ii][Cc][.]twitter[.]com/[A-Za-z0-9]+`, replacement: ' ', needs: 'slash' },
  { pattern: `(^|[^A-Za-z0-9_])${handle}`, replacement: '$1 ', needs: 'at' },
];
const compiled = steps.map(({ pattern, replacement }) => [fromRe2(pattern), replacement] as const);
/** Blanks that are not one plain space already. */
const blankRuns = `${blank}{2,}|[${classMembers(blanks.filter(([, to]) => to !== 0x20))}\\x{0}-\\x{1f}]`;
const compiledBlankRuns = fromRe2(blankRuns);

/** Characters whose lower case is not yet their fold, each with it. */
const folds: readonly (readonly [from: string, to: string])[] = [
  ['ß', 'ss'],
  ['ς', 'σ'],
  ['i\u0307', 'i'],
];

/** Lower case without the spellings that lower case keeps apart: ß is ss, final sigma is sigma, dotted İ is i. */
export function caseFold(text: string): string {
  let folded = text.toLowerCase();
  for (const [from, to] of folds) if (folded.includes(from)) folded = folded.replaceAll(from, to);
  return folded;
}

/**
 * The text as compared between posts: NFKC, invisible characters dropped, leading `RT @x:`, addresses and @mentions stripped,
 * case folded, blanks made single. May be empty.
 */
export function normaliseText(text: string): string {
  let normal = text.normalize('NFKC');
  for (const [pattern, replacement] of compiled) normal = normal.replace(pattern, replacement);
  return caseFold(normal).replace(compiledBlankRuns, ' ').trim();
}

/** The first 16 hexadecimal digits of the MD5 of the normalised text in UTF-8; in DuckDB `left(md5(normalised), 16)`. */
export function textHash(normalised: string): string {
  return createHash('md5').update(normalised).digest('hex').slice(0, 16);
}

/**
 * DuckDB expression that equals `normaliseText(column)` for texts that `needsNfkcPattern` does not match. A pattern is only tried on a text
 * that holds the character without which it cannot match: no step before it makes one.
 */
export function normalisedTextSql(column: string): string {
  const both = (slash: boolean, at: boolean) =>
    `(case when strlen(${column}) = length(${column}) then ${stepsSql(column, { ascii: true, slash, at })} else ${stepsSql(column, { ascii: false, slash, at })} end)`;
  return `(case when contains(${column}, '/') then case when contains(${column}, '@') then ${both(true, true)} else ${both(true, false)} end
    when contains(${column}, '@') then ${both(false, true)} else ${both(false, false)} end)`;
}

function stepsSql(column: string, holds: { ascii: boolean; slash: boolean; at: boolean }): string {
  let sql = holds.ascii ? column : `replace(${column}, '…', '...')`;
  for (const { pattern, replacement, needs } of steps) {
    if (needs === 'other' ? !holds.ascii : holds[needs]) sql = replaceSql(sql, pattern, replacement.replace('$', '\\'));
  }
  sql = `lower(${sql})`;
  for (const [from, to] of holds.ascii ? [] : folds) sql = `replace(${sql}, '${from}', '${to}')`;
  return `regexp_replace(ltrim(${replaceSql(sql, blankRuns, ' ')}), ' $', '')`;
}

function replaceSql(sql: string, pattern: string, replacement: string): string {
  return `regexp_replace(${sql}, '${pattern.replaceAll("'", "''")}', '${replacement}', 'g')`;
}

/** Characters that NFKC leaves alone next to any other of them, or that the steps treat like what NFKC makes of them. */
const settled: Ranges = [
  ...blanks,
  ...invisibles,
  [0x21, 0x7e],
  [0xa1, 0xa7],
  [0xa9, 0xa9],
  [0xab, 0xac],
  [0xae, 0xae],
  [0xb0, 0xb1],
  [0xb6, 0xb7],
  [0xbb, 0xbb],
  [0xbf, 0x131],
  [0x134, 0x13e],
  [0x141, 0x148],
  [0x14a, 0x17e],
  [0x180, 0x1c3],
  [0x1cd, 0x1f0],
  [0x1f4, 0x24f],
  [0x386, 0x386],
  [0x388, 0x3ce],
  [0x400, 0x482],
  [0x48a, 0x52f],
  [0x531, 0x556],
  [0x561, 0x586],
  [0x5d0, 0x5ea],
  [0x600, 0x60f],
  [0x61b, 0x64a],
  [0x660, 0x66f],
  [0x671, 0x674],
  [0x679, 0x6d5],
  [0x6e5, 0x6e6],
  [0x6f0, 0x6ff],
  [0x10d0, 0x10fa],
  [0x1e00, 0x1e99],
  [0x1ea0, 0x1ef9],
  [0x200c, 0x200d],
  [0x2010, 0x2010],
  [0x2012, 0x2016],
  [0x2018, 0x2023],
  [0x2026, 0x2027],
  [0x2030, 0x2032],
  [0x2035, 0x2035],
  [0x2038, 0x203b],
  [0x20a0, 0x20a7],
  [0x20a9, 0x20bf],
  [0x20e3, 0x20e3],
  [0x2190, 0x222b],
  [0x2231, 0x2328],
  [0x232b, 0x2426],
  [0x2500, 0x2a0b],
  [0x3001, 0x3029],
  [0x3030, 0x3035],
  [0x303b, 0x303d],
  [0x3041, 0x3096],
  [0x309d, 0x309e],
  [0x30a0, 0x30fe],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xfe0e, 0xfe0f],
  [0x1f000, 0x1f0ff],
  [0x1f1e6, 0x1f1ff],
  [0x1f300, 0x1faff],
  [0x20000, 0x2a6df],
];

/** RE2 pattern of texts that JavaScript must normalise, because NFKC or lower case may differ in the database. */
export const needsNfkcPattern = `[^${classMembers(settled)}]`;
