/** Code point ranges, both ends included. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** The inside of an RE2 character class, without brackets. */
export function classMembers(...ranges: Ranges[]): string {
  const member = (point: number) => `\\x{${point.toString(16)}}`;
  return ranges
    .flat()
    .map(([from, to]) => (from === to ? member(from) : `${member(from)}-${member(to)}`))
    .join('');
}

/** The JavaScript expression that matches what DuckDB's RE2 matches, for patterns without flags and look-around. */
export function fromRe2(pattern: string, flags = 'gu'): RegExp {
  return new RegExp(pattern.replaceAll('\\x{', '\\u{'), flags);
}

/** What counts as blank: ASCII and C1 control characters, and the Unicode spaces and line ends. */
export const blanks: Ranges = [
  [0x00, 0x20],
  [0x7f, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];

/** Characters that only machines see: zero-width space, word joiner, soft hyphen, direction marks. */
export const invisibles: Ranges = [
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2064],
  [0x2066, 0x206f],
  [0xfeff, 0xfeff],
];
