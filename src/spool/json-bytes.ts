export const LF = 10;
export const CR = 13;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const BACKSLASH = 0x5c;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;

/** White space between the tokens of JSON. */
export function isSpace(byte: number): boolean {
  return byte === 32 || byte === LF || byte === CR || byte === 9;
}

/** Whether a JSON value may begin with this byte: a quote, a bracket, a sign, a digit, or t, f, n. */
export function startsValue(byte: number): boolean {
  if (byte === QUOTE || byte === OPEN_BRACE || byte === OPEN_BRACKET || byte === 0x2d) return true;
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x74 || byte === 0x66 || byte === 0x6e;
}
