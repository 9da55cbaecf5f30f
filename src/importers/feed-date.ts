import { zoneOffset } from './zone-offsets.ts';

/** When an item says it was published: an instant, or only a clock text without a zone. */
interface FeedDate {
  /** ISO 8601 in UTC; null where the zone is unknown. */
  time: string | null;
  /** ISO 8601 without a zone, given where `time` is null. */
  local: string | null;
  precisionMs: number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const rfc822 =
  /^(?:[a-z]+,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{2,4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(.*))?$/i;
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*(.*))?$/;

/** The date of a feed item written by RFC 822 (RSS) or RFC 3339 (Atom, Dublin Core, JSON Feed); null where it is neither. */
export function feedDate(text: string): FeedDate | null {
  const trimmed = text.trim();
  const dated = rfc822.exec(trimmed);
  if (dated) {
    const [, day, month, year, hour, minute, second, zone] = dated;
    const monthIndex = months.indexOf(month!.toLowerCase());
    if (monthIndex < 0) return null;
    return instant(fullYear(year!), monthIndex, Number(day), hour, minute, second, undefined, zone);
  }
  const parts = iso.exec(trimmed);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = parts;
  return instant(Number(year), Number(month) - 1, Number(day), hour, minute, second, fraction, zone);
}

/** RFC 2822, section 4.3: years of two digits below 50 are of this century, others and three digits count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function instant(
  year: number,
  month: number,
  day: number,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  fraction: string | undefined,
  zone: string | undefined,
): FeedDate | null {
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0${fraction}`) * 1000);
  const wall = new Date(
    Date.UTC(year, month, day, Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0), milliseconds),
  );
  if (Number.isNaN(wall.getTime()) || wall.getUTCDate() !== day || wall.getUTCMonth() !== month) return null;
  const precisionMs =
    hour === undefined ? 86_400_000 : second === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
  const east = hour === undefined ? 0 : zoneOffset((zone ?? '').trim());
  if (east === null) return { time: null, local: wall.toISOString().slice(0, -1), precisionMs };
  return { time: new Date(wall.getTime() - east * 60_000).toISOString(), local: null, precisionMs };
}
