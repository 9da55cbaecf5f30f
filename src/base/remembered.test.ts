import { expect, it } from 'vitest';
import { remembered } from './remembered.ts';

it('computes a text once while it is remembered, also where the result is null', () => {
  const asked: string[] = [];
  const lengthOf = remembered((text) => {
    asked.push(text);
    return text === '' ? null : text.length;
  }, 2);
  expect(['a', '', 'a', ''].map(lengthOf)).toEqual([1, null, 1, null]);
  expect(asked).toEqual(['a', '']);
  expect(['bb', 'a'].map(lengthOf)).toEqual([2, 1]);
  expect(asked).toEqual(['a', '', 'bb', 'a']);
});
