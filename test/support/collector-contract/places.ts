import { expect } from 'vitest';
import type { CollectReport } from '../../../src/case/collect.ts';
import { segmentText, startBesideHeldCase } from '../collecting.ts';
import type { PolledFake } from '../fakes/polled-fake.ts';
import { SimulatedWorld } from '../simulated-world.ts';
import { between, once } from './scene.ts';

/** What a collection of several places owes where one of them is banned, removed, dead or vanished. */
export const placeProperties = [
  'a place that is refused in mid-run is skipped with a note, and the others go on',
  'it is asked again at a slow, growing pace',
  'its gap is recorded with its cause from when it failed, over a restart, and ends when it is back',
  'a place that is refused from the start is skipped while another works',
  'where every place is refused from the start, that is an error and leaves nothing',
  'a collection of one place outlives the refusal of it, with a gap',
] as const;

export type PlaceProperty = (typeof placeProperties)[number];

/** A source with places: one that its fake serves, and another that is given the same posts until it goes away. */
export interface PlacesWay {
  way: string;
  make: (now: () => number) => PolledFake;
  options: (places: readonly string[]) => Record<string, unknown>;
  there: string;
  other: string;
  /** Whether a path belongs to the other place, and how gaps and notes name that. */
  path: (place: string) => string;
  called: string;
}

const minute = 60_000;
const hour = 60 * minute;
const start = Date.parse('2026-03-01T12:00:00Z');
const roundMs = 10 * minute;
const firstRunMs = 4 * hour;
const pauseMs = hour;

type Refused = (place: string, time: number) => boolean;

interface Stage {
  run: (places: readonly string[], forMs: number) => { done: Promise<CollectReport>; notes: string[] };
  world: SimulatedWorld;
  /** Makes a post appear before the first request at or after a time. */
  publishAt: (time: number, text: string) => void;
  /** When the other place was asked. */
  asked: number[];
  written: () => string;
}

function stage<T>(way: PlacesWay, isRefused: Refused, play: (stage: Stage) => Promise<T>): () => Promise<T> {
  return once(async (directory) => {
    const asked: number[] = [];
    let coming: { time: number; text: string }[] = [];
    const world: SimulatedWorld = new SimulatedWorld(start, (input, init) => {
      const url = String(input);
      for (const { text } of coming.filter(({ time }) => time <= world.now())) fake.publish(text);
      coming = coming.filter(({ time }) => time > world.now());
      const isOther = url.includes(way.path(way.other));
      if (isOther) asked.push(world.now());
      if (isRefused(isOther ? way.other : way.there, world.now()) && (isOther || url.includes(way.path(way.there))))
        return Promise.resolve(new Response('{"message": "gone"}', { status: 404 }));
      return globalThis.fetch(url.replace(way.path(way.other), way.path(way.there)), init);
    });
    const fake = way.make(world.now);
    await fake.http.listen();
    const run: Stage['run'] = (places, forMs) =>
      startBesideHeldCase(directory, fake.collector, world, {
        name: 'places',
        options: way.options(places),
        environment: fake.environment ?? {},
        baseUrl: fake.http.baseUrl(),
        forMs,
        checkpointMs: 5 * minute,
      });
    try {
      fake.publish('before');
      return await play({
        run,
        world,
        publishAt: (time, text) => coming.push({ time, text }),
        asked,
        written: () => segmentText(directory),
      });
    } finally {
      await fake.http.close();
    }
  });
}

const goneAt = start + 25 * minute;
const backAt = start + firstRunMs + pauseMs + 30 * minute;
const isAwayBetween = (time: number) => time >= goneAt && time < backAt;
const absences = (report: CollectReport) => report.gapList.filter(({ cause }) => cause.includes('was away'));

export function placesCells(way: PlacesWay): Record<PlaceProperty, () => Promise<void>> {
  const both = [way.other, way.there];
  const ofLife = stage(
    way,
    (place, time) => place === way.other && isAwayBetween(time),
    async ({ run, world, publishAt, asked, written }) => {
      publishAt(start + 2 * hour, 'meanwhile');
      const first = run(both, firstRunMs);
      const before = await first.done;
      world.setClock(world.now() + pauseMs);
      const second = run(both, 8 * hour);
      return { before, after: await second.done, notes: [first.notes, second.notes], asked, text: written() };
    },
  );
  const ofStart = stage(
    way,
    (place) => place === way.other,
    async ({ run, written }) => {
      const started = run(both, hour);
      return { report: await started.done, notes: started.notes, text: written() };
    },
  );
  const ofNothing = stage(
    way,
    () => true,
    async ({ run, written }) => {
      const error: unknown = await run(both, hour).done.catch((reason: unknown) => reason);
      return { error, text: written(), second: await run([way.there], hour).done.catch((reason: unknown) => reason) };
    },
  );
  const ofOne = stage(
    way,
    (_, time) => isAwayBetween(time),
    async ({ run, publishAt, written }) => {
      publishAt(backAt + minute, 'after it');
      const started = run([way.there], 14 * hour);
      return { report: await started.done, notes: started.notes, text: written() };
    },
  );
  return {
    'a place that is refused in mid-run is skipped with a note, and the others go on': async () => {
      const { before, notes, text } = await ofLife();
      for (const said of notes) {
        const skipped = said.filter((note) => note.startsWith(`${way.called} is skipped: `));
        expect(skipped).toHaveLength(1);
        expect(skipped[0]).toMatch(/: .{15,}asked again in \d+ min.*the other places are collected on/);
      }
      expect(text).toContain('meanwhile');
      expect(before.ended).toBe('time is up');
      expect(Date.parse(before.coverage.at(-1)!.to)).toBeGreaterThan(start + firstRunMs - 2 * roundMs);
    },
    'it is asked again at a slow, growing pace': async () => {
      const { asked } = await ofLife();
      const waits = between(asked.filter((time) => time >= goneAt && time < start + firstRunMs)).map(Math.round);
      expect(waits.length).toBeGreaterThanOrEqual(3);
      expect(waits.length).toBeLessThanOrEqual(6);
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(5 * minute);
      expect(waits.at(-1)).toBeGreaterThanOrEqual(2 * waits[0]!);
    },
    'its gap is recorded with its cause from when it failed, over a restart, and ends when it is back': async () => {
      const { before, after, notes } = await ofLife();
      for (const report of [before, after]) {
        expect(absences(report)).toHaveLength(1);
        const [gap] = absences(report);
        expect(gap).toMatchObject({ flag: 'capped', cause: expect.stringMatching(/was away: .{15,}/) });
        expect(gap!.cause).toContain(way.called);
        expect(Date.parse(gap!.from)).toBeGreaterThan(goneAt - 2 * roundMs);
        expect(Date.parse(gap!.from)).toBeLessThanOrEqual(goneAt);
      }
      expect(Date.parse(absences(before)[0]!.to)).toBeGreaterThan(start + firstRunMs - 2 * roundMs);
      const ended = Date.parse(absences(after)[0]!.to);
      expect(ended).toBeGreaterThanOrEqual(backAt);
      expect(ended).toBeLessThan(backAt + 3.5 * hour);
      expect(notes[1]!.filter((note) => note.startsWith(`${way.called} is back`))).toHaveLength(1);
    },
    'a place that is refused from the start is skipped while another works': async () => {
      const { report, notes, text } = await ofStart();
      expect(notes.filter((note) => note.startsWith(`${way.called} is skipped`))).toHaveLength(1);
      expect(text).toContain('before');
      expect(absences(report)).toMatchObject([{ flag: 'capped' }]);
      expect(Date.parse(absences(report)[0]!.from)).toBeLessThan(start + minute);
    },
    'where every place is refused from the start, that is an error and leaves nothing': async () => {
      const { error, text, second } = await ofNothing();
      for (const one of [error, second])
        expect(one).toMatchObject({ name: 'UserError', message: expect.not.stringContaining('other options') });
      expect(text).toBe('');
    },
    'a collection of one place outlives the refusal of it, with a gap': async () => {
      const { report, notes, text } = await ofOne();
      expect(report.ended).toBe('time is up');
      expect(notes.filter((note) => note.includes('is skipped'))).toHaveLength(1);
      expect(text).toContain('after it');
      const [gap, ...others] = absences(report);
      expect(others).toEqual([]);
      expect(gap).toMatchObject({ flag: 'gap' });
      expect(Date.parse(gap!.from)).toBeLessThanOrEqual(goneAt);
      expect(Date.parse(gap!.to)).toBeGreaterThanOrEqual(backAt);
      const inside = report.coverage.filter(
        ({ from, to }) => Date.parse(to) > Date.parse(gap!.from) && Date.parse(from) < Date.parse(gap!.to),
      );
      expect(inside).toEqual([]);
    },
  };
}
