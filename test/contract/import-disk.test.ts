import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCase } from '../../src/case/case.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { importFiles } from '../../src/case/import-files.ts';
import { smallDisk } from '../support/small-disk.ts';

const tweets = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      id: String(1371023293145935873n + BigInt(from + n) * 4194304n),
      author_id: String(n % 500),
      created_at: '2021-03-14T09:00:00.000Z',
      text: `post ${from + n} about https://example.org/${n} ${(n * 7919).toString(36).repeat(60)}`,
    }),
  ).join('\n');

describe('an import onto a disk that becomes full', () => {
  it('says so and keeps whole files only', { timeout: 60_000 }, async (context) => {
    const disk = smallDisk(4);
    if (disk === null) return context.skip('SKIPPED: this process may not mount a small disk');
    const folder = mkdtempSync(join(tmpdir(), 'spillover-full-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const files = [
      ['small.jsonl', tweets(0, 5)],
      ['large.jsonl', tweets(10, 20_000)],
    ].map(([name, content]) => {
      const file = join(folder, name!);
      writeFileSync(file, content!);
      return file;
    });
    const spilloverCase = await openCase(join(disk, 'case'));
    const report = await importFiles(spilloverCase, files, {}, quietEffects);
    spilloverCase.close();
    expect(report.sources).toMatchObject([{ file: files[0], postsAdded: 5 }]);
    expect(report.failed).toMatchObject([
      { file: files[1], error: expect.stringContaining('disk of the case is full') },
    ]);
    const again = await openCase(join(disk, 'case'), { readOnly: true });
    expect(await again.database.rows('select file, posts_added from source')).toEqual([
      { file: 'small.jsonl', posts_added: 5 },
    ]);
    expect(await again.database.rows('select count(*) as n from post')).toEqual([{ n: 5 }]);
    again.close();
  });
});
