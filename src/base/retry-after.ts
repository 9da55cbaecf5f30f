const longestMs = 24 * 3_600_000;

/** Milliseconds that a Retry-After header asks to wait (seconds or an HTTP date; RFC 9110, 10.2.3), at most a day; 0 without one. */
export function retryAfterMs(header: string | null, now: number): number {
  if (header === null || header.trim() === '') return 0;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(longestMs, Math.max(0, ms)) : 0;
}
