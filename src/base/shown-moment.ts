const minute = 60_000;
const hour = 60 * minute;

/**
 * A moment of a sentence in UTC, no sharper than it is known: `time` and `latest` are ISO times, the first and the last at which it may have been. To the
 * second, to the minute, or as a span.
 */
export function shownMoment(time: string, latest: string): string {
  const width = Date.parse(latest) - Date.parse(time);
  const to = (iso: string, length: number) => `${iso.slice(0, 10)} ${iso.slice(11, length)}`;
  if (width < minute) return `${to(time, 19)} UTC`;
  if (width < hour) return `${to(time, 16)} UTC`;
  return `some time between ${to(time, 16)} and ${to(latest, 16)} UTC`;
}
