/** A share in words: "4.2 %", "37 %". */
export function percent(share: number): string {
  if (share === 0) return '0 %';
  return `${(100 * share).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} %`;
}

/** A count with thousands apart. */
export function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}

/** A measured number to three digits, never as a power of ten: "0.0425", "4.19", "17,000". */
export function measured(number: number, digits = 3): string {
  return number.toLocaleString('en', { maximumSignificantDigits: digits });
}

/** "p = 0.012", "p < 0.0001". */
export function chance(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${measured(p, 2)}`;
}

/** "1 post", "2 posts". */
export function counted(number: number, one: string, several = `${one}s`): string {
  return `${count(number)} ${Math.round(number) === 1 ? one : several}`;
}

/** A UTC time of the result (ISO 8601) as "2017-05-05 18:49:30 UTC". */
export function utc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** "a, b and c". */
export function listing(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Length of time in words, its two largest units: "6 min 12 s". */
export function lengthOfTime(seconds: number): string {
  const total = Math.abs(seconds);
  if (total < 1) return `${Math.round(total * 1000)} ms`;
  const rounded = Math.round(total);
  const parts: [number, string][] = [
    [Math.floor(rounded / 86_400), 'd'],
    [Math.floor((rounded % 86_400) / 3600), 'h'],
    [Math.floor((rounded % 3600) / 60), 'min'],
    [rounded % 60, 's'],
  ];
  const from = parts.findIndex(([n]) => n > 0);
  return parts
    .slice(from, from + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ');
}
