import { expect, test } from 'vitest';
import { showForeign } from './foreign-text.ts';

test('direction overrides, control characters and piled-up accents are taken out and named', () => {
  const shown = showForeign(`a\u202Egnp.exe\u0000 ${'e\u0301\u0302\u0303\u0304\u0305\u0306'}`, 100);
  expect(shown.text).toBe('agnp.exe e\u0301\u0302\u0303');
  expect(shown.removed.toSorted()).toEqual(['control characters', 'direction marks', 'piled-up accents']);
  expect(shown.cut).toBe(false);
});

test('a word of 100 kB is cut, and never within a character', () => {
  const shown = showForeign('😀'.repeat(50_000), 1001);
  expect(shown.text).toBe('😀'.repeat(500));
  expect(shown).toMatchObject({ cut: true, length: 100_000 });
});

test('ordinary text in any script stays as it is', () => {
  for (const text of ['Привет, мир', 'שלום עולם', 'สวัสดี', '日本語のテキスト', 'naïve café'])
    expect(showForeign(text, 100)).toMatchObject({ text, removed: [] });
});
