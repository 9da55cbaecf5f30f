import { describe, expect, it } from 'vitest';
import { isQuiet, minuteOfDay, type QuietHours, type Weekday } from './quiet-hours.ts';

const everyDay: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const night: QuietHours = { fromMinute: 22 * 60, toMinute: 7 * 60, timeZone: 'Europe/Paris', days: everyDay };
const at = (iso: string) => Date.parse(iso);

describe('isQuiet', () => {
  it.each([
    ['2027-01-10T20:59:59Z', false],
    ['2027-01-10T21:00:00Z', true],
    ['2027-01-11T05:59:59Z', true],
    ['2027-01-11T06:00:00Z', false],
    ['2027-07-10T19:59:59Z', false],
    ['2027-07-10T20:00:00Z', true],
    ['2027-07-11T05:00:00Z', false],
  ])('a night in Paris, winter and summer: %s is %s', (iso, quiet) => {
    expect(isQuiet(night, at(iso))).toBe(quiet);
  });

  it('is an hour shorter in the night in which clocks go forward, an hour longer when they go back', () => {
    const length = (from: string) => {
      let minutes = 0;
      for (let minute = 0; minute < 24 * 60; minute++) if (isQuiet(night, at(from) + minute * 60_000)) minutes++;
      return minutes;
    };
    expect(length('2027-03-20T12:00:00Z')).toBe(9 * 60);
    expect(length('2027-03-27T12:00:00Z')).toBe(8 * 60);
    expect(length('2027-10-30T12:00:00Z')).toBe(10 * 60);
  });

  it('ends with an hour that is left out, and reads the repeated one twice', () => {
    const short: QuietHours = { fromMinute: 60, toMinute: 150, timeZone: 'Europe/Paris', days: everyDay };
    expect(isQuiet(short, at('2027-03-28T00:59:00Z'))).toBe(true);
    expect(isQuiet(short, at('2027-03-28T01:00:00Z'))).toBe(false);
    expect(['00:15', '00:45', '01:15', '01:45'].map((time) => isQuiet(short, at(`2027-10-31T${time}:00Z`)))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('counts the morning after to the day on which the night began', () => {
    const weekend = { ...night, timeZone: 'UTC', days: ['sat', 'sun'] as const };
    expect(isQuiet(weekend, at('2027-01-09T03:00:00Z'))).toBe(false);
    expect(isQuiet(weekend, at('2027-01-09T23:00:00Z'))).toBe(true);
    expect(isQuiet(weekend, at('2027-01-11T03:00:00Z'))).toBe(true);
    expect(isQuiet(weekend, at('2027-01-11T23:00:00Z'))).toBe(false);
  });
});

describe('minuteOfDay', () => {
  it('reads times of day only', () => {
    expect([minuteOfDay('00:00'), minuteOfDay('7:05'), minuteOfDay('23:59')]).toEqual([0, 425, 1439]);
    for (const wrong of ['24:00', '7', '7:5', '07:60', ''])
      expect(() => minuteOfDay(wrong)).toThrow(`"${wrong}" is no time of day`);
  });
});
