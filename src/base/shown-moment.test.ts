import { expect, test } from 'vitest';
import { shownMoment } from './shown-moment.ts';

test('a moment is shown no sharper than it is known', () => {
  expect(shownMoment('2017-05-05T18:35:12.250Z', '2017-05-05T18:35:12.251Z')).toBe('2017-05-05 18:35:12 UTC');
  expect(shownMoment('2017-05-05T18:35:00.000Z', '2017-05-05T18:36:00.000Z')).toBe('2017-05-05 18:35 UTC');
  expect(shownMoment('2017-12-18T23:00:00.000Z', '2017-12-19T23:00:00.000Z')).toBe(
    'some time between 2017-12-18 23:00 and 2017-12-19 23:00 UTC',
  );
});
