const alphabet = '234567abcdefghijklmnopqrstuvwxyz';

/** The record key of the n-th post of a fake Bluesky: 13 characters of its sortable alphabet, all different. */
export function recordKey(n: number): string {
  let key = '';
  for (let rest = n; key.length < 11; rest = Math.floor(rest / 32)) key = alphabet[rest % 32] + key;
  return `3k${key}`;
}
