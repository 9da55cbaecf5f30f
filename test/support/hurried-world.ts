import { realWorld, type World } from '../../src/collectors/world.ts';

/** The real world with a clock that runs `factor` times as fast, so that an hour of manners takes a minute of test. */
export function hurriedWorld(factor: number, random: () => number = Math.random): World {
  const began = Date.now();
  return {
    ...realWorld,
    random,
    now: () => began + (Date.now() - began) * factor,
    sleep: (ms, signal) => realWorld.sleep(ms / factor, signal),
  };
}
