import { describe, expect, it, onTestFinished } from 'vitest';
import type { Case } from '../../src/case/case.ts';
import type { CollectReport } from '../../src/case/collect.ts';
import { emptyCase, postIds, startCollecting } from '../support/collecting.ts';
import { fakeBlueskySearch } from '../support/fakes/bluesky-search-server.ts';
import { fakeFeed } from '../support/fakes/feed-server.ts';
import { fakeGdelt } from '../support/fakes/gdelt-server.ts';
import { fakeMastodon } from '../support/fakes/mastodon-server.ts';
import type { PolledFake } from '../support/fakes/polled-fake.ts';
import { fakeReddit } from '../support/fakes/reddit-server.ts';
import { fakeTelegram } from '../support/fakes/telegram-server.ts';
import { fakeX } from '../support/fakes/x-server.ts';
import { SimulatedWorld } from '../support/simulated-world.ts';

const start = Date.parse('2026-03-01T12:00:00Z');
const sources: [name: string, make: (now: () => number) => PolledFake, losesInFlood: boolean][] = [
  ['bluesky search', fakeBlueskySearch, true],
  ['mastodon timelines', fakeMastodon, true],
  ['reddit', fakeReddit, true],
  ['telegram', fakeTelegram, true],
  ['feed', fakeFeed, true],
  ['gdelt', fakeGdelt, true],
  ['x recent search', fakeX, false],
];

async function scene(make: (now: () => number) => PolledFake) {
  const world = new SimulatedWorld(start);
  const fake = make(world.now);
  await fake.http.listen();
  onTestFinished(() => fake.http.close());
  return { world, fake, spilloverCase: await emptyCase() };
}

function collectFor(world: SimulatedWorld, fake: PolledFake, spilloverCase: Case, ms: number): Promise<CollectReport> {
  return startCollecting(spilloverCase, fake.collector, world, {
    options: fake.options,
    environment: fake.environment ?? {},
    baseUrl: fake.http.baseUrl(),
    forMs: ms,
    checkpointMs: 10_000,
  }).done;
}

const timesBetween = (fake: PolledFake) =>
  fake.http.requests.slice(1).map((request, index) => request.time - fake.http.requests[index]!.time);

describe.each(sources)('%s', (_name, make, losesInFlood) => {
  it('gives everything once over looks and restarts, keeps the pace, and is complete without a gap', async () => {
    const { world, fake, spilloverCase } = await scene(make);
    const ids = [fake.publish('one'), fake.publish('two'), fake.publish('three')];
    world.setClock(world.now() + 20_000);
    world.after(1.5 * fake.everyMs, () => {
      ids.push(fake.publish('four'));
      fake.publishMalformed();
      ids.push(fake.publish('five'));
    });
    const first = await collectFor(world, fake, spilloverCase, 3.5 * fake.everyMs);
    expect(await postIds(spilloverCase)).toEqual(ids.toSorted());
    expect(first.imported.problems).toBeGreaterThan(0);
    ids.push(fake.publish('six, while nobody looked'));
    world.setClock(world.now() + 2 * fake.everyMs);
    const second = await collectFor(world, fake, spilloverCase, 1.5 * fake.everyMs);
    expect(await postIds(spilloverCase)).toEqual(ids.toSorted());
    expect(second.gapList).toEqual([]);
    expect(second.coverage).toHaveLength(1);
    expect(Date.parse(second.coverage[0]!.to)).toBeGreaterThan(world.now() - fake.everyMs - 60_000);
    expect(Math.min(...timesBetween(fake))).toBeGreaterThanOrEqual(fake.intervalMs);
    expect(fake.http.requests.every(({ headers }) => headers.get('user-agent')?.startsWith('Spillover/'))).toBe(true);
    const flags = await spilloverCase.database.rows<{ flag: string }>(`select distinct flag from coverage`);
    expect(flags).toHaveLength(1);
  });

  it('waits out refusals, silence and broken answers, each longer than the one before', async () => {
    const { world, fake, spilloverCase } = await scene(make);
    const ids = [fake.publish('one')];
    world.setClock(world.now() + 20_000);
    fake.http.faults.push(
      { status: 429, retryAfter: '90' },
      { status: 503 },
      { status: 503 },
      { status: 502 },
      { status: 500 },
      { hang: true },
    );
    const report = await collectFor(world, fake, spilloverCase, 2 * fake.everyMs + 3_600_000);
    expect(await postIds(spilloverCase)).toEqual(ids);
    expect(report.gapList.filter((gap) => gap.flag === 'gap')).toEqual([]);
    const waits = timesBetween(fake).slice(0, 5);
    expect(waits[0]).toBeGreaterThanOrEqual(90_000);
    expect(waits[3]!).toBeGreaterThan(waits[1]!);
    expect(Math.max(...waits.slice(1))).toBeLessThanOrEqual(300_000 + fake.intervalMs);
    expect(new Set(waits).size).toBe(waits.length);
  });

  it.runIf(losesInFlood)('tells what it lost when more came than the source shows', async () => {
    const { world, fake, spilloverCase } = await scene(make);
    fake.publish('one');
    world.setClock(world.now() + 20_000);
    await collectFor(world, fake, spilloverCase, fake.everyMs / 2);
    world.setClock(world.now() + fake.everyMs);
    fake.flood();
    world.setClock(world.now() + fake.everyMs);
    const report = await collectFor(world, fake, spilloverCase, fake.everyMs / 2 + 600_000);
    expect(report.gapList.length).toBeGreaterThan(0);
    expect(report.gapList.every((gap) => gap.cause.length > 10)).toBe(true);
    const rows = await spilloverCase.database.rows<{ cause: string }>(
      `select cause from coverage where flag in ('gap', 'capped')`,
    );
    expect(rows.length).toBe(report.gapList.length);
  });
});
