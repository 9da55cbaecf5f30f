import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('quotes what needs quotes', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', null, 1.5, true])).toBe('a,"b,c","d""e","f\ng",,1.5,true\r\n');
});

test('no text becomes a formula, and numbers stay numbers', () => {
  expect(csvLine(['=1+1', '+1', '-1', '@x', '\tq', -2])).toBe("'=1+1,'+1,'-1,'@x,'\tq,-2\r\n");
});

test('no cell begins with a formula, whichever separator a spreadsheet takes and whether or not it honours quotes', () => {
  const hostile = ['a;=1+1', 'a, =1+1', 'a\n=cmd|x', 'a\t"@SUM(1)', '\uff1d1+1', 'a|"" -2+3', "x;'=1", '\n+1'];
  const line = csvLine(hostile);
  for (const separator of [',', ';', '\t', '|']) {
    for (const piece of line.split(/\r?\n/).flatMap((row) => row.split(separator)))
      expect(piece.replace(/^[" ]+/, '')).not.toMatch(/^[=+\-@\uff1d]/);
  }
  expect(csvLine(['a;=1+1'])).toBe("a;'=1+1\r\n");
  expect(csvLine(['a\n=cmd'])).toBe('"a\n\'=cmd"\r\n');
});
