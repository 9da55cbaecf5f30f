import { getDomain, parse } from 'tldts';
import { blanks, classMembers, fromRe2, invisibles, type Ranges } from './character-class.ts';

const quotes: Ranges = [
  [0x22, 0x22],
  [0x3c, 0x3c],
  [0x3e, 0x3e],
  [0x5c, 0x5c],
  [0x60, 0x60],
  [0xab, 0xab],
  [0xbb, 0xbb],
  [0x201c, 0x201f],
  [0x2039, 0x203a],
];
const widePunctuation: Ranges = [
  [0x3001, 0x303f],
  [0xfe30, 0xfe4f],
  [0xff01, 0xff0f],
  [0xff1a, 0xff20],
  [0xff3b, 0xff40],
  [0xff5b, 0xff65],
];
/** Scripts written without blanks between an address and the next word, and pictures. */
const gluedLetters: Ranges = [
  [0x1100, 0x11ff],
  [0x2190, 0x2bff],
  [0x2e80, 0x2fff],
  [0x3040, 0x9fff],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
  [0xf900, 0xfaff],
  [0xfe0e, 0xfe0f],
  [0xff10, 0xff19],
  [0xff21, 0xff3a],
  [0xff41, 0xff5a],
  [0xff66, 0xffef],
  [0x1f000, 0x1faff],
  [0x20000, 0x3ffff],
];
const scheme = '[Hh][Tt][Tt][Pp][Ss]?://';
const ends = classMembers(blanks, invisibles, quotes, widePunctuation);

/**
 * RE2 pattern of an http or https address in running text, with closing punctuation still on it: `urlCandidate` takes that
 * off. Without look-around, so that JavaScript (`fromRe2`) and DuckDB find the same.
 */
export const urlInTextPattern = `${scheme}[^/?#${ends}]+(?:[/?#][^${ends}${classMembers(gluedLetters)}]*)?`;

/** RE2 pattern of an address glued to what stands before it; `\1 \2` parts them. After `/`, `=`, `&` and the like it is nested and stays. */
export const gluedUrlPattern = `([^/=?&:%#+_~${classMembers(blanks)}-])(${scheme})`;

/** DuckDB expression: the list of matches of `urlInTextPattern`; `urlCandidate` of each, nulls and repeats dropped, is `extractUrls`. */
export function urlMatchesSql(column: string): string {
  return `regexp_extract_all(regexp_replace(${column}, '${gluedUrlPattern}', '\\1 \\2', 'g'), '${urlInTextPattern}')`;
}

const address = /^(https?:\/\/)([^/?#]+)(.*)$/isu;
const outsideHost = /[^a-z0-9._:@%\u{80}-\u{10ffff}-]/iu;
const glued = fromRe2(`^([A-Za-z0-9.-]+)[${classMembers(gluedLetters)}]`, 'u');
const closers: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/**
 * The address as a reader would copy it: without closing punctuation, with balanced brackets. Null where the host cannot be
 * one, and where the text was cut inside the address (a trailing …), which would invent an address that nobody shared.
 */
export function urlCandidate(raw: string): string | null {
  const parts = address.exec(raw.trim());
  if (!parts) return null;
  const authority = parts[2]!;
  const host = hostOf(authority, parts[3] !== '');
  if (host === null) return null;
  if (host !== authority) return parts[1]! + host;
  if (/^t\.co$/i.test(host)) return shortened(parts[1]! + host, parts[3]!);
  const rest = withoutEnd(parts[3]!);
  return rest === null ? null : parts[1]! + host + rest;
}

function shortened(start: string, rest: string): string | null {
  const [path, slug, query] = /^\/([A-Za-z0-9]*)(\?[A-Za-z0-9_=&%.+-]*(?:#[A-Za-z0-9_=&%.+-]*)?)?/.exec(rest) ?? [
    '',
    '',
    '',
  ];
  if (slug!.length > 40 || (slug!.length < 10 && rest.startsWith('…', path.length))) return null;
  return query ? start + withoutEnd(path) : start + path;
}

function withoutEnd(rest: string): string | null {
  let end = balancedLength(rest);
  while (end > 0 && ".,:;!?'‘’*|^([{".includes(rest[end - 1]!)) end--;
  return rest[end - 1] === '…' ? null : rest.slice(0, end);
}

function balancedLength(rest: string): number {
  const open: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const character = rest[at]!;
    if (character === '(' || character === '[' || character === '{') open.push(character);
    else if (character in closers) {
      if (open.pop() !== closers[character]) return at;
      if (character === ']' && rest[at + 1] === '(') return at + 1;
    } else if (character === '&' && /^&(?:gt|lt|quot|#0?39);/.test(rest.slice(at, at + 7))) return at;
  }
  return rest.length;
}

/** The part of an authority that is a possible host, with its login and port; null where there is none. */
function hostOf(authority: string, pathFollows: boolean): string | null {
  const outside = outsideHost.exec(authority);
  const inside = outside ? authority.slice(0, outside.index) : authority;
  const [, login = '', name = '', port = ''] = /^(.*@)?([^:]*)(:[0-9]{1,5})?/su.exec(inside)!;
  const prefix = glued.exec(name)?.[1];
  if (prefix !== undefined && parse(prefix).isIcann && getDomain(prefix) !== null) return login + prefix;
  const trimmed = name.replace(/[.…]+$/, '');
  if (name.endsWith('…') || !plausibleHost(trimmed)) return null;
  return login + (pathFollows && name === `${trimmed}.` ? name : trimmed) + port;
}

function plausibleHost(name: string): boolean {
  if (/^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(name)) return true;
  const labels = name.split('.');
  const top = labels.at(-1)!;
  if (labels.length < 2 || name.length > 253) return false;
  if (!/^(?:[a-z]{2,63}|xn--[a-z0-9-]+|[\p{L}\p{M}\p{N}]*[^\0-\x7f][\p{L}\p{M}\p{N}]*)$/iu.test(top)) return false;
  return labels.every(
    (label, at) =>
      label.length > 0 &&
      label.length <= 63 &&
      !/^[-_]|[-_]$|^xn--.*[^\0-\x7f]/i.test(label) &&
      (at < labels.length - 2 || !label.includes('_')),
  );
}
