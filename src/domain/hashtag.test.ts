import { describe, expect, it } from 'vitest';
import { canonicalHashtag } from './hashtag.ts';

describe('canonicalHashtag', () => {
  it.each([
    ['#MacronLeaks', 'macronleaks'],
    ['macronleaks', 'macronleaks'],
    ['＃ＭａｃｒｏｎＬｅａｋｓ', 'macronleaks'],
    ['##MacronGate', 'macrongate'],
    [' #Élysée ', 'élysée'],
    ['#E\u0301lyse\u0301e', 'élysée'],
    ['#STRASSE', 'strasse'],
    ['#straße', 'strasse'],
    ['#ΟΔΟΣ', 'οδοσ'],
    ['#οδος', 'οδοσ'],
    ['#İstanbul', 'istanbul'],
    ['#ISTANBUL', 'istanbul'],
    ['#ｻｯｶｰ', 'サッカー'],
    ['#ﬁlm', 'film'],
    ['#𝐌𝐚𝐜𝐫𝐨𝐧', 'macron'],
    ['#日本語', '日本語'],
  ])('%s is %s', (raw, expected) => {
    expect(canonicalHashtag(raw)).toBe(expected);
    expect(canonicalHashtag(expected)).toBe(expected);
  });

  it.each(['', '#', ' ＃ ', '##'])('%j is none', (raw) => {
    expect(canonicalHashtag(raw)).toBeNull();
  });
});
