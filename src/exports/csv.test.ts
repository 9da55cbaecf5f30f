import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('quotes what needs quotes', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', null, 1.5, true])).toBe('a,"b,c","d""e","f\ng",,1.5,true\r\n');
});

test('no text becomes a formula, and numbers stay numbers', () => {
  expect(csvLine(['=1+1', '+1', '-1', '@x', '\tq', -2])).toBe("'=1+1,'+1,'-1,'@x,'\tq,-2\r\n");
});
