import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCase } from '../../src/case/case.ts';
import { type Effects, quietEffects } from '../../src/case/effects.ts';
import { importFiles } from '../../src/case/import-files.ts';
import { caseStatus } from '../../src/case/status.ts';
import { caseContent } from '../support/case-content.ts';
import { importedCase } from '../support/imported-case.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-many-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const save = (name: string, content: string) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

const tweet = (n: number, more: object = {}) => ({
  id: String(1371023293145935873n + BigInt(n)),
  author_id: `99${n % 5}`,
  text: `Post ${n} of the ferry https://example.org/${n % 7} #Millbrook`,
  created_at: `2021-03-14T09:${String(n % 60).padStart(2, '0')}:00.000Z`,
  public_metrics: { like_count: n },
  ...more,
});
const page = (posts: object[], included: object[] = [], followers = 1) =>
  `${JSON.stringify({
    data: posts,
    includes: {
      tweets: included,
      users: [0, 1, 2, 3, 4].map((n) => ({
        id: `99${n}`,
        username: `user${n}`,
        name: `User ${n} seen ${followers} times`,
        created_at: '2020-01-01T00:00:00.000Z',
        public_metrics: { followers_count: followers },
      })),
    },
    __twarc: { url: 'https://api.twitter.com/2/tweets', version: '2', retrieved_at: `2021-03-15T0${followers}:00:00Z` },
  })}\n`;
const thread = (opening: number, replies: number[]) =>
  JSON.stringify({
    posts: [opening, ...replies].map((no) => ({
      no,
      resto: no === opening ? 0 : opening,
      time: 1615712400 + no,
      com: `post ${no} https://example.org/${no % 3} <a href="#p${opening}" class="quotelink">&gt;&gt;${opening}</a>`,
    })),
  });

/** Files in which the same posts, embedded posts, changes and faults come up again and again. */
function files(): string[] {
  return [
    save('a-1.jsonl', page([tweet(1), tweet(2)], [tweet(30), tweet(31)], 1)),
    save('a-2.jsonl', page([tweet(30), tweet(2), tweet(3)], [tweet(1), tweet(31), tweet(32)], 3)),
    save('a-3.jsonl', page([tweet(4)], [], 2)),
    save('a-4.jsonl', `${JSON.stringify(tweet(5))}\n\n{"id": "7", "text": broken\n${JSON.stringify(tweet(31))}`),
    save('a-5.jsonl', `${JSON.stringify(tweet(6))}\nnot json at all\n"a text"\n${JSON.stringify(tweet(6))}\n`),
    save('a-6.jsonl', page([tweet(3, { text: 'cut in an emoji \ud83d' }), tweet(40)], [tweet(4)], 4)),
    save('b-empty.jsonl', ''),
    ...[1, 2, 3, 4, 5, 6].map((n) => save(`pol-${n}.json`, thread(n * 100, [n * 100 + 1, n * 100 + 2, 700 + (n % 2)]))),
    save('pol-7.json', `${thread(100, [101, 102, 103])}`),
    save(
      'pol-8.json',
      '{"posts":[{"no":800,"resto":0,"time":1615712400,"com":"whole"},{"no":801,"resto":800,"time":1615712401,"com":"cut',
    ),
    save('pol-8b.json', '{"posts":[{"no":810,"resto":0,"time":1615712400,"com":"nothing whole'),
    save('pol-8c.json', '{"posts":[{"no":820,"resto":0,"time":1615712400,"com":"nothing whole here'),
    save('pol-9.json', thread(900, [901])),
    save(
      'c-1.jsonl',
      '{"id":"1371023293145935874","action":"delete","created_at":"2021-03-14T09:01:00.000Z","redacted_at":"2021-03-16T09:00:00.000Z","reason":"deleted"}\n',
    ),
  ];
}

describe('many small files', () => {
  it('come out alike, written together or one by one', { timeout: 120_000 }, async () => {
    const paths = files();
    const together = await importedCase([]);
    const oneByOne = await importedCase([]);
    const notes: string[] = [];
    try {
      const effects = { ...quietEffects, onNote: (note: string) => notes.push(note) };
      const report = await importFiles(together.spilloverCase, paths, {}, effects);
      for (const path of paths) await importFiles(oneByOne.spilloverCase, [path], {}, quietEffects);
      expect(notes).toEqual([]);
      const expected = await caseContent(oneByOne.spilloverCase);
      const found = await caseContent(together.spilloverCase);
      for (const table of Object.keys(expected)) expect(found[table], table).toEqual(expected[table]);
      expect(report.failed.map(({ file }) => file)).toEqual([join(folder, 'b-empty.jsonl')]);
      expect((expected.problems as unknown[]).length).toBeGreaterThan(2);
      for (const { recordsRead, postsAdded, duplicates, problems } of report.sources)
        expect(recordsRead).toBe(postsAdded + duplicates + problems);

      const again = await importFiles(together.spilloverCase, paths, {}, quietEffects);
      expect(again.sources.every((source) => source.alreadyImported)).toBe(true);
      expect(await caseContent(together.spilloverCase)).toEqual(found);
    } finally {
      together.remove();
      oneByOne.remove();
    }
  });

  it('holds a file that is named twice once, and reports files in the order in which they were named', async () => {
    const one = save('x-1.json', thread(1, [2]));
    const two = save('x-2.json', thread(3, [4]));
    const copy = save('x-3.json', thread(1, [2]));
    const { report, remove } = await importedCase([one, two, one, copy, two], { board: 'pol' });
    remove();
    expect(report.sources.map(({ alreadyImported, postsAdded }) => [alreadyImported, postsAdded])).toEqual([
      [false, 2],
      [false, 2],
      [true, 0],
      [true, 0],
      [true, 0],
    ]);
  });

  it('leaves nothing of a batch that was stopped, and no files of its own', async () => {
    const paths = [1, 2, 3, 4].map((n) => save(`stop-${n}.json`, thread(n * 10, [n * 10 + 1])));
    const directory = join(folder, 'stopped');
    const controller = new AbortController();
    const effects: Effects = {
      ...quietEffects,
      signal: controller.signal,
      onProgress: ({ step }) => {
        if (step.includes('artifacts')) controller.abort(new Error('stopped'));
      },
    };
    const spilloverCase = await openCase(directory);
    try {
      await expect(importFiles(spilloverCase, paths, { board: 'pol' }, effects)).rejects.toThrow('stopped');
      expect((await caseContent(spilloverCase)).sources).toEqual([]);
      expect(readdirSync(spilloverCase.temporary)).toEqual([]);
      const report = await importFiles(spilloverCase, paths, { board: 'pol' }, quietEffects);
      expect(report.totals).toMatchObject({ recordsRead: 8, postsAdded: 8 });
    } finally {
      spilloverCase.close();
    }
  });

  it('are grouped by text when they are named again, where the first run ended before that', async () => {
    const path = save('ungrouped.jsonl', [tweet(1), tweet(2)].map((one) => JSON.stringify(one)).join('\n'));
    const spilloverCase = await openCase(join(folder, 'ungrouped'));
    try {
      await importFiles(spilloverCase, [path], { groupTexts: false }, quietEffects);
      expect((await caseStatus(spilloverCase, 'test')).textClusters).toBeNull();
      expect((await importFiles(spilloverCase, [path], {}, quietEffects)).totals.recordsRead).toBe(0);
      expect((await caseStatus(spilloverCase, 'test')).textClusters).toMatchObject({ texts: 2 });
    } finally {
      spilloverCase.close();
    }
  });
});
