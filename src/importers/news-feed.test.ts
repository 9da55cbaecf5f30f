import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importedCase } from '../../test/support/imported-case.ts';
import { processorMs } from '../../test/support/processor-ms.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import type { ImportOptions } from '../case/import-files.ts';
import { feedDate } from './feed-date.ts';
import { outlineFeed } from './feed-items.ts';
import { readFileHead } from './file-head.ts';
import { newsFeed } from './news-feed.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillover-feed-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function imported(file: string, options: ImportOptions = {}) {
  const { spilloverCase, report, remove } = await importedCase([file], { ...options, mapped: newsFeed });
  try {
    const { recordsRead, postsAdded, duplicates, problems } = report.totals;
    expect(recordsRead).toBe(postsAdded + duplicates + problems);
    return {
      failed: report.failed,
      totals: [recordsRead, postsAdded, duplicates, problems],
      posts: await spilloverCase.database.rows(`
        select post_id, account_id, account.name as outlet, strftime(time, '%Y-%m-%dT%H:%M:%SZ') as utc, time_precision_ms, text, urls, lang, line, warnings
        from post left join account using (account_key) order by post.line nulls last, post_id`),
      problems: await spilloverCase.database.rows<{ line: number; reason: string; detail: string }>(
        'select line, reason, detail, sample from problem order by line',
      ),
    };
  } finally {
    remove();
  }
}

const rss = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Millbrook Post &amp; Echo</title>
<link>https://www.millbrook-post.example.co.uk/</link>
<language>en-gb</language>
<!-- <item><title>not an item</title></item> -->
<item>
  <title>Bridge &amp;#8211; open #Millbrook</title>
  <link>https://www.millbrook-post.example.co.uk/2021/bridge?utm_source=rss</link>
  <guid isPermaLink="false">post-1</guid>
  <pubDate>Sun, 14 Mar 2021 09:00:00 EST</pubDate>
  <description><![CDATA[<p>It opens. <a href="https://example.org/plan?a=1&amp;b=2">The plan</a> <a href="/about">us</a></item></p>]]></description>
  <content:encoded><![CDATA[<p>Longer: <a href="https://example.net/map">map</a></p>]]></content:encoded>
</item>
<item><title>By its guid</title><guid>https://www.millbrook-post.example.co.uk/2021/two</guid><pubDate>14 Mar 21 10:05 +0100</pubDate></item>
<item><title>No zone</title><link>https://www.millbrook-post.example.co.uk/2021/three</link><pubDate>Sun, 14 Mar 2021 11:00:00</pubDate></item>
<item><title>No date</title><link>https://www.millbrook-post.example.co.uk/2021/four</link></item>
<item><title>Odd date</title><link>https://www.millbrook-post.example.co.uk/2021/five</link><pubDate>yesterday</pubDate></item>
<item/>
<item><description>Neither link nor guid</description><pubDate>Sun, 14 Mar 2021 11:00:00 GMT</pubDate></item>
<item><title>Again</title><link>https://www.millbrook-post.example.co.uk/2021/three</link><pubDate>Sun, 14 Mar 2021 11:00:00</pubDate></item>
</channel></rss>
`;

test('RSS 2.0: outlet, times with and without a zone, links, problems with their line', async () => {
  const { totals, posts, problems } = await imported(write('feed.xml', rss));
  expect(totals).toEqual([8, 3, 1, 4]);
  expect(posts[0]).toEqual({
    post_id: 'https://www.millbrook-post.example.co.uk/2021/bridge?utm_source=rss',
    account_id: 'example.co.uk',
    outlet: 'Millbrook Post & Echo',
    utc: '2021-03-14T14:00:00Z',
    time_precision_ms: 1000,
    text: 'Bridge – open #Millbrook\nIt opens. The plan us',
    urls: [
      'https://www.millbrook-post.example.co.uk/2021/bridge?utm_source=rss',
      'https://example.org/plan?a=1&b=2',
      'https://example.net/map',
    ],
    lang: 'en-gb',
    line: 7,
    warnings: null,
  });
  expect(posts[1]).toMatchObject({
    utc: '2021-03-14T09:05:00Z',
    time_precision_ms: 60_000,
    urls: ['https://www.millbrook-post.example.co.uk/2021/two'],
  });
  expect(posts[2]).toMatchObject({ utc: null, warnings: ['zone-unknown'] });
  expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
    [17, 'missing-time'],
    [18, 'bad-time'],
    [19, 'invalid-xml'],
    [20, 'missing-id'],
  ]);
  expect((await imported(write('feed.xml', rss), { zone: 'Europe/London' })).posts[2]).toMatchObject({
    utc: '2021-03-14T11:00:00Z',
    warnings: null,
  });
});

test('a cut file gives its complete items and one problem, wherever it is cut', async () => {
  const bodyStart = rss.indexOf('<item>\n');
  const ends = [...rss.matchAll(/<\/item>\n|<item\/>\n/g)]
    .map((found) => found.index + found[0].length)
    .filter((end) => end > rss.indexOf(']]></description>'));
  for (const [cut, whole] of [
    [rss.indexOf('content:encoded>'), 0],
    [rss.indexOf('14 Mar 21'), 1],
    [rss.indexOf('No date'), 3],
    [ends[0]!, 1],
    [bodyStart, 0],
  ] as const) {
    const { totals, problems } = await imported(write('cut.xml', rss.slice(0, cut)));
    expect([totals[1], totals[3]], `cut at ${cut}`).toEqual([whole, 1]);
    expect(problems[0]!.reason).toBe('invalid-xml');
    expect(problems[0]!.detail).toContain('the file ends');
  }
});

test('Atom: alternate and related links, text kinds, edited items', async () => {
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title type="html">Le &lt;i&gt;Quai&lt;/i&gt;</title>
    <link href="https://quai.example.org/"/><link rel="self" href="https://feeds.example.net/quai"/>
    <entry><id>tag:quai,2021:1</id><title type="html">Un &amp;amp; deux</title><link href="https://quai.example.org/1"/><link rel="related" href="https://example.com/source"/>
      <published>2021-03-14T09:00:00.250+01:00</published><updated>2021-03-14T12:00:00Z</updated><summary>a &lt; b</summary>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">voir <a href="https://example.net/k">ici</a></div></content></entry>
    <entry><id>tag:quai,2021:2</id><title>Sans lien</title><updated>2021-03-15</updated></entry></feed>`;
  const { totals, posts } = await imported(write('atom.xml', atom));
  expect(totals).toEqual([2, 2, 0, 0]);
  expect(posts[0]).toMatchObject({
    post_id: 'https://quai.example.org/1',
    account_id: 'example.org',
    outlet: 'Le Quai',
    utc: '2021-03-14T08:00:00Z',
    time_precision_ms: 1,
    text: 'Un & deux\na < b',
    urls: ['https://quai.example.org/1', 'https://example.net/k', 'https://example.com/source'],
    lang: 'fr',
  });
  expect(posts[1]).toMatchObject({
    post_id: 'tag:quai,2021:2',
    utc: '2021-03-15T00:00:00Z',
    time_precision_ms: 86_400_000,
    urls: null,
  });
});

test('RSS 1.0, and another encoding, and gzip', async () => {
  const rdf = `<?xml version="1.0" encoding="windows-1251"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://most.example.org/rss"><title>Mост</title><link>https://most.example.org</link><items><rdf:Seq><rdf:li resource="https://most.example.org/1"/></rdf:Seq></items></channel>
    <item rdf:about="https://most.example.org/1"><title>МОСТ</title><link>https://most.example.org/1</link><description>открыт</description><dc:date>2021-03-14T12:00:00+03:00</dc:date></item></rdf:RDF>`;
  const bytes = Buffer.from(
    Array.from(rdf, (character) => {
      const code = character.codePointAt(0)!;
      return code < 128 ? code : code - 0x410 + 0xc0;
    }),
  );
  const { posts } = await imported(write('rdf.xml', bytes));
  expect(posts).toMatchObject([
    {
      post_id: 'https://most.example.org/1',
      utc: '2021-03-14T09:00:00Z',
      text: 'МОСТ\nоткрыт',
      account_id: 'example.org',
    },
  ]);
  expect((await imported(write('feed.xml.gz', gzipSync(rss)))).totals).toEqual([8, 3, 1, 4]);
});

test('JSON Feed', async () => {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Ufer',
    home_page_url: 'https://ufer.example.org',
    language: 'de',
    items: [
      {
        id: 1,
        url: 'https://ufer.example.org/1',
        external_url: 'https://example.com/elsewhere',
        title: 'Eins',
        content_html: '<a href="https://example.net/x">x</a>',
        date_published: '2021-03-14T09:00:00Z',
      },
      {
        id: 'https://ufer.example.org/2',
        content_text: 'see https://example.net/y.',
        date_published: '2021-03-14T09:00:00+01:00',
      },
      { id: '3', content_text: 'no date' },
    ],
  };
  const { totals, posts } = await imported(write('feed.json', JSON.stringify(feed, null, 1)));
  expect(totals).toEqual([3, 2, 0, 1]);
  expect(posts[0]).toMatchObject({
    outlet: 'Ufer',
    account_id: 'example.org',
    lang: 'de',
    utc: '2021-03-14T09:00:00Z',
    urls: ['https://ufer.example.org/1', 'https://example.com/elsewhere', 'https://example.net/x'],
  });
  expect(posts[1]).toMatchObject({
    post_id: 'https://ufer.example.org/2',
    utc: '2021-03-14T08:00:00Z',
    urls: ['https://ufer.example.org/2', 'https://example.net/y'],
  });
});

test('a feed of more than 64 MB is refused', async () => {
  const padding = Buffer.from(
    `<rss version="2.0"><channel><description>${'x'.repeat(65 * 1024 * 1024)}</description></channel></rss>`,
  );
  const { failed } = await imported(write('large.xml.gz', gzipSync(padding, { level: 1 })));
  expect(failed[0]?.error).toContain('64 MB');
});

describe('dates of feeds', () => {
  test.each([
    ['Wed, 02 Oct 2002 13:00:00 GMT', '2002-10-02T13:00:00.000Z', 1000],
    ['Wed, 02 Oct 2002 08:00:00 EST', '2002-10-02T13:00:00.000Z', 1000],
    ['2 Oct 02 15:00 +0200', '2002-10-02T13:00:00.000Z', 60_000],
    ['Thu, 01 Jan 1970 00:00:00 -0530', '1970-01-01T05:30:00.000Z', 1000],
    ['02-Oct-2002 13:00:00 UTC', '2002-10-02T13:00:00.000Z', 1000],
    ['2002-10-02T15:00:00.5+02:00', '2002-10-02T13:00:00.500Z', 1],
    ['2002-10-02', '2002-10-02T00:00:00.000Z', 86_400_000],
  ])('%s', (text, time, precisionMs) => {
    expect(feedDate(text)).toEqual({ time, local: null, precisionMs });
  });
  test('no zone, no date', () => {
    expect(feedDate('02 Oct 2002 13:00:00 XYZ')).toEqual({
      time: null,
      local: '2002-10-02T13:00:00.000',
      precisionMs: 1000,
    });
    for (const text of ['', 'soon', '31 Feb 2021 10:00:00 GMT', '2021-13-01', '12 Foo 2021'])
      expect(feedDate(text), text).toBeNull();
  });
});

test('the outline is linear in hostile input', () => {
  const began = processorMs();
  for (const unit of ['<![CDATA[', '<!--', '<item', '<item><item>', '</item>', '<item "'])
    outlineFeed(unit.repeat(200_000));
  expect(processorMs() - began).toBeLessThan(3000);
});

test('recognises feeds and nothing else', async () => {
  expect(newsFeed.sniff(await readFileHead(write('feed.xml', rss)))).toBeGreaterThan(0.9);
  expect(newsFeed.sniff(await readFileHead(write('page.html', '<html><body><rss></rss></body></html>')))).toBeLessThan(
    0.5,
  );
  expect(newsFeed.sniff(await readFileHead(write('map.xml', '<?xml version="1.0"?><urlset><url/></urlset>')))).toBe(0);
});

test.skipIf(sharedData('formats/telegram_desktop') === null)('does not take an HTML export for a feed', async () => {
  const page = sharedData('formats/telegram_desktop/messages.html');
  if (page !== null) expect(newsFeed.sniff(await readFileHead(page))).toBe(0);
});
