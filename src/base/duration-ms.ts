import { UserError } from './errors.ts';

const units: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of "90s", "15m", "6h", "2d", "1w". @throws UserError for anything else. */
export function durationMs(flag: string, text: string): number {
  const parts = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|d|w)$/.exec(text.trim());
  const ms = parts ? Number(parts[1]) * units[parts[2]!]! : 0;
  if (ms <= 0)
    throw new UserError(`${flag} takes a length of time, not "${text}".`, 'Write it as 90s, 15m, 6h, 2d or 1w.');
  return ms;
}
