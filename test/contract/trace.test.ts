import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCase } from '../../src/case/case.ts';
import { importPlanted, plantedStory } from '../../src/case/demo.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { readTruth, scoreTrace } from '../../src/case/evaluate.ts';
import { importFiles } from '../../src/case/import-files.ts';
import { addStory } from '../../src/case/stories.ts';
import { trace } from '../../src/case/trace.ts';
import { Mask } from '../../src/domain/mask.ts';
import { plantCampaign } from '../../src/plant/plant-campaign.ts';
import { type PlantOptions, resolvePlantOptions } from '../../src/plant/plant-options.ts';
import { traceReport } from '../../src/reports/trace-report.ts';
import { importedCase } from '../support/imported-case.ts';
import { sharedData } from '../support/shared-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-trace-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function plant(name: string, options: Partial<PlantOptions>): Promise<string> {
  const planted = join(folder, name);
  await plantCampaign(resolvePlantOptions({ posts: 6000, ...options }), planted, {});
  return planted;
}

async function traced(planted: string, name: string) {
  const spilloverCase = await openCase(join(folder, name));
  try {
    await importPlanted(spilloverCase, planted, quietEffects);
    return await trace(spilloverCase, plantedStory, {}, quietEffects);
  } finally {
    spilloverCase.close();
  }
}

const withoutFiles = (value: unknown) =>
  JSON.stringify(value, (key, inner) => (key === 'file' || key === 'line' ? undefined : inner));

describe('trace of a planted campaign', () => {
  it('finds what was planted, twice with the same bytes, and in any order of rows', { timeout: 240_000 }, async () => {
    const planted = await plant('one', { seed: 11 });
    const first = await traced(planted, 'case-a');
    const score = scoreTrace(first, readTruth(planted));
    expect(score.originCorrect).toBe(true);
    expect(score.originProbability).toBeGreaterThan(0.9);
    expect(score.leftEdgeClean).toBe(true);
    expect(score.bestCatalystInTop3).toBe(true);
    expect(score.mainstreamExact).toBe(true);
    expect(score.boosterAuc).toBeGreaterThan(0.9);
    expect(JSON.stringify(await traced(planted, 'case-b'))).toBe(JSON.stringify(first));

    const shuffled = join(folder, 'shuffled');
    cpSync(planted, shuffled, { recursive: true });
    for (const name of ['x.jsonl', 'bluesky.ndjson']) {
      const lines = readFileSync(join(shuffled, name), 'utf8').trimEnd().split('\n').reverse();
      writeFileSync(join(shuffled, name), `${lines.join('\n')}\n`);
    }
    expect(withoutFiles(await traced(shuffled, 'case-c'))).toBe(withoutFiles(first));
  });

  it('depends on account names nowhere but in names', { timeout: 240_000 }, async () => {
    const planted = await plant('renamed', { seed: 12 });
    const before = await traced(planted, 'case-d');
    const renamed = join(folder, 'renamed-files');
    cpSync(planted, renamed, { recursive: true });
    const rename = (text: string) =>
      text.replace(/\b990000000(\d{9})\b/g, (_, digits: string) => `880000000${[...digits].reverse().join('')}`);
    for (const name of readdirSync(renamed)) {
      if (!/\.(jsonl|json|txt)$/.test(name)) continue;
      writeFileSync(join(renamed, name), rename(readFileSync(join(renamed, name), 'utf8')));
    }
    const after = await traced(renamed, 'case-e');
    const anonymous = (result: typeof before) => ({
      stages: result.stages.map(({ account: _, ...rest }) => rest),
      origin: result.origin.candidates.map((one) => [one.post, one.probability]),
      roles: result.roles.map(({ role, score, low, high, significant }) => ({ role, score, low, high, significant })),
      groups: result.groups.map((group) => [group.accounts.length, group.pValue]),
      concentration: result.concentration,
    });
    expect(anonymous(after)).toEqual(anonymous(before));
  });

  it('says "earliest in this collection" when the platform of origin was not collected', {
    timeout: 240_000,
  }, async () => {
    const planted = await plant('no-board', { seed: 13, missingPlatform: '4chan' });
    const result = await traced(planted, 'case-f');
    expect(result.origin.leftEdgeClean).toBe(false);
    expect(result.origin.statement).toMatch(/^Earliest in this collection/);
    expect(result.notCollected).toContain('4chan');
  });

  it('makes a report that asks for nothing and carries no markup of posts', { timeout: 240_000 }, async () => {
    const planted = await plant('report', { seed: 14 });
    const result = await traced(planted, 'case-g');
    const hostile = {
      ...result,
      cited: result.cited.map((post) => ({
        ...post,
        text: `<script>alert(1)</script><img src=x onerror=y>${post.text}`,
      })),
    };
    const page = traceReport(hostile, { mask: false });
    expect(page).not.toMatch(/<script|<img|<iframe|<link|@import|url\(/i);
    expect(page).toContain('&lt;script&gt;');
    const masked = traceReport(result, {
      mask: new Mask(
        '00ff',
        result.roles.map(({ account, handle }) => ({ account, handle, name: null, isPublic: false })),
      ),
    });
    for (const role of result.roles.filter((one) => one.role === 'booster').slice(0, 15)) {
      expect(masked).not.toContain(role.account.split('/')[1]);
      if (role.handle && role.handle.length > 4) expect(masked).not.toContain(role.handle);
    }
  });
});

const ira = sharedData('ira/french_election_2017.csv.gz');
describe('trace of the IRA slice', () => {
  it.skipIf(!ira)('finds the true first post and says what was not collected', { timeout: 120_000 }, async () => {
    const { spilloverCase, report, remove } = await importedCase([ira!]);
    try {
      expect(report.totals.recordsRead).toBe(63_167);
      await addStory(spilloverCase, { name: 'macron', query: '#macronleaks OR #macrongate' });
      const result = await trace(spilloverCase, 'macron', {}, quietEffects);
      const first = result.stages.find((stage) => stage.id === 'first-seen')!;
      expect(first.time).toBe('2017-05-04T18:54:00.000Z');
      expect(result.cited.find((post) => post.post === first.post)?.handle).toBe('DevineDevinBr');
      expect(result.origin.statement).toMatch(/^Earliest in this collection/);
      expect(result.notCollected).toEqual(expect.arrayContaining(['4chan', 'telegram', 'news']));
      await importFiles(spilloverCase, [ira!], {}, quietEffects);
    } finally {
      remove();
    }
  });
});
