import { expect, test } from 'vitest';
import { Mask } from './mask.ts';

const accounts = [
  { account: 'x/861001234567890123', handle: 'Sanuni', name: 'Vega Bavo', isPublic: false },
  { account: 'bluesky/did:plc:abcdefghijklmnopqrstuvwx', handle: 'gavi.bsky.social', name: 'gavi 🌊', isPublic: false },
  { account: 'x/42', handle: 'wiki_desk', name: 'Wiki Desk', isPublic: true },
  { account: 'x/43', handle: 'fan', name: 'Wiki Desk', isPublic: false },
];
const mask = new Mask('00ff', accounts);

test('pseudonyms are stable under a key and differ under another', () => {
  expect(mask.account('x/861001234567890123')).toBe(new Mask('00ff', []).account('x/861001234567890123'));
  expect(mask.account('x/861001234567890123')).not.toBe(new Mask('00fe', []).account('x/861001234567890123'));
  expect(mask.account('x/861001234567890123')).toMatch(/^x\/account-[0-9a-f]{12}$/);
  expect(mask.account('x/42')).toBe('x/42');
  expect([mask.handle('x/42', 'wiki_desk'), mask.handle('x/43', null)]).toEqual(['wiki_desk', null]);
});

test('posts of masked and unknown authors get pseudonyms; boards and public figures stay', () => {
  expect(mask.post('x/9', 'x/43')).toMatch(/^x\/post-/);
  expect(mask.post('x/9', null)).toMatch(/^x\/post-/);
  expect(mask.post('x/9', 'x/42')).toBe('x/9');
  expect(mask.post('4chan/12', null)).toBe('4chan/12');
});

test('texts lose handles, names, ids, strangers’ mentions, profile pages and numbers of posts', () => {
  const who = mask.account('x/861001234567890123').slice(2);
  expect(mask.text('RT @sanuni: see Sanunis, SANUNI and vega  bavo, Vega Bavo!')).toBe(
    `RT @${who}: see Sanunis, ${who} and vega  bavo, [name]!`,
  );
  expect(mask.text('https://x.com/Sanuni/status/861001234567890199?s=1')).toMatch(
    new RegExp(`^https://x.com/${who}/status/post-[0-9a-f]{12}\\?s=1$`),
  );
  expect(mask.text('at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3ks7abcdefgh2')).toMatch(
    /^at:\/\/account-[0-9a-f]{12}\/app\.bsky\.feed\.post\/post-[0-9a-f]{12}$/,
  );
  expect(mask.text('gavi 🌊 says hi, GAVI.bsky.social too')).toMatch(/^\[name\] says hi, account-[0-9a-f]{12} too$/);
  expect(mask.text('@stranger_1 at twitter.com/stranger_1')).toMatch(/^@(account-[0-9a-f]{12}) at twitter\.com\/\1$/);
  expect(mask.text('id 861001234567890123, year 2024, 12345 boats')).toBe(`id ${who}, year 2024, 12345 boats`);
});

test('what a public figure is called stays, also where another account has the same name', () => {
  expect(mask.text('@wiki_desk and Wiki Desk at x.com/wiki_desk')).toBe('@wiki_desk and Wiki Desk at x.com/wiki_desk');
});

test('letters whose lower case is longer do not shift the cut', () => {
  expect(mask.text('İİ Sanuni İ')).toMatch(/^İİ account-[0-9a-f]{12} İ$/);
});
