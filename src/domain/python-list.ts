/**
 * The members of a list written in a text cell: a Python literal such as `['a', "b's"]`, a JSON array, or a bare bracketed list
 * `[a, b]`; members that are dicts or tuples come back as their source text. Without brackets the whole text is one member.
 * Missing members (None, nan, empty) are left out.
 */
export function pythonList(text: string): string[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const open = trimmed[0];
  if (open !== '[' && open !== '(' && open !== '{') return [trimmed];
  const members: string[] = [];
  let member = '';
  let quoted = false;
  let depth = 0;
  for (let at = 1; at < trimmed.length; at++) {
    const character = trimmed[at]!;
    if ((character === "'" || character === '"') && depth === 0 && (member.trim() === '' || member.trim() === 'u')) {
      const [value, end] = quotedText(trimmed, at);
      member = value;
      quoted = true;
      at = end;
    } else if ((character === "'" || character === '"') && depth > 0) {
      const [, end] = quotedText(trimmed, at);
      member += trimmed.slice(at, end + 1);
      at = end;
    } else if ('[({'.includes(character)) {
      depth++;
      member += character;
    } else if ('])}'.includes(character) && depth > 0) {
      depth--;
      member += character;
    } else if (character === ',' && depth === 0) {
      push(members, member, quoted);
      member = '';
      quoted = false;
    } else if ('])}'.includes(character)) {
      break;
    } else if (!quoted) member += character;
  }
  push(members, member, quoted);
  return members;
}

function push(members: string[], member: string, quoted: boolean): void {
  const value = quoted ? member : member.trim();
  if (value !== '' && (quoted || !/^(none|nan|null)$/i.test(value))) members.push(value);
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

function quotedText(text: string, start: number): [value: string, end: number] {
  const quote = text[start]!;
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at]!;
    if (character === quote) return [value, at];
    if (character !== '\\') {
      value += character;
      continue;
    }
    const next = text[++at] ?? '';
    const hexLength = next === 'x' ? 2 : next === 'u' ? 4 : next === 'U' ? 8 : 0;
    const code = hexLength ? Number.parseInt(text.slice(at + 1, at + 1 + hexLength), 16) : Number.NaN;
    if (hexLength && code <= 0x10ffff) {
      value += String.fromCodePoint(code);
      at += hexLength;
    } else value += escapes[next] ?? next;
  }
  return [value, text.length];
}
