/**
 * The value at the start of a text that may be cut off: the longest beginning that parses once open strings, arrays and
 * objects are closed. Null where nothing can be made of it. For recognising formats only, never for reading records.
 */
export function outlineJson(text: string): unknown {
  const cuts = cutPoints(text);
  for (const { at, closers } of cuts) {
    try {
      return JSON.parse(text.slice(0, at) + closers);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return null;
}

interface Cut {
  at: number;
  closers: string;
}

/** Places after a complete member, last first, with the brackets that are open there. */
function cutPoints(text: string): Cut[] {
  const open: string[] = [];
  const cuts: Cut[] = [];
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
      continue;
    }
    if (character === '"') inString = true;
    else if (character === '{') open.push('}');
    else if (character === '[') open.push(']');
    else if (character === '}' || character === ']') {
      open.pop();
      cuts.push({ at: at + 1, closers: [...open].reverse().join('') });
      if (open.length === 0) break;
    } else if (character === ',') cuts.push({ at, closers: [...open].reverse().join('') });
    if (open.length > 200) break;
    if (cuts.length > 4000) cuts.splice(0, 2000);
  }
  return cuts.reverse().slice(0, 200);
}
