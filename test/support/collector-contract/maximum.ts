import { expect } from 'vitest';
import { segmentText, startBesideHeldCase } from '../collecting.ts';
import type { PolledFake } from '../fakes/polled-fake.ts';
import { SimulatedWorld } from '../simulated-world.ts';
import { once } from './scene.ts';

const second = 1_000;
const most = 2;
const runs = 3;

/** Runs with a maximum below what one look gives, each after a new post: none gives what an earlier one gave, none loses any. */
export const repeatedMaximum = (make: (now: () => number) => PolledFake): (() => Promise<void>) => {
  const play = once(async (directory) => {
    const world = new SimulatedWorld(Date.parse('2026-03-01T12:00:00Z'));
    const fake = make(world.now);
    await fake.http.listen();
    const texts: string[] = [];
    const publish = (text: string) => {
      texts.push(text);
      fake.publish(text);
      world.setClock(world.now() + second);
    };
    const outcomes = [];
    try {
      for (let run = 1; run <= runs; run++) {
        for (const letter of 'abcde') publish(`run${run}${letter}.`);
        world.setClock(world.now() + 20 * 60 * second);
        const { done, notes } = startBesideHeldCase(directory, fake.collector, world, {
          options: fake.options,
          environment: fake.environment ?? {},
          baseUrl: fake.http.baseUrl(),
          max: most,
          forMs: 3_600 * second,
        });
        outcomes.push({ ended: (await done).ended, notes });
      }
    } finally {
      await fake.http.close();
    }
    return { texts, outcomes, written: segmentText(directory) };
  });
  return async () => {
    const { texts, outcomes, written } = await play();
    expect(outcomes.map(({ ended }) => ended)).toEqual(Array(runs).fill('maximum reached'));
    expect(outcomes.every(({ notes }) => notes.some((note) => note.includes('more than the maximum of 2')))).toBe(true);
    expect(texts.map((text) => written.split(text).length - 1)).toEqual(texts.map(() => 1));
  };
};
