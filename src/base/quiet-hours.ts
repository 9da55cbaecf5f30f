const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export type Weekday = (typeof weekdays)[number];

/** Hours of the night, by the clock on the wall of a place. */
export interface QuietHours {
  /** Minutes after midnight; `to` before `from` lies on the next day. */
  fromMinute: number;
  toMinute: number;
  /** IANA name. */
  timeZone: string;
  /** Days on which quiet hours begin. */
  days: readonly Weekday[];
}

/**
 * Whether a moment (milliseconds since 1970) lies in the quiet hours. The clock on the wall decides: the hour that is read twice when clocks go
 * back is quiet twice, the hour that is left out ends with it.
 */
export function isQuiet({ fromMinute, toMinute, timeZone, days }: QuietHours, at: number): boolean {
  const { minute, weekday } = wallClock(timeZone, at);
  const beginsOn = (day: number) => days.includes(weekdays[(day + 7) % 7]!);
  if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute && beginsOn(weekday);
  if (minute >= fromMinute) return beginsOn(weekday);
  return minute < toMinute && beginsOn(weekday - 1);
}

/** Minutes after midnight of "22:30". @throws RangeError for anything else. */
export function minuteOfDay(text: string): number {
  const parts = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
  if (!parts) throw new RangeError(`"${text}" is no time of day`);
  return Number(parts[1]) * 60 + Number(parts[2]);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(timeZone: string, at: number): { minute: number; weekday: number } {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
    clocks.set(timeZone, clock);
  }
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    minute: Number(parts.hour) * 60 + Number(parts.minute),
    weekday: weekdays.indexOf(parts.weekday!.toLowerCase() as Weekday),
  };
}
