import { expect } from 'vitest';
import type { Case } from '../../../src/case/case.ts';
import type { CollectReport } from '../../../src/case/collect.ts';
import type { World } from '../../../src/collectors/world.ts';
import { startBesideHeldCase, startCollecting, until } from '../collecting.ts';
import type { StreamedFake } from '../fakes/streamed-fake.ts';
import { hurriedWorld } from '../hurried-world.ts';
import { SimulatedWorld } from '../simulated-world.ts';
import type { Cell, Property } from './property.ts';
import { between, ceilings, type FoundPost, once, onceWithCase, postsOf } from './scene.ts';

const second = 1_000;
const closings = 2;

type Make = (now: () => number) => StreamedFake;

async function stage<T>(make: Make, world: World, play: (world: World, fake: StreamedFake) => Promise<T>) {
  const fake = make(world.now);
  await fake.listen();
  try {
    return await play(world, fake);
  } finally {
    await fake.close();
  }
}

const start = (world: World, fake: StreamedFake, to: Case | string) => {
  const { collector, environment } = fake;
  const options = { options: fake.options, environment, baseUrl: fake.baseUrl() };
  return typeof to === 'string'
    ? startBesideHeldCase(to, collector, world, options)
    : startCollecting(to, collector, world, options);
};

const heardBy = (fake: StreamedFake, connections: number) =>
  until(() => fake.asked().length >= connections && fake.listeners() === 1, `connection ${connections}`);

interface Life {
  wanted: string[];
  posts: FoundPost[];
  removed: string;
  edited: string;
  late: string;
  inSilence: string;
  /** From when the server fell silent to the next connection; milliseconds. */
  silenceMs: number;
  problems: number;
  reports: CollectReport[];
  mostListeners: number;
}

/** Posts come, twice, late, broken; one is edited and one deleted; the stream breaks, falls silent, stops; all goes on. */
async function life(make: Make, to: Case): Promise<Life> {
  return stage(make, hurriedWorld(60), async (world, fake) => {
    let run = start(world, fake, to);
    await heardBy(fake, 1);
    await world.sleep(10 * second);
    const [edited, removed, third] = ['one', 'two', 'three'].map((text) => fake.publish(text)) as [
      string,
      string,
      string,
    ];
    fake.repeat(third);
    const late = fake.publishLate('late', world.now() - 20 * second);
    fake.sendMalformed();
    fake.edit?.(edited, 'edited');
    fake.remove?.(removed);
    const wanted = [edited, removed, third, late];
    await world.sleep(5 * second);
    fake.cut();
    wanted.push(fake.publish('in a break'));
    await heardBy(fake, 2);
    const mostListeners = fake.listeners();
    await world.sleep(20 * second);
    wanted.push(fake.publish('after a break'));
    await world.sleep(5 * second);
    fake.goSilent();
    const silent = world.now();
    const connections = fake.asked().length;
    const inSilence = fake.publish('said to nobody');
    wanted.push(inSilence);
    await heardBy(fake, connections + 1);
    const silenceMs = fake.asked()[connections]! - silent;
    await world.sleep(20 * second);
    wanted.push(fake.publish('after silence'));
    await world.sleep(10 * second);
    const before = await run.stop();
    wanted.push(fake.publish('while nobody listened'));
    const asked = fake.asked().length;
    run = start(world, fake, to);
    await heardBy(fake, asked + 1);
    await world.sleep(20 * second);
    wanted.push(fake.publish('last'));
    await world.sleep(20 * second);
    const after = await run.stop();
    return {
      wanted: wanted.sort(),
      posts: await postsOf(to),
      removed,
      edited,
      late,
      inSilence,
      silenceMs,
      problems: before.imported.problems,
      reports: [before, after],
      mostListeners,
    };
  });
}

interface Trouble {
  /** Between connections as the server saw them, and as the notes told them; milliseconds. */
  waits: number[];
  told: number[];
}

/** Connections are met with 429, 5xx, and are closed as soon as they stand; then all is well. */
async function trouble(make: Make, to: string, { refusals }: StreamedWay): Promise<Trouble> {
  return stage(make, new SimulatedWorld(Date.parse('2026-03-01T12:00:00Z')), async (world, fake) => {
    fake.refuse([
      { status: 429, retryAfter: '30' },
      ...Array.from({ length: refusals }, (_, index) => ({ status: [503, 500, 502, 504][index % 4]! })),
      ...Array.from({ length: closings }, () => ({ status: 200, body: '\r\n' })),
    ]);
    const run = start(world, fake, to);
    await heardBy(fake, 1 + refusals + closings + 1);
    const asked = fake.asked().slice(0, 1 + refusals + closings + 1);
    const told = run.notes.flatMap((note) => /connecting again in ([\d.]+) s/.exec(note)?.[1] ?? []);
    await run.stop();
    return {
      waits: between(asked),
      told: told.map((seconds) => Number(seconds) * second),
    };
  });
}

/** What came while nobody listened can be had from nowhere. */
async function loss(make: Make, to: string): Promise<CollectReport> {
  return stage(make, hurriedWorld(100), async (world, fake) => {
    let run = start(world, fake, to);
    await heardBy(fake, 1);
    await world.sleep(10 * second);
    fake.publish('before');
    await world.sleep(10 * second);
    await run.stop();
    const connections = fake.asked().length;
    fake.publish('lost');
    fake.lose();
    await world.sleep(120 * second);
    run = start(world, fake, to);
    await heardBy(fake, connections + 1);
    await world.sleep(20 * second);
    fake.publish('after');
    await until(() => run.gaps() > 0, 'a gap');
    return run.stop();
  });
}

export interface StreamedWay {
  /** Refusals until the wait has been at its cap three times, and the limits of the wait. */
  refusals: number;
  backoff: { baseMs: number; capMs: number };
  idleMs: number;
  deletions: true | string;
  edits: true | string;
}

/** The cells of a source that sends what comes as it comes, from three scenes that are played once each. */
export function streamedCells(make: Make, way: StreamedWay): Record<Property, Cell> {
  const ofLife = onceWithCase((to) => life(make, to));
  const ofTrouble = once((to) => trouble(make, to, way));
  const ofLoss = once((to) => loss(make, to));
  const where = (applies: true | string, check: () => Promise<void>): Cell => (applies === true ? check : applies);
  const all = async () => {
    const { wanted, posts } = await ofLife();
    expect(posts.map(({ id }) => id)).toEqual(wanted);
  };
  return {
    'resumes from its cursor': async () => {
      await all();
      const { reports } = await ofLife();
      for (const { coverage, gapList } of reports) {
        expect(coverage).toHaveLength(1);
        expect(gapList.filter(({ flag }) => flag !== 'late')).toEqual([]);
      }
    },
    'records a gap': async () => {
      const report = await ofLoss();
      expect(report.gapList).toMatchObject([{ flag: 'gap', cause: expect.stringMatching(/\w{3,} \w+/) }]);
      expect(report.coverage).toHaveLength(2);
    },
    'keeps the rate that the server allows': async () => {
      const { waits } = await ofTrouble();
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(way.backoff.baseMs / 2);
      for (const wait of waits.slice(-closings)) expect(wait).toBeGreaterThanOrEqual(way.backoff.capMs / 2);
      expect((await ofLife()).mostListeners).toBe(1);
    },
    'waits as long as a 429 says': async () => {
      const { waits } = await ofTrouble();
      expect(waits[0]).toBeGreaterThanOrEqual(30 * second);
      expect(waits[0]).toBeLessThan(40 * second);
    },
    'backs off after 5xx, to a cap, with jitter': async () => {
      const { waits, told } = await ofTrouble();
      for (const [index, most] of ceilings(way.refusals, 1, way.backoff).entries()) {
        expect(waits[index + 1]).toBeGreaterThanOrEqual(most / 2);
        expect(waits[index + 1]).toBeLessThanOrEqual(most + 10 * second);
        expect(told[index + 1]! / waits[index + 1]!).toBeCloseTo(1, 0);
      }
      expect(new Set(told.slice(way.refusals - 2, way.refusals + 1)).size).toBe(3);
    },
    'leaves a half-open connection': async () => {
      const { posts, inSilence, silenceMs } = await ofLife();
      expect(posts.map(({ id }) => id)).toContain(inSilence);
      expect(silenceMs).toBeGreaterThan(way.idleMs / 2);
      expect(silenceMs).toBeLessThan(way.idleMs + 60 * second);
    },
    'takes 304 for "nothing new"': 'a stream has no conditional requests: what is new comes by itself',
    'marks what was deleted': where(way.deletions, async () => {
      const { posts, removed } = await ofLife();
      expect(posts.filter(({ deleted }) => deleted)).toMatchObject([{ id: removed, text: 'two' }]);
    }),
    'keeps the first text of what was edited': where(way.edits, async () => {
      const { posts, edited } = await ofLife();
      expect(posts.filter((post) => post.edited)).toMatchObject([{ id: edited, text: 'one' }]);
    }),
    'takes a duplicate once': all,
    'takes what comes out of order': async () => {
      const { posts, late } = await ofLife();
      expect(posts.map(({ id }) => id)).toContain(late);
    },
    'lists what is malformed, and goes on': async () => {
      expect((await ofLife()).problems).toBe(1);
      await all();
    },
  };
}
