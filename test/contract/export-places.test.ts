import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../../src/case/case.ts';
import { defaultPublicFigures } from '../../src/case/case-mask.ts';
import { type Effects, quietEffects } from '../../src/case/effects.ts';
import { exportStory } from '../../src/case/export.ts';
import { addStory } from '../../src/case/stories.ts';
import { trace } from '../../src/case/trace.ts';
import { verifyPackage } from '../../src/case/verify.ts';
import { caseOfPosts } from '../support/case-of-posts.ts';

const folder = mkdtempSync(join(tmpdir(), 'export-places-'));
const at = (name: string) => join(folder, name);

describe('where exports go', () => {
  let spilloverCase: Case;
  let remove: () => void;
  const write = (as: string, out: string, more: object = {}, effects: Effects = quietEffects) =>
    exportStory(spilloverCase, { story: 'harbour', as, out, mask: null, ...more }, effects);

  beforeAll(async () => {
    ({ spilloverCase, remove } = await caseOfPosts(
      Array.from({ length: 12 }, (_, i) => ({
        id: `post${i}`,
        account: `secretive${i % 4}`,
        time: Date.UTC(2024, 4, 13, 10, i * 7),
        text: `The harbour closes, says note ${i}`,
        hashtags: ['harbour'],
      })),
    ));
    await addStory(spilloverCase, { name: 'harbour', query: '#harbour' });
    await trace(spilloverCase, 'harbour', {}, quietEffects);
  });
  afterAll(() => {
    remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('writes the network of a story in which nobody passed anything on', async () => {
    for (const [as, out] of [
      ['gexf', 'alone.gexf'],
      ['graphml', 'alone.graphml'],
    ] as const)
      expect((await write(as, at(out))).files).toEqual([{ file: out, rows: 4 }]);
    const { files } = await write('csv', at('alone'));
    expect(files).toContainEqual({ file: 'nodes.csv', rows: 4 });
    expect(files).toContainEqual({ file: 'edges.csv', rows: 0 });
  });

  it('leaves nothing of an open export in the folder of a masked one', async () => {
    for (const as of ['evidence', 'parquet', 'csv', 'timelinejs']) {
      await write(as, at(as));
      const before = readdirSync(at(as));
      const { files } = await write(as, at(as), {
        mask: defaultPublicFigures,
        ...(as === 'csv' ? { story: null } : {}),
      });
      const after = readdirSync(at(as)).filter((name) => name !== 'timelinejs' && name !== '.spillover-export');
      expect(
        after.filter((name) => !files.some(({ file }) => file === name)),
        as,
      ).toEqual([]);
      if (as !== 'timelinejs') expect(before.length, as).toBeGreaterThan(after.length);
      for (const name of after) expect(readFileSync(join(at(as), name), 'latin1'), name).not.toContain('secretive1');
    }
    expect(verifyPackage(at('evidence'), null).changes).toEqual([]);
  });

  it('refuses options that the form does not take', async () => {
    await expect(write('graphml', at('x.graphml'), { dynamic: true })).rejects.toThrow(
      'graphml does not take --dynamic',
    );
    await expect(write('stix', at('x.json'), { network: 'coordination' })).rejects.toThrow('--network');
    await expect(write('csv', at('x'), { eras: [] })).rejects.toThrow('--eras');
    await expect(write('timelinejs', at('x.json'), { without: ['T0117'] })).rejects.toThrow('--without');
    await expect(write('gexf', at('x.gexf'), { actor: { name: 'A', reason: 'b', confidence: 1 } })).rejects.toThrow(
      '--actor',
    );
    expect(readdirSync(folder).filter((name) => name.startsWith('x'))).toEqual([]);
  });

  it('says which technique was not there to be taken out', async () => {
    const notes: string[] = [];
    const effects = { ...quietEffects, onNote: (note: string) => notes.push(note) };
    await write('stix', at('without.json'), { without: ['T0049', 'T0115'] }, effects);
    expect(notes).toEqual([expect.stringContaining('T0049 is not among')]);
  });

  it('tells a place in the way apart from a bug, and makes nothing for a story that is not there', async () => {
    await expect(write('csv', at('none'), { story: 'nowhere' })).rejects.toThrow('There is no story');
    expect(existsSync(at('none'))).toBe(false);
    await write('csv', at('tables'));
    await expect(write('parquet', at('tables'))).rejects.toThrow('holds an export as csv');
    writeFileSync(at('file'), '');
    await expect(write('csv', at('file'))).rejects.toThrow('is a file');
    await expect(write('gexf', join(at('file'), 'x.gexf'))).rejects.toThrow('is a file');
    mkdirSync(at('taken.zip'));
    await expect(write('evidence', at('taken.zip'))).rejects.toThrow('cannot be written');
    mkdirSync(join(at('evidence'), 'more'), { recursive: true });
    rmSync(join(at('evidence'), 'report.html'));
    mkdirSync(join(at('evidence'), 'report.html'));
    await expect(write('evidence', at('evidence'))).rejects.toThrow('report.html cannot be written');
    mkdirSync(join(at('timelinejs'), 'start.js.d'));
    rmSync(join(at('timelinejs'), 'start.js'));
    mkdirSync(join(at('timelinejs'), 'start.js'));
    await expect(write('timelinejs', at('timelinejs'))).rejects.toThrow('start.js cannot be written');
    rmSync(join(at('parquet'), 'post.parquet'));
    mkdirSync(join(at('parquet'), 'post.parquet', 'x'), { recursive: true });
    await expect(write('parquet', at('parquet'))).rejects.toThrow('post.parquet cannot be written');
    if (existsSync('/proc/self')) await expect(write('csv', '/proc/spillover/x')).rejects.toThrow('cannot be written');
  });
});
