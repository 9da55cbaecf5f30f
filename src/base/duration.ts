/** Length of time in words, its two largest units: "6 min 12 s"; a year is 365 days. */
export function duration(seconds: number): string {
  const total = Math.round(Math.abs(seconds));
  const parts: [number, string][] = [
    [Math.floor(total / 31_536_000), 'y'],
    [Math.floor((total % 31_536_000) / 86_400), 'd'],
    [Math.floor((total % 86_400) / 3600), 'h'],
    [Math.floor((total % 3600) / 60), 'min'],
    [total % 60, 's'],
  ];
  const from = parts.findIndex(([n]) => n > 0);
  return from < 0
    ? '0 s'
    : parts
        .slice(from, from + 2)
        .filter(([n]) => n > 0)
        .map(([n, unit]) => `${n} ${unit}`)
        .join(' ');
}
