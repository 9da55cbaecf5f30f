export interface BackoffLimits {
  baseMs: number;
  capMs: number;
}

/**
 * Milliseconds to wait before attempt `attempt` (0 for the first repeat): doubles up to the cap, and half of it is random so
 * that many clients do not come back at once ("equal jitter", AWS Architecture Blog, Exponential Backoff And Jitter, 2015).
 */
export function backoffMs(attempt: number, { baseMs, capMs }: BackoffLimits, random: () => number): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 40));
  return ceiling / 2 + (random() * ceiling) / 2;
}
