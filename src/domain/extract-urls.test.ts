import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { processorMs } from '../../test/support/processor-ms.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { extractHashtags, extractMentions, extractUrls } from './extract-urls.ts';
import { urlCandidate, urlMatchesSql } from './url-in-text.ts';

const urlTexts: [text: string, urls: string[]][] = [
  [
    '(see https://example.org/a_(b)?x=1), then https://example.net.',
    ['https://example.org/a_(b)?x=1', 'https://example.net'],
  ],
  ['http:// example.com', []],
  ['see example.org/no-scheme and ftp://example.org/', []],
  ['HTTP://Example.ORG/Path!', ['HTTP://Example.ORG/Path']],
  [
    '[the dump](https://archive.is/abcd) and [https://archive.is/nJ9OU]',
    ['https://archive.is/abcd', 'https://archive.is/nJ9OU'],
  ],
  ['[https://a.org/x](https://a.org/x)', ['https://a.org/x']],
  ['"https://a.org/x" <https://b.org/y> `https://c.org/z`', ['https://a.org/x', 'https://b.org/y', 'https://c.org/z']],
  ['“https://a.org/x” «https://b.org/y» ‘https://c.org/z’', ['https://a.org/x', 'https://b.org/y', 'https://c.org/z']],
  [
    '見て https://a.org/x。次「https://b.org/y」（https://c.org/z）',
    ['https://a.org/x', 'https://b.org/y', 'https://c.org/z'],
  ],
  [
    'https://t.co/abcdefghijこれ https://例え.jp/道 https://a.org/Русские_слова',
    ['https://t.co/abcdefghij', 'https://例え.jp/', 'https://a.org/Русские_слова'],
  ],
  ['https://a.org/x😀 http://b.org👍🏿', ['https://a.org/x', 'http://b.org']],
  ['readhttps://t.co/abcdefghijhttps://t.co/klmnopqrst', ['https://t.co/abcdefghij', 'https://t.co/klmnopqrst']],
  ['https://a.org,https://b.org/x|https://c.org/y', ['https://a.org', 'https://b.org/x', 'https://c.org/y']],
  [
    'https://web.archive.org/web/2017/http://a.org/x?u=https://b.org',
    ['https://web.archive.org/web/2017/http://a.org/x?u=https://b.org'],
  ],
  ['https://a.org/x https://a.org/x', ['https://a.org/x']],
  ['RT @x: cut https://t.co/abc…', []],
  ['cut https://www.example.org/a/long/pa…', []],
  ['whole https://t.co/abcdefghij… and on', ['https://t.co/abcdefghij']],
  ['https://example.org/a... and https://example.org/b…?', ['https://example.org/a']],
  [
    'https://example.org:8080/x, https://example.org: then https://example.org:8443.',
    ['https://example.org:8080/x', 'https://example.org', 'https://example.org:8443'],
  ],
  [
    'https://user:pass@example.org/x https://127.0.0.1:80/y',
    ['https://user:pass@example.org/x', 'https://127.0.0.1:80/y'],
  ],
  ['https://a.org/?a[]=1&b={c} *https://b.org/x*', ['https://a.org/?a[]=1&b={c}', 'https://b.org/x']],
  ['https://a.org/x)y https://a.org/x](z', ['https://a.org/x']],
  ['https://a.org/&quot; https://b.org/x&gt;', ['https://a.org/', 'https://b.org/x']],
  [
    "https://en.wikipedia.org/wiki/Schindler's_List it's 'https://b.org/x'",
    ["https://en.wikipedia.org/wiki/Schindler's_List", 'https://b.org/x'],
  ],
  ['a\u200bhttps://a.org/x\u200bb \u202ahttps://b.org/y\u202c', ['https://a.org/x', 'https://b.org/y']],
  ['https://a.org/x\\nhttps://b.org/y\\t', ['https://a.org/x', 'https://b.org/y']],
  ['http://localhost/x http://no-tld http://a.b http://-a.org http://.org http://a..org', []],
  ['http://x2abcdefghijklmnop.onion/dump', ['http://x2abcdefghijklmnop.onion/dump']],
  ['', []],
];

describe('extractUrls', () => {
  it.each(urlTexts)('%j', (text, urls) => {
    expect(extractUrls(text)).toEqual(urls);
    for (const url of urls) expect(urlCandidate(url)).toBe(url);
  });

  it('finds the same from the matches of DuckDB', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const statement = await connection.prepare(`select ${urlMatchesSql('$text')} as found`);
    const path = sharedData('lists/twitter_text_conformance/extract.yml');
    const texts = [...urlTexts.map(([text]) => text), ...(path ? readCases(path).map((one) => one.text) : [])];
    for (const text of texts) {
      statement.bind({ text });
      const [row] = (await statement.runAndReadAll()).getRowObjectsJS();
      const found = (row!.found as string[]).map(urlCandidate).filter((url) => url !== null);
      expect([...new Set(found)]).toEqual(extractUrls(text));
    }
    connection.closeSync();
  });

  it('takes long hostile texts in linear time', () => {
    const started = processorMs();
    for (const part of [
      'http://',
      'http://a.org/(',
      'http://a.',
      'https://a.org/x…',
      '#',
      '@a',
      'http://あ',
      'http://a.org/&',
    ])
      for (const find of [extractUrls, extractHashtags, extractMentions]) find(part.repeat(20_000));
    expect(processorMs() - started).toBeLessThan(5000);
  });
});

describe('extractHashtags and extractMentions', () => {
  it('keep the first of repeats and the spelling', () => {
    expect(extractHashtags('#MacronLeaks #macronleaks #MacronLeaks #a#b (#c) x#d &#39;')).toEqual([
      'MacronLeaks',
      'macronleaks',
      'c',
    ]);
    expect(extractMentions('RT @JackPosobiec: @wikileaks @wikileaks mail@example.org .@a')).toEqual([
      'JackPosobiec',
      'wikileaks',
      'a',
    ]);
  });
});

interface Case {
  section: string;
  description: string;
  text: string;
  expected: string[];
}

/** Reads the few YAML shapes of extract.yml: quoted texts, lists in JSON spelling, or lists of small objects. */
function readCases(path: string): Case[] {
  const unquoted = (text: string) =>
    JSON.parse(text.replace(/\\U([0-9A-Fa-f]{8})/g, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16))));
  const cases: Case[] = [];
  let section = '';
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [, indent = '', name = '', value = ''] = /^( *(?:- )?)([a-z_]+): *(.*)$/.exec(line) ?? [];
    const current = cases.at(-1)!;
    if (indent === '  ') section = name;
    else if (name === 'description') cases.push({ section, description: unquoted(value), text: '', expected: [] });
    else if (name === 'text') current.text = unquoted(value);
    else if (name === 'expected' && value.startsWith('[')) current.expected = unquoted(value);
    else if (['url', 'hashtag', 'screen_name'].includes(name)) current.expected.push(unquoted(value));
  }
  return cases;
}

/** Texts for which the answer differs from twitter-text on purpose, with what is found instead. */
const deviations: Record<string, { found: string[]; because: string }> = {
  '#test.com @test.com #http://test.com @http://test.com #t.co/abcde @t.co/abcde': {
    found: ['http://test.com'],
    because: 'a link behind # or @ was shared all the same',
  },
  '$http://twitter.com $twitter.com $http://t.co/abcde $t.co/abcde $t.co $TVI.CA $RBS.CA': {
    found: ['http://twitter.com', 'http://t.co/abcde'],
    because: 'a link behind $ was shared all the same',
  },
};

const path = sharedData('lists/twitter_text_conformance/extract.yml');
describe.skipIf(!path)('twitter-text conformance', () => {
  const distinct = (list: string[]) => [...new Set(list)];
  const withScheme = (list: string[]) => distinct(list.filter((url) => /^https?:\/\//i.test(url)));
  it.each([
    [
      'urls',
      extractUrls,
      ['urls', 'urls_with_indices', 'urls_with_directional_markers', 'tco_urls_with_params'],
      106,
      108,
    ],
    ['hashtags', extractHashtags, ['hashtags', 'hashtags_from_astral', 'hashtags_with_indices'], 76, 76],
    ['mentions', extractMentions, ['mentions', 'mentions_with_indices', 'mentions_or_lists_with_indices'], 31, 31],
  ] as const)('%s', (kind, extract, sections, agreeing, total) => {
    const cases = readCases(path!).filter((one) => (sections as readonly string[]).includes(one.section));
    const differing = cases.filter((one) => {
      const expected = kind === 'urls' ? withScheme(one.expected) : distinct(one.expected);
      return JSON.stringify(extract(one.text)) !== JSON.stringify(expected);
    });
    const bare =
      kind === 'urls' ? cases.flatMap((one) => one.expected).filter((url) => !/^https?:/i.test(url)).length : 0;
    process.stdout.write(
      `twitter-text ${kind}: ${cases.length - differing.length} of ${cases.length} cases agree` +
        `${bare > 0 ? `, ${bare} addresses without http:// set aside (they are not addresses here)` : ''}\n`,
    );
    for (const { text } of differing) process.stdout.write(`  ${text}: ${deviations[text]?.because}\n`);
    expect([cases.length - differing.length, cases.length]).toEqual([agreeing, total]);
    for (const one of differing) expect(extract(one.text)).toEqual(deviations[one.text]?.found);
  });
});
