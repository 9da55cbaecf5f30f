const shape = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:\s+|T)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,3}))?)?)?\s*(?:Z|UTC)?$/i;

/** A moment in UTC, as ISO text, as one types it: `2024-05-15 17:51`, with seconds where it has them. */
export function typedMoment(time: string): string {
  if (time === '') return '';
  const text = new Date(time).toISOString().slice(0, 23).replace('T', ' ');
  return text.replace(/(:00)?\.000$/, '');
}

/** What was typed as ISO text in UTC; empty for nothing, null where it is no moment. A day alone is its midnight. */
export function readMoment(text: string): string | null {
  if (text.trim() === '') return '';
  const found = shape.exec(text.trim());
  if (!found) return null;
  const [year, month, day, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map((part) => Number(part ?? 0));
  const time = new Date(
    Date.UTC(year!, month! - 1, day!, hour, minute, second, Number((found[7] ?? '').padEnd(3, '0'))),
  );
  const isReal =
    time.getUTCMonth() === month! - 1 && time.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return isReal ? time.toISOString() : null;
}
