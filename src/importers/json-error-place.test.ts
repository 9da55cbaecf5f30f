import { expect, test } from 'vitest';
import { Random } from '../base/random.ts';
import { jsonErrorPlace } from './json-error-place.ts';

test.each([
  ['{"a": 1,}', 1, 9, 'name in double quotes'],
  ['{\n  "a": tru\n}', 2, 8, 'expected a value'],
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'expected , or }'],
  ['[1, 2', 1, 6, 'expected , or ]'],
  ['{"a": "x\ny"}', 1, 7, 'not closed'],
  ["{'a': 1}", 1, 2, 'name in double quotes'],
  ['{"a": 01}', 1, 8, 'expected , or }'],
  ['', 1, 1, 'too early'],
  ['{} x', 1, 4, 'after the end'],
  ['{"a" 1}', 1, 6, 'colon'],
])('%j', (text, line, column, problem) => {
  expect(jsonErrorPlace(text)).toEqual({ line, column, problem: expect.stringContaining(problem) });
});

test('agrees with JSON.parse on what is JSON, for 5,000 damaged texts', () => {
  const whole = '{"a": [1, -2.5e3, true, null, "x\\n\\u00e9"], "b": {"c": ""}}';
  const random = new Random('json');
  const letters = '{}[],:"\\0-1e.ntu \n';
  let valid = 0;
  for (let round = 0; round < 5000; round++) {
    const at = random.uint32() % whole.length;
    const text =
      whole.slice(0, at) + letters[random.uint32() % letters.length] + whole.slice(at + (random.uint32() % 2));
    let parses = true;
    try {
      JSON.parse(text);
    } catch {
      parses = false;
    }
    if (parses) valid++;
    expect(jsonErrorPlace(text) === null, text).toBe(parses);
  }
  expect(valid).toBeGreaterThan(100);
});
