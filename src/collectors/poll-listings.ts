import type { Batch, CollectorInput } from './collector.ts';
import { type ListedPage, type WalkState, walkBack } from './walk-back.ts';

export interface Listing {
  /** Stands for it in the cursor. */
  key: string;
  readPage: (next: string | null) => Promise<ListedPage>;
}

interface Cursor {
  listings: Record<string, WalkState>;
}

/** Reads listings from their newest ends again and again, each back to what is known of it. */
export async function* pollListings(
  input: CollectorInput,
  listings: readonly Listing[],
  { everyMs, mostPages, endCause }: { everyMs: number; mostPages: number; endCause: string },
): AsyncGenerator<Batch> {
  const { world, signal } = input;
  let states = (input.cursor as Cursor | null)?.listings ?? {};
  for (;;) {
    const roundBegan = world.now();
    const isFirst = listings.some(({ key }) => states[key] === undefined);
    let from = 0;
    for (const { key, readPage } of listings) {
      const walk = walkBack(readPage, { known: states[key] ?? null, mostPages, began: world.now(), endCause });
      for await (const { state, collectedFrom, collectedThrough: _, ...batch } of walk) {
        from = Math.max(from, collectedFrom ?? 0);
        if (state) states = { ...states, [key]: state };
        yield state ? { ...batch, cursor: { listings: states } satisfies Cursor } : batch;
      }
    }
    yield { collectedThrough: roundBegan, ...(isFirst ? { collectedFrom: Math.min(from, roundBegan) } : {}) };
    await world.sleep(Math.max(0, roundBegan + everyMs - world.now()), signal);
  }
}
