/** A tick of a time axis; `major` where a larger unit begins (midnight, a new year). */
export interface Tick {
  time: number;
  label: string;
  major: boolean;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14].map((n) => n * day),
];
const monthSteps = [1, 3, 6, 12, 24, 60, 120];

/**
 * Ticks between two times (ms), at most about `most`, from milliseconds to decades, at round clock times of the zone.
 * `parts` writes a time for a step; `offsetMs` is the zone's distance from UTC at a time.
 */
export function axisTicks(
  from: number,
  to: number,
  most: number,
  write: (time: number, unit: 'ms' | 'second' | 'minute' | 'day' | 'month' | 'year') => string,
  offsetMs: (time: number) => number = () => 0,
): Tick[] {
  const wanted = (to - from) / Math.max(1, most);
  const step = steps.find((one) => one >= wanted);
  if (step === undefined) return monthTicks(from, to, wanted, write, offsetMs);
  const unit = step < second ? 'ms' : step < minute ? 'second' : step < day ? 'minute' : 'day';
  const offset = offsetMs((from + to) / 2);
  const ticks: Tick[] = [];
  for (let local = Math.ceil((from + offset) / step) * step; local - offset <= to; local += step) {
    const time = local - offset;
    const major = step < day ? local % day === 0 : new Date(local).getUTCDate() === 1;
    ticks.push({ time, major, label: write(time, major && step < day ? 'day' : unit) });
  }
  return ticks;
}

function monthTicks(
  from: number,
  to: number,
  wanted: number,
  write: (time: number, unit: 'month' | 'year') => string,
  offsetMs: (time: number) => number,
): Tick[] {
  const months =
    monthSteps.find((one) => one * 30.44 * day >= wanted) ?? Math.ceil(wanted / (365.25 * day * 100)) * 1200;
  const offset = offsetMs((from + to) / 2);
  const first = new Date(from + offset);
  const ticks: Tick[] = [];
  const start = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
  for (let month = start; ; month += months) {
    const time = Date.UTC(Math.floor(month / 12), month % 12, 1) - offset;
    if (time > to) return ticks;
    if (time < from) continue;
    const major = month % 12 === 0;
    ticks.push({ time, major, label: write(time, major || months >= 12 ? 'year' : 'month') });
  }
}
