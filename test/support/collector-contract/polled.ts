import { expect } from 'vitest';
import type { Case } from '../../../src/case/case.ts';
import type { CollectReport } from '../../../src/case/collect.ts';
import { segmentText, startBesideHeldCase, startCollecting } from '../collecting.ts';
import type { PolledFake } from '../fakes/polled-fake.ts';
import type { Fault, SeenRequest } from '../fakes/seen-request.ts';
import { SimulatedWorld } from '../simulated-world.ts';
import type { Cell, Property } from './property.ts';
import { between, ceilings, type FoundPost, once, onceWithCase, postsOf } from './scene.ts';

const second = 1_000;
const start = Date.parse('2026-03-01T12:00:00Z');
const timeoutMs = 60 * second;
const backoff = { baseMs: 2_000, capMs: 300_000 };
const refusals = 11;

type Make = (now: () => number) => PolledFake;

async function stage<T>(make: Make, play: (world: SimulatedWorld, fake: PolledFake) => Promise<T>): Promise<T> {
  const world = new SimulatedWorld(start);
  const fake = make(world.now);
  await fake.http.listen();
  try {
    return await play(world, fake);
  } finally {
    await fake.http.close();
  }
}

function collectFor(world: SimulatedWorld, fake: PolledFake, to: Case | string, ms: number): Promise<CollectReport> {
  const options = {
    options: fake.options,
    environment: fake.environment ?? {},
    baseUrl: fake.http.baseUrl(),
    forMs: ms,
    checkpointMs: 10 * second,
  };
  const run =
    typeof to === 'string'
      ? startBesideHeldCase(to, fake.collector, world, options)
      : startCollecting(to, fake.collector, world, options);
  return run.done;
}

const pass = (world: SimulatedWorld, ms: number) => world.setClock(world.now() + ms);

interface Life {
  wanted: string[];
  posts: FoundPost[];
  removed: string;
  edited: string;
  late: string | null;
  problems: number;
  reports: CollectReport[];
  /** Of the first run and of the one that went on. */
  requests: [SeenRequest[], SeenRequest[]];
  everyMs: number;
  flags: string[];
}

/** Looks again and again while posts come, go, change, come twice and come late; a pause; goes on. */
async function life(make: Make, to: Case, isLate: boolean): Promise<Life> {
  return stage(make, async (world, fake) => {
    const publish = (count: number) =>
      Array.from({ length: count }, () => {
        pass(world, second);
        return fake.publish(`post at ${world.now()}`);
      });
    const first = publish(fake.initial);
    const removed = first.at(-2)!;
    const edited = first.at(-1)!;
    const wanted = [...first];
    const lateTime = world.now() - 1.5 * second;
    let late: string | null = null;
    pass(world, 20 * second);
    world.after(1.5 * fake.everyMs, () => {
      wanted.push(...[1, 2].map((count) => fake.publish(`later ${count}`)));
      fake.repeat(wanted.at(-2)!);
      fake.publishMalformed();
      fake.remove?.(removed);
      fake.edit?.(edited, 'edited');
      if (!isLate) return;
      late = fake.publishLate!('late', lateTime);
      wanted.push(late);
    });
    const before = await collectFor(world, fake, to, 3.5 * fake.everyMs);
    const asked = fake.http.requests.length;
    const missed = publish(fake.initial);
    fake.repeat(missed.at(-Math.min(10, missed.length))!);
    wanted.push(...missed);
    pass(world, 2 * fake.everyMs);
    const after = await collectFor(world, fake, to, 1.5 * fake.everyMs);
    const flags = await to.database.rows<{ flag: string }>('select distinct flag from coverage order by flag');
    return {
      wanted: wanted.sort(),
      posts: await postsOf(to),
      removed,
      edited,
      late,
      problems: before.imported.problems,
      reports: [before, after],
      requests: [fake.http.requests.slice(0, asked), fake.http.requests.slice(asked)],
      everyMs: fake.everyMs,
      flags: flags.map(({ flag }) => flag),
    };
  });
}

interface Trouble {
  /** When each fault was met, and the request after the last of them. */
  times: number[];
  texts: string[];
  found: string[];
  report: CollectReport;
  requests: SeenRequest[];
}

/** After a good look: 429, eleven times 5xx, a page that is no answer, silence, half an answer; then all is well. */
async function trouble(make: Make, to: string): Promise<Trouble> {
  return stage(make, async (world, fake) => {
    const texts = ['before all trouble', 'in the midst of trouble'];
    fake.publish(texts[0]!);
    pass(world, 20 * second);
    const faults: Fault[] = [
      { status: 429, retryAfter: '90' },
      ...Array.from({ length: refusals }, (_, index) => ({ status: [503, 500, 502, 504][index % 4]! })),
      { body: '<html><body>upstream trouble</body></html>' },
      { hang: true },
      { stall: true },
    ];
    let asked = 0;
    world.after(1.2 * fake.everyMs, () => {
      asked = fake.http.requests.length;
      fake.publish(texts[1]!);
      fake.http.faults.push(...faults);
    });
    const report = await collectFor(world, fake, to, 3.2 * fake.everyMs + 2_000 * second);
    const { requests } = fake.http;
    const times = requests.slice(asked, asked + faults.length + 1).map(({ time }) => time);
    const written = segmentText(to);
    return { times, texts, found: texts.filter((text) => written.includes(text)), report, requests };
  });
}

/** One look, a pause in which more comes than the source shows, a look. */
function loss(make: Make, to: string): Promise<CollectReport> {
  return stage(make, async (world, fake) => {
    fake.publish('one');
    pass(world, 20 * second);
    await collectFor(world, fake, to, fake.everyMs / 2);
    pass(world, (fake.pauseMs ?? 2 * fake.everyMs) / 2);
    fake.flood();
    pass(world, (fake.pauseMs ?? 2 * fake.everyMs) / 2);
    return collectFor(world, fake, to, fake.everyMs / 2 + 600 * second);
  });
}

/** Words for what does not apply, or `true` where it does. */
export interface PolledWay {
  /** True where the requests of a run that goes on show that it did not begin anew. */
  goesOn: (requests: readonly SeenRequest[]) => boolean;
  notModified: true | string;
  deletions: true | string;
  edits: true | string;
  /** A check of its own where posts cannot come out of order but answers can. */
  order: true | string | (() => Promise<void>);
}

/** The cells of a source that is asked again and again, from three scenes that are played once each. */
export function polledCells(make: Make, way: PolledWay): Record<Property, Cell> {
  const ofLife = onceWithCase((to) => life(make, to, way.order === true));
  const ofTrouble = once((to) => trouble(make, to));
  const ofLoss = once((to) => loss(make, to));
  const where = (applies: true | Cell, check: () => Promise<void>): Cell => (applies === true ? check : applies);
  return {
    'resumes from its cursor': async () => {
      const { wanted, posts, reports, requests, flags, everyMs } = await ofLife();
      expect(posts.map(({ id }) => id)).toEqual(wanted);
      // The clock runs on while a busy machine writes to its disk: what was asked after the time of the run says nothing.
      const [, nextRun] = requests;
      expect(way.goesOn(nextRun.filter(({ time }) => time < nextRun[0]!.time + 1.5 * everyMs))).toBe(true);
      const [, after] = reports;
      expect(after!.coverage).toHaveLength(1);
      expect(after!.gapList.filter(({ flag }) => flag !== 'late')).toEqual([]);
      expect(flags.filter((flag) => flag !== 'late')).toHaveLength(1);
      const last = requests[1].at(-1)!.time;
      expect(Date.parse(after!.coverage[0]!.to)).toBeGreaterThan(last - everyMs - 60 * second);
    },
    'records a gap': async () => {
      const { gapList } = await ofLoss();
      expect(gapList.length).toBeGreaterThan(0);
      expect(gapList.every(({ flag, cause }) => flag !== 'late' && cause.length > 10)).toBe(true);
    },
    'keeps the rate that the server allows': async () => {
      const intervalMs = make(() => start).intervalMs;
      for (const requests of [...(await ofLife()).requests, (await ofTrouble()).requests]) {
        expect(Math.min(...between(requests.map(({ time }) => time)))).toBeGreaterThanOrEqual(intervalMs);
        for (const { headers } of requests) expect(headers.get('user-agent')).toMatch(/^Spillover\/[\d.]+ \(.+\)$/);
      }
    },
    'waits as long as a 429 says': async () => {
      const { times, found, texts } = await ofTrouble();
      expect(between(times)[0]).toBeGreaterThanOrEqual(90 * second);
      expect(between(times)[0]).toBeLessThan(120 * second);
      expect(found).toEqual(texts);
    },
    'backs off after 5xx, to a cap, with jitter': async () => {
      const { times, found, texts, report } = await ofTrouble();
      const waits = between(times).slice(1, 1 + refusals);
      for (const [index, most] of ceilings(refusals, 1, backoff).entries()) {
        expect(waits[index]).toBeGreaterThanOrEqual(most / 2);
        expect(waits[index]).toBeLessThanOrEqual(most + 10 * second);
      }
      expect(new Set(waits.slice(-4).map(Math.round)).size).toBe(4);
      expect(found).toEqual(texts);
      expect(report.gapList.filter(({ flag }) => flag === 'gap')).toEqual([]);
    },
    'leaves a half-open connection': async () => {
      const { times, found, texts } = await ofTrouble();
      for (const wait of between(times).slice(-2)) {
        expect(wait).toBeGreaterThanOrEqual(timeoutMs);
        expect(wait).toBeLessThan(2 * timeoutMs);
      }
      expect(found).toEqual(texts);
    },
    'takes 304 for "nothing new"': where(way.notModified, async () => {
      const { requests, posts, wanted } = await ofLife();
      const same = requests.flat().filter(({ status }) => status === 304);
      expect(same.length).toBeGreaterThan(0);
      const isConditional = ({ headers }: SeenRequest) =>
        headers.has('if-none-match') || headers.has('if-modified-since');
      expect(same.every(isConditional)).toBe(true);
      expect(posts.map(({ id }) => id)).toEqual(wanted);
    }),
    'marks what was deleted': where(way.deletions, async () => {
      const { posts, removed } = await ofLife();
      expect(posts.filter(({ deleted }) => deleted).map(({ id }) => id)).toEqual([removed]);
      expect(posts.find(({ id }) => id === removed)!.text).toContain('post at');
    }),
    'keeps the first text of what was edited': where(way.edits, async () => {
      const { posts, edited } = await ofLife();
      expect(posts.find(({ id }) => id === edited)!.text).toContain('post at');
    }),
    'takes a duplicate once': async () => {
      const { wanted, posts } = await ofLife();
      expect(posts.map(({ id }) => id)).toEqual(wanted);
    },
    'takes what comes out of order': where(way.order, async () => {
      const { posts, late } = await ofLife();
      expect(late).not.toBeNull();
      expect(posts.map(({ id }) => id)).toContain(late);
    }),
    'lists what is malformed, and goes on': async () => {
      const { problems, wanted, posts } = await ofLife();
      expect(problems).toBeGreaterThan(0);
      expect(posts.map(({ id }) => id)).toEqual(wanted);
      const { found, texts } = await ofTrouble();
      expect(found).toEqual(texts);
    },
  };
}
