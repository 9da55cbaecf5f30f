import type { World } from './world.ts';

/** Calls `onSilence` once when `heard` was not called for `ms` milliseconds; `end` stops the watch. */
export function silenceWatch(
  world: Pick<World, 'now' | 'sleep'>,
  ms: number,
  onSilence: () => void,
): { heard: () => void; end: () => void } {
  const ended = new AbortController();
  let last = world.now();
  const watch = async () => {
    for (;;) {
      const left = last + ms - world.now();
      if (left <= 0) break;
      await world.sleep(Math.min(left, ms), ended.signal);
    }
    onSilence();
  };
  watch().catch((error: unknown) => {
    if (!ended.signal.aborted) throw error;
  });
  return {
    heard: () => {
      last = world.now();
    },
    end: () => ended.abort(new Error('the watch ended')),
  };
}
