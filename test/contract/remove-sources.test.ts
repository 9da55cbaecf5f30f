import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Case } from '../../src/case/case.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { importFiles } from '../../src/case/import-files.ts';
import { listSources, removeSources } from '../../src/case/sources.ts';
import { caseStatus } from '../../src/case/status.ts';
import { caseContent } from '../support/case-content.ts';
import { importedCase } from '../support/imported-case.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-remove-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const save = (name: string, lines: readonly object[], rest = '') => {
  const file = join(folder, name);
  writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n${rest}`);
  return file;
};
const tweet = (n: number, text = `Post ${n} about the ferry and its papers https://example.org/${n}`) => ({
  id: String(1371023293145935873n + BigInt(n)),
  author_id: `99${n}`,
  author: { id: `99${n}`, username: `user${n}` },
  text,
  created_at: `2021-03-14T09:${String(n).padStart(2, '0')}:00.000Z`,
});

/** What a person sees of a case, without the keys and times of the import. */
async function visible(spilloverCase: Case): Promise<object> {
  const { platforms, artifacts, kinds, warnings, totals, coverage } = await caseStatus(spilloverCase, '1');
  const posts = await spilloverCase.database.rows(
    'select post_id, account_id, text, line, embedded from post left join account using (account_key) order by post_id',
  );
  const accounts = await spilloverCase.database.rows('select account_id, handle from account order by account_id');
  return { platforms, artifacts, kinds, warnings, totals, coverage, posts, accounts };
}

const balanced = async (spilloverCase: Case) => {
  for (const { recordsRead, postsAdded, duplicates, problems } of await listSources(spilloverCase))
    expect(recordsRead).toBe(postsAdded + duplicates + problems);
};

describe('a source that is taken back', () => {
  const first = save('first.jsonl', [tweet(1), tweet(2)]);
  const second = save('second.jsonl', [tweet(3), tweet(4), { ...tweet(4), text: 'a duplicate' }], 'broken {\n');

  it('leaves the case as it was before it, gives its key to no other, and can be imported again', async () => {
    const { spilloverCase, remove } = await importedCase([first]);
    try {
      const before = await visible(spilloverCase);
      await importFiles(spilloverCase, [second], {}, quietEffects);
      const whole = await visible(spilloverCase);

      const tried = await removeSources(spilloverCase, ['second.jsonl'], { tryOnly: true });
      expect(tried).toMatchObject({ removed: false, posts: 2, problems: 1, accounts: 2, kept: 0 });
      expect(await visible(spilloverCase)).toEqual(whole);

      const { sources, ...removal } = await removeSources(spilloverCase, ['2'], { tryOnly: false });
      expect(removal).toEqual({ ...tried, sources: undefined, removed: true });
      expect(sources.map(({ file }) => file)).toEqual(['second.jsonl']);
      expect(await visible(spilloverCase)).toEqual(before);

      const again = await importFiles(spilloverCase, [second], {}, quietEffects);
      expect(again.totals).toMatchObject({ recordsRead: 4, postsAdded: 2, duplicates: 1, problems: 1 });
      expect(await visible(spilloverCase)).toEqual(whole);
      expect((await listSources(spilloverCase)).map(({ key }) => key)).toEqual([1, 3]);
    } finally {
      remove();
    }
  });

  it('leaves the posts that another source holds too, which then count for that one', async () => {
    const shared = save('shared.jsonl', [
      tweet(2, 'told otherwise'),
      tweet(5),
      { ...tweet(6), referenced_tweets: [{ type: 'quoted', ...tweet(1), id: tweet(1).id }] },
    ]);
    const { spilloverCase, report, remove } = await importedCase([first, shared]);
    try {
      expect(report.sources[1]).toMatchObject({ postsAdded: 2, duplicates: 1 });
      const gone = await removeSources(spilloverCase, [first], { tryOnly: false });
      expect(gone).toMatchObject({ posts: 0, kept: 2, keptBy: [2] });
      await balanced(spilloverCase);
      expect((await listSources(spilloverCase))[0]).toMatchObject({ postsAdded: 3, duplicates: 0, embedded: 1 });
      expect(
        await spilloverCase.database.rows('select embedded, left(text, 6) as text, line from post order by post_id'),
      ).toEqual([
        { embedded: true, text: 'Post 1', line: 3 },
        { embedded: false, text: 'Post 2', line: 1 },
        { embedded: false, text: 'Post 5', line: 2 },
        { embedded: false, text: 'Post 6', line: 3 },
      ]);
      const both = await removeSources(spilloverCase, ['2'], { tryOnly: false });
      expect(both).toMatchObject({ posts: 3, embedded: 1, kept: 0 });
      for (const rows of Object.values(await caseContent(spilloverCase)))
        expect(rows).toEqual(Array.isArray(rows) && rows.length === 1 ? [{ digest: null, n: 0 }] : []);
      expect(await spilloverCase.database.rows('select * from artifact')).toEqual([]);
      expect(await spilloverCase.database.rows('select * from raw_url')).toEqual([]);
      expect(await spilloverCase.database.rows('select * from sighting')).toEqual([]);
    } finally {
      remove();
    }
  });

  it('falls back to the embedded post where the full one goes', async () => {
    const quoting = save('quoting.jsonl', [
      { ...tweet(6), referenced_tweets: [{ type: 'quoted', ...tweet(1), id: tweet(1).id }] },
    ]);
    const { spilloverCase, report, remove } = await importedCase([quoting]);
    try {
      expect(report.totals).toMatchObject({ postsAdded: 1, embedded: 1 });
      const before = await listSources(spilloverCase);
      await importFiles(spilloverCase, [first], {}, quietEffects);
      const gone = await removeSources(spilloverCase, ['first.jsonl'], { tryOnly: false });
      expect(gone).toMatchObject({ posts: 1, kept: 1, keptBy: [1] });
      expect(await listSources(spilloverCase)).toEqual(before);
      const again = await importFiles(spilloverCase, [first], {}, quietEffects);
      expect(again.totals).toMatchObject({ postsAdded: 2, duplicates: 0 });
      await balanced(spilloverCase);
    } finally {
      remove();
    }
  });

  it('must be named without doubt', async () => {
    const { spilloverCase, remove } = await importedCase([first]);
    try {
      await importFiles(spilloverCase, [first], { zone: 'UTC' }, quietEffects);
      await expect(removeSources(spilloverCase, ['first.jsonl'], { tryOnly: false })).rejects.toThrow(
        '2 sources: 1, 2',
      );
      await expect(removeSources(spilloverCase, ['9'], { tryOnly: false })).rejects.toThrow('no source "9"');
    } finally {
      remove();
    }
  });
});
