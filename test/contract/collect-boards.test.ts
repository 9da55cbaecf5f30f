import { describe, expect, it, onTestFinished } from 'vitest';
import type { CollectReport } from '../../src/case/collect.ts';
import { emptyCase, postIds, startCollecting } from '../support/collecting.ts';
import { FakeBoard } from '../support/fakes/fourchan-server.ts';
import { type HttpFake, httpFake } from '../support/fakes/http-fake.ts';
import { SimulatedWorld } from '../support/simulated-world.ts';

const start = Date.parse('2026-03-01T12:00:00Z');
const second = 1_000;

interface Scene {
  world: SimulatedWorld;
  fake: HttpFake;
  pol: FakeBoard;
}

async function scene(options: { threads?: number; archive?: boolean } = {}): Promise<Scene> {
  const world = new SimulatedWorld(start);
  const fake = httpFake(world.now);
  const pol = new FakeBoard(world.now, options);
  pol.serve(fake.app, 'pol');
  await fake.listen();
  onTestFinished(() => fake.close());
  return { world, fake, pol };
}

const collecting = { options: { board: ['pol'], listEverySeconds: 10 } };

/** Collects for some seconds of the simulated clock. */
function collectFor(
  { world, fake }: Scene,
  spilloverCase: Awaited<ReturnType<typeof emptyCase>>,
  seconds: number,
): Promise<CollectReport> {
  return startCollecting(spilloverCase, 'fourchan', world, {
    ...collecting,
    baseUrl: fake.baseUrl(),
    forMs: seconds * second,
  }).done;
}

describe('boards with the API of 4chan', () => {
  it('keep every post, tell archived from deleted, keep the first text of an edited post', async () => {
    const { world, fake, pol } = await scene();
    const spilloverCase = await emptyCase();
    const first = pol.open('the first thread');
    const quiet = pol.open('a quiet thread');
    const doomed = pol.open('deleted as a whole');
    const reply = pol.reply(first, 'an answer');
    let short = 0;
    world.after(40 * second, () => {
      pol.edit(first, reply, 'an answer (USER WAS BANNED FOR THIS POST)');
      short = pol.reply(first, 'soon gone');
      pol.addOdd(first, 'not a post');
    });
    world.after(80 * second, () => {
      pol.deletePost(first, short);
      pol.prune(quiet);
      pol.deleteThread(doomed);
    });
    const report = await collectFor({ world, fake, pol }, spilloverCase, 130);
    expect(await postIds(spilloverCase)).toEqual([first, quiet, doomed, reply, short].map((no) => `pol/${no}`).sort());
    const rows = await spilloverCase.database.rows<{ id: string; text: string; edited: boolean; deleted: boolean }>(
      `select post_id as id, text, edited_at is not null as edited, deleted_at is not null as deleted from post order by post_id`,
    );
    expect(rows.filter((row) => row.deleted).map((row) => row.id)).toEqual([`pol/${doomed}`, `pol/${short}`]);
    expect(rows.filter((row) => row.edited).map((row) => [row.id, row.text])).toEqual([[`pol/${reply}`, 'an answer']]);
    expect(report.imported.problems).toBe(1);
    expect(pol.tooFast).toBe(0);
    expect(fake.requests.filter((one) => one.status === 304).length).toBeGreaterThan(0);
    expect(report.gapList).toEqual([]);
    expect(report.coverage).toHaveLength(1);
    expect(Date.parse(report.coverage[0]!.to)).toBeGreaterThan(start + 110 * second);
  });

  it('go on after a pause with what the archive still holds, and say so', async () => {
    const stage = await scene();
    const { world, pol } = stage;
    const spilloverCase = await emptyCase();
    const first = pol.open('before');
    await collectFor(stage, spilloverCase, 30);
    const during = pol.open('came and went in the pause');
    const last = pol.reply(first, 'the last answer');
    pol.prune(during);
    pol.prune(first);
    world.setClock(world.now() + 7_200 * second);
    const after = pol.open('after');
    const report = await collectFor(stage, spilloverCase, 30);
    expect(await postIds(spilloverCase)).toEqual([first, during, last, after].map((no) => `pol/${no}`).sort());
    expect(report.gapList).toMatchObject([{ flag: 'late', cause: expect.stringContaining('archive') }]);
    expect(report.coverage).toHaveLength(1);
    expect(pol.tooFast).toBe(0);
  });

  it('record a gap where the board keeps no archive', async () => {
    const stage = await scene({ archive: false });
    const spilloverCase = await emptyCase();
    stage.pol.open('before');
    await collectFor(stage, spilloverCase, 30);
    const lost = stage.pol.open('came and went in the pause');
    stage.pol.prune(lost);
    stage.world.setClock(stage.world.now() + 7_200 * second);
    const report = await collectFor(stage, spilloverCase, 30);
    expect(report.gapList).toMatchObject([{ flag: 'gap', cause: expect.stringContaining('no archive') }]);
    expect(report.coverage).toHaveLength(2);
    const rows = await spilloverCase.database.rows(
      `select flag, scope, epoch_ms(to_time - from_time) > 7000000 as long from coverage where flag = 'gap'`,
    );
    expect(rows).toEqual([{ flag: 'gap', scope: 'board /pol/', long: true }]);
  });

  it('mark a pruned thread of a board without archive as not deleted', async () => {
    const stage = await scene({ archive: false, threads: 3 });
    const { world, pol } = stage;
    const spilloverCase = await emptyCase();
    for (let number = 0; number < 3; number++) pol.open(`thread ${number}`);
    world.after(40 * second, () => pol.open('pushes the oldest off'));
    const report = await collectFor(stage, spilloverCase, 90);
    expect(report.imported).toMatchObject({ postsAdded: 4, markedDeleted: 0 });
  });
});
