import { describe, expect, it } from 'vitest';
import { UserError } from '../base/errors.ts';
import { parseStoryQuery, positiveLeaves, type StoryQuery } from './story-query.ts';

const show = (query: StoryQuery): string => {
  if (query.op === 'not') return `!${show(query.part)}`;
  if (query.op === 'and' || query.op === 'or')
    return `(${query.parts.map(show).join(query.op === 'and' ? ' & ' : ' | ')})`;
  return query.op === 'account' ? `account=${query.platform}/${query.value}` : `${query.op}=${query.value}`;
};

describe('parseStoryQuery', () => {
  it.each([
    ['#macronleaks OR url:pastebin.com/abc', '(hashtag=macronleaks | url=pastebin.com/abc)'],
    ['a b OR c', '((term=a & term=b) | term=c)'],
    ['a AND (b OR NOT c)', '(term=a & (term=b | !term=c))'],
    ['"ferry papers" -lang:fr', '(phrase=ferry papers & !lang=fr)'],
    ['account:X/@WikiLeaks', 'account=x/WikiLeaks'],
    ['https://example.org/a?b=c', 'url=https://example.org/a?b=c'],
    ['domain:example.org platform:4chan', '(domain=example.org & platform=4chan)'],
    ['＃日本', 'hashtag=日本'],
    ['url:"example.org/a_(b)" OR media:sha1:ab', '(url=example.org/a_(b) | media=sha1:ab)'],
  ])('%s', (text, expected) => {
    if (text.includes('OR NOT')) expect(() => parseStoryQuery(text)).not.toThrow();
    expect(show(parseStoryQuery(text))).toBe(expected);
  });

  it.each([
    ['', 1],
    ['a AND', 6],
    ['a OR OR b', 6],
    ['(a b', 1],
    ['a )', 3],
    ['say "hello', 5],
    ['colour:red', 1],
    ['a account:nobody', 3],
    ['#', 1],
    ['NOT a', 1],
    ['a lang:', 3],
  ])('names the column of the mistake in %j', (text, column) => {
    let message = '';
    try {
      parseStoryQuery(text);
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      message = (error as UserError).message;
    }
    expect(message).toContain(`column ${column}:`);
  });

  it('lists what a post may carry, without what it must not', () => {
    expect(positiveLeaves(parseStoryQuery('#a (b OR url:c.org) NOT d')).map((leaf) => leaf.op)).toEqual([
      'hashtag',
      'term',
      'url',
    ]);
  });
});
