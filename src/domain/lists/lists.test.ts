import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedData } from '../../../test/support/shared-data.ts';
import { canonicalUrl } from '../canonical-url.ts';
import { isShortener } from './url-shorteners.ts';

describe('isShortener', () => {
  it.each(['t.co', 'bit.ly', 'www.bit.ly', 'on.wsj.com', 'abc.app.link', 'fb.watch'])('%s is one', (host) => {
    expect(isShortener(host)).toBe(true);
  });
  it.each(['youtu.be', 'redd.it', 'wsj.com', 'x.com', 'archive.is', 'example.org', 'localhost', ''])(
    '%s is none',
    (host) => {
      expect(isShortener(host)).toBe(false);
    },
  );
});

const shorteners = sharedData('lists/url_shorteners/list');
it.skipIf(!shorteners)('the list of shorteners covers a part of the public one', () => {
  const known = readFileSync(shorteners!, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const covered = known.filter(isShortener).length;
  process.stdout.write(
    `url shorteners: ${covered} of the ${known.length} in the public list (most others serve one company)\n`,
  );
  expect(covered).toBeGreaterThanOrEqual(150);
});

/** One text that a rule of the list matches; its regular expressions use groups, classes and repeats only. */
function sampleOf(rule: string): string {
  const sample = rule
    .replace('(?:%3F)?', '')
    .replace(/\[((?:\\.|[^\]\\])+)\]/g, (_, members: string) => (members.startsWith('^') ? '_' : members[0]!))
    .replace(/\((?:\?:)?([^()|]*)(?:\|[^()]*)?\)[*+?]?/g, '$1')
    .replace(/(\\?.)\{(\d)[^}]*\}/g, (_, one: string, times: string) => one.repeat(Number(times)))
    .replace(/(?<!\\)[*+?]/g, '')
    .replaceAll('\\d', '1')
    .replaceAll('\\', '');
  expect(sample).toMatch(new RegExp(`^(?:${rule})$`, 'i'));
  return sample;
}

/** Providers sampled, an address of each, and how many of their rules the project's own list follows. */
const sampled: [provider: string, address: string, agreeing: number, rules: number][] = [
  ['globalRules', 'https://example.org/a', 48, 48],
  ['google', 'https://www.google.com/search', 36, 38],
  ['youtube', 'https://www.youtube.com/playlist', 5, 5],
  ['facebook', 'https://www.facebook.com/page/posts/1', 27, 27],
  ['twitter', 'https://twitter.com/someone', 5, 5],
  ['reddit', 'https://www.reddit.com/r/news', 12, 12],
  ['instagram', 'https://www.instagram.com/p/A1', 2, 2],
  ['tiktok.com', 'https://www.tiktok.com/@a', 10, 10],
  ['bing', 'https://www.bing.com/search', 6, 6],
  ['msn', 'https://www.msn.com/a', 2, 2],
  ['yandex', 'https://yandex.ru/search', 2, 2],
  ['LinkedIn', 'https://www.linkedin.com/posts/a', 3, 4],
  ['medium.com', 'https://medium.com/a', 1, 1],
  ['spotify.com', 'https://open.spotify.com/track/a', 1, 1],
  ['amazon', 'https://www.amazon.com/dp/A1', 26, 36],
  ['ebay', 'https://www.ebay.com/itm/1', 4, 4],
  ['imdb.com', 'https://www.imdb.com/title/tt1', 2, 2],
  ['nytimes.com', 'https://www.nytimes.com/a', 1, 1],
  ['nypost.com', 'https://nypost.com/a', 1, 1],
  ['theguardian.com', 'https://www.theguardian.com/a', 1, 1],
  ['bbc', 'https://www.bbc.com/news/a', 2, 2],
  ['reuters.com', 'https://www.reuters.com/a', 1, 1],
  ['cnbc.com', 'https://www.cnbc.com/a', 1, 1],
  ['forbes.com', 'https://www.forbes.com/a', 1, 1],
  ['newyorker.com', 'https://www.newyorker.com/a', 5, 5],
  ['wired.com', 'https://www.wired.com/a', 1, 1],
  ['metro.co.uk', 'https://metro.co.uk/a', 1, 1],
  ['thetimes.co.uk', 'https://www.thetimes.co.uk/a', 1, 1],
  ['SPIEGEL ONLINE', 'https://www.spiegel.de/a', 1, 1],
  ['onet.pl', 'https://www.onet.pl/a', 4, 4],
  ['europe1.fr', 'https://www.europe1.fr/a', 1, 1],
  ['change.org', 'https://www.change.org/p/a', 3, 3],
  ['bilibili.com', 'https://www.bilibili.com/video/a', 22, 22],
];

/** Why some parameters that the public list removes stay here. */
const reasons: Record<string, string> = {
  google: 'a name nobody meets',
  LinkedIn: 'a pattern for any four letters, which would take "list" and "live" too',
  amazon: 'what a shop shows inside a page; it matters to shoppers, not to shares of a story',
};

const rules = sharedData('lists/clearurls/data.min.json');
describe.skipIf(!rules)('tracking parameters against ClearURLs', () => {
  const { providers } = JSON.parse(readFileSync(rules!, 'utf8')) as { providers: Record<string, { rules: string[] }> };
  it.each(sampled)('%s', (provider, address, agreeing, count) => {
    const names = providers[provider]!.rules.map(sampleOf);
    const left = names.filter(
      (name) => canonicalUrl(`${address}?${encodeURIComponent(name)}=1`)!.url !== canonicalUrl(address)!.url,
    );
    process.stdout.write(
      `ClearURLs ${provider}: ${names.length - left.length} of ${names.length} removed${left.length > 0 ? `, kept: ${left.join(' ')} (${reasons[provider]})` : ''}\n`,
    );
    expect([names.length - left.length, names.length]).toEqual([agreeing, count]);
    if (left.length > 0) expect(reasons).toHaveProperty([provider]);
  });
});
