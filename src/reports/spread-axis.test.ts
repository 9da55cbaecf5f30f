import { expect, test } from 'vitest';
import { axis } from './spread-axis.ts';

const labels = (from: string, to: string) =>
  [...axis(Date.parse(from), Date.parse(to), (time) => time, 0).matchAll(/>([^<]+)<\/text>/g)].map((one) => one[1]);

test('the axis of a report has round times from milliseconds to years', () => {
  expect(labels('2016-05-10T22:00:00Z', '2020-10-15T22:00:00Z')).toEqual([
    '2016-07-01',
    '2017-01-01',
    '2017-07-01',
    '2018-01-01',
    '2018-07-01',
    '2019-01-01',
    '2019-07-01',
    '2020-01-01',
    '2020-07-01',
  ]);
  expect(labels('1960-03-01T00:00:00Z', '2020-10-15T00:00:00Z').slice(0, 2)).toEqual(['1970-01-01', '1980-01-01']);
  expect(labels('2024-05-15T10:00:00.100Z', '2024-05-15T10:00:02.000Z').slice(0, 3)).toEqual([
    '10:00:00.500',
    '2024-05-15',
    '10:00:01.000',
  ]);
  expect(labels('2024-05-15T21:00:00Z', '2024-05-16T03:00:00Z').slice(0, 3)).toEqual(['21:00', '2024-05-15', '22:00']);
});
