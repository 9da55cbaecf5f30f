const HEX_PAIR = /^[0-9a-fA-F]{2}$/;

/**
 * Mends what writers of JSON commonly get wrong inside strings: `\xNN` (Telegram Desktop) becomes `\u00NN`, raw control
 * characters are escaped, and escapes of half a surrogate pair become `\ufffd`. All else stays as it is.
 */
export function mendJson(text: string): string {
  const parts: string[] = [];
  let inString = false;
  let kept = 0;
  const replace = (from: number, to: number, by: string): void => {
    parts.push(text.slice(kept, from), by);
    kept = to;
  };
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 34) inString = !inString;
    else if (inString && unit < 32) replace(i, i + 1, `\\u${unit.toString(16).padStart(4, '0')}`);
    else if (inString && unit === 92) {
      const letter = text[i + 1];
      if (letter === 'x' && HEX_PAIR.test(text.slice(i + 2, i + 4)))
        replace(i, i + 4, `\\u00${text.slice(i + 2, i + 4)}`);
      else if (letter === 'u') {
        const code = text.slice(i + 2, i + 6).toLowerCase();
        if (/^d[89ab]/.test(code) && /^\\ud[c-f]/i.test(text.slice(i + 6, i + 10))) i += 6;
        else if (/^d[89a-f][0-9a-f]{2}/.test(code)) replace(i, i + 6, '\\ufffd');
      }
      i++;
    }
  }
  parts.push(text.slice(kept));
  return parts.join('');
}
