import { expect, test } from 'vitest';
import { readCompared, writeCompared } from './compared-story.ts';

test('what is compared is written into the address and read from it', () => {
  for (const one of [
    { case: null, story: 'ferry-papers' },
    { case: 'last year, 50:50', story: 'lighthouse' },
  ]) {
    expect(writeCompared(one)).not.toContain(',');
    expect(readCompared(writeCompared(one))).toEqual(one);
  }
  expect(readCompared('%zz:tags').case).toBeNull();
});
