import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, openCase } from '../../src/case/case.ts';
import { caseMask, defaultPublicFigures, knownAccounts } from '../../src/case/case-mask.ts';
import { compareStories } from '../../src/case/compare.ts';
import { importPlanted, plantedStory } from '../../src/case/demo.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { exportStory } from '../../src/case/export.ts';
import { exportForms } from '../../src/case/export-forms.ts';
import { editTimeline, redoTimelineEdit, storyTimeline, undoTimelineEdit } from '../../src/case/timeline.ts';
import { trace } from '../../src/case/trace.ts';
import { verifyPackage } from '../../src/case/verify.ts';
import { parseTimelineEdits } from '../../src/exports/timeline-edits.ts';
import { plantCampaign } from '../../src/plant/plant-campaign.ts';
import { compareReport } from '../../src/reports/compare-report.ts';
import { traceReport } from '../../src/reports/trace-report.ts';
import { Database } from '../../src/store/database.ts';
import { stixValidator } from '../support/stix-validator.ts';

const folder = mkdtempSync(join(tmpdir(), 'exports-'));
const open: Case[] = [];
afterAll(() => {
  for (const one of open) one.close();
  rmSync(folder, { recursive: true, force: true });
});

async function plantedCase(name: string, options: object): Promise<Case> {
  const files = join(folder, `${name}-files`);
  await plantCampaign({ posts: 10_000, ...options }, files, {});
  const spilloverCase = await openCase(join(folder, name));
  open.push(spilloverCase);
  await importPlanted(spilloverCase, files, quietEffects);
  await trace(spilloverCase, plantedStory, {}, quietEffects);
  return spilloverCase;
}

const filesIn = (path: string): string[] =>
  statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesIn(join(path, name))) : [path];
const outOf = (id: string, masked: boolean) => {
  const name = join(folder, `${masked ? 'masked' : 'plain'}-${id}`);
  return { gexf: `${name}.gexf`, graphml: `${name}.graphml`, stix: `${name}.json`, misp: `${name}.json` }[id] ?? name;
};

describe('exports of a planted campaign', () => {
  let first: Case;
  let second: Case;
  beforeAll(async () => {
    first = await plantedCase('first', { seed: 31 });
    second = await plantedCase('second', { seed: 32, reuseSeed: 31 });
  }, 600_000);

  it('writes every form, and the same bytes again', { timeout: 600_000 }, async () => {
    for (const { id } of exportForms) {
      const request = { story: plantedStory, as: id, out: outOf(id, false), mask: null, dynamic: id === 'gexf' };
      const { files } = await exportStory(first, request, quietEffects);
      expect(files.length, id).toBeGreaterThan(0);
      if (id === 'evidence') continue;
      const bytes = () => filesIn(request.out).map((file) => readFileSync(file));
      const before = bytes();
      await exportStory(first, request, quietEffects);
      expect(bytes(), id).toEqual(before);
    }
    const bundle = JSON.parse(readFileSync(outOf('stix', false), 'utf8'));
    expect(stixValidator()(bundle)).toEqual([]);
    const events = (await storyTimeline(first, plantedStory, {}, quietEffects)).events;
    expect(events.length).toBeGreaterThanOrEqual(20);
    expect(events.length).toBeLessThanOrEqual(60);
    for (const event of events) expect(event.posts.length).toBeGreaterThan(0);
    await expect(
      exportStory(first, { story: plantedStory, as: 'csv', out: folder, mask: null }, quietEffects),
    ).rejects.toThrow('other files');
    await expect(
      exportStory(first, { story: null, as: 'stix', out: 'x.json', mask: null }, quietEffects),
    ).rejects.toThrow('one story');
  });

  it('keeps handles, names and ids of masked accounts out of every masked file', { timeout: 600_000 }, async () => {
    for (const { id } of exportForms)
      await exportStory(
        first,
        { story: plantedStory, as: id, out: outOf(id, true), mask: defaultPublicFigures, dynamic: id === 'gexf' },
        quietEffects,
      );
    const mask = await caseMask(first);
    const traced = await trace(first, plantedStory, {}, quietEffects);
    writeFileSync(join(folder, 'masked-report.html'), traceReport(traced, { mask }));
    const stories = [first, second].map((spilloverCase) => ({ spilloverCase, story: plantedStory }));
    const comparison = await compareStories(
      stories,
      { alignedAt: 'first-seen', mask: defaultPublicFigures },
      quietEffects,
    );
    writeFileSync(join(folder, 'masked-comparison.json'), JSON.stringify(comparison));
    writeFileSync(join(folder, 'masked-comparison.html'), compareReport(comparison));
    const parquet = await Database.open(':memory:');
    for (const file of filesIn(join(folder, 'masked-parquet')).filter((one) => one.endsWith('.parquet')))
      writeFileSync(
        `${file}.txt`,
        JSON.stringify(await parquet.rows(`select t::varchar as row from read_parquet('${file}') as t`)),
      );
    parquet.close();
    const masked = (await knownAccounts(first, defaultPublicFigures)).filter((one) => mask.isMasked(one.account));
    expect(masked.length).toBeGreaterThan(500);
    const posts = await first.database.rows<{ post_id: string; account: string }>(
      `select post_id, post.platform || '/' || account_id as account from post join account using (account_key) where post.platform in ('x', 'bluesky')`,
    );
    const secrets = [
      ...masked.map((one) => one.account.slice(one.account.indexOf('/') + 1)),
      ...masked.flatMap((one) => (one.handle !== null && one.handle.length > 3 ? [one.handle] : [])),
      ...masked.flatMap((one) => (one.name !== null && one.name.length > 3 ? [one.name] : [])),
      ...posts.filter((one) => mask.isMasked(one.account)).map((one) => one.post_id),
    ];
    const publicWords = new Set(
      (await knownAccounts(first, defaultPublicFigures))
        .filter((one) => one.isPublic)
        .flatMap((one) => [one.handle, one.name]),
    );
    const files = readdirSync(folder)
      .filter((name) => name.startsWith('masked-'))
      .flatMap((name) => filesIn(join(folder, name)));
    const foundIn = (file: string): string[] => {
      const text = readFileSync(file, 'utf8').replaceAll('&apos;', "'");
      const runs = new Set(text.match(/[\p{L}\p{N}_]+/gu));
      return secrets
        .filter((one) => !publicWords.has(one))
        .filter((one) => (one.match(/[\p{L}\p{N}_]+/gu) ?? []).every((part) => runs.has(part)) && text.includes(one))
        .map((one) => `${one} in ${file.slice(folder.length)}`);
    };
    const bare = join(folder, 'bare.gexf');
    await exportStory(first, { story: plantedStory, as: 'gexf', out: bare, mask: null }, quietEffects);
    expect(foundIn(bare).length).toBeGreaterThan(500);
    const found = files.filter((one) => !/timelinejs\/timelinejs\/|\.parquet$/.test(one)).flatMap(foundIn);
    expect(found.slice(0, 20)).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
    expect(readFileSync(outOf('gexf', true), 'utf8')).toContain('account-');
  });

  it('names every file in which one bit was flipped, in a folder and in a zip', { timeout: 240_000 }, async () => {
    const out = join(folder, 'evidence');
    await exportStory(first, { story: plantedStory, as: 'evidence', out, mask: null }, quietEffects);
    const whole = verifyPackage(out, null);
    expect(whole.changes).toEqual([]);
    const records = readFileSync(join(out, 'records.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { record: string | null });
    expect(records.length).toBeGreaterThan(100);
    expect(records.every((one) => one.record !== null)).toBe(true);
    let seed = 7;
    for (const file of filesIn(out)) {
      const name = file.slice(out.length + 1);
      const bytes = readFileSync(file);
      for (let times = 0; times < 12; times++) {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
        const at = seed % bytes.length;
        const flipped = Buffer.from(bytes);
        flipped[at] = flipped[at]! ^ (1 << (times % 8));
        writeFileSync(file, flipped);
        const changes = verifyPackage(out, null).changes.map((one) => one.path);
        expect(
          name === 'manifest.json' ? changes.includes(name) : changes.join() === name,
          `${name} byte ${at}: ${changes}`,
        ).toBe(true);
      }
      writeFileSync(file, bytes);
    }
    writeFileSync(join(out, 'more.txt'), 'x');
    expect(verifyPackage(out, 'abc').changes.map((one) => `${one.path} ${one.kind}`)).toEqual([
      'manifest.json changed',
      'more.txt added',
    ]);
    const zip = join(folder, 'evidence.zip');
    await exportStory(first, { story: plantedStory, as: 'evidence', out: zip, mask: null }, quietEffects);
    expect(verifyPackage(zip, null).changes).toEqual([]);
    const bytes = readFileSync(zip);
    for (const at of [3, 40, Math.floor(bytes.length / 2), bytes.length - 3]) {
      const flipped = Buffer.from(bytes);
      flipped[at] = flipped[at]! ^ 4;
      writeFileSync(zip, flipped);
      expect(verifyPackage(zip, null).changes.map((one) => one.path)).toContain('evidence.zip');
    }
  });

  it('keeps edits of a timeline in the case, undoes and redoes them', { timeout: 120_000 }, async () => {
    const before = await storyTimeline(first, plantedStory, {}, quietEffects);
    const [one, two] = before.events;
    const edits = [
      { edit: 'hide', id: one!.id },
      { edit: 'add', id: 'vote', time: '2024-05-16T08:00:00Z', headline: 'The vote', posts: [two!.posts[0]] },
    ];
    await editTimeline(first, plantedStory, parseTimelineEdits(edits, 'test'), quietEffects);
    const after = await storyTimeline(first, plantedStory, {}, quietEffects);
    expect(after.events.find((event) => event.id === one!.id)?.hidden).toBe(true);
    expect(after.events.find((event) => event.id === 'vote')).toMatchObject({
      origin: 'analyst',
      posts: two!.posts.slice(0, 1),
    });
    expect(await undoTimelineEdit(first, plantedStory)).toMatchObject({ id: 'vote' });
    expect(
      (await storyTimeline(first, plantedStory, {}, quietEffects)).events.some((event) => event.id === 'vote'),
    ).toBe(false);
    expect(await redoTimelineEdit(first, plantedStory)).toMatchObject({ id: 'vote' });
    const missing = parseTimelineEdits({ edit: 'cite', id: 'vote', posts: ['x/none'] }, 'test');
    await expect(editTimeline(first, plantedStory, missing, quietEffects)).rejects.toThrow('no post x/none');
  });

  it('lists the accounts that take part in both campaigns, with what they did', { timeout: 120_000 }, async () => {
    const stories = [first, second].map((spilloverCase) => ({ spilloverCase, story: plantedStory }));
    const comparison = await compareStories(stories, { alignedAt: 'first-seen', mask: null }, quietEffects);
    const truth = JSON.parse(readFileSync(join(folder, 'second-files', 'truth.json'), 'utf8')) as {
      reused: string[];
      catalysts: { account: string }[];
    };
    const listed = new Map(comparison.recurring.map((one) => [one.account, one]));
    expect(truth.reused.length).toBe(7);
    expect(truth.reused.filter((account) => listed.has(account)).length).toBeGreaterThanOrEqual(6);
    expect(listed.has(truth.catalysts[0]!.account)).toBe(true);
    for (const one of comparison.recurring)
      for (const part of one.parts) expect(part.evidence.length).toBeGreaterThan(0);
    expect(comparison.campaigns[0]!.stages.find((stage) => stage.id === 'first-seen')?.lagSeconds).toBe(0);
    expect(comparison.sentence).toMatch(/alike/);
    await expect(
      compareStories([stories[0]!, stories[0]!], { alignedAt: 'crossing', mask: null }, quietEffects),
    ).rejects.toThrow('twice');
  });
});
