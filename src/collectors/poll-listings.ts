import type { Batch, CollectorInput } from './collector.ts';
import { Places, type PlacesState } from './places.ts';
import { type ListedPage, type WalkState, walkBack } from './walk-back.ts';

export interface Listing {
  /** Stands for it in the cursor. */
  key: string;
  /** Where it is, in words; several listings can be of one place. */
  place: string;
  readPage: (next: string | null) => Promise<ListedPage>;
}

interface Cursor {
  listings: Record<string, WalkState>;
  places?: PlacesState;
}

/** Reads listings from their newest ends again and again, each back to what is known of it. Places that are away are skipped. */
export async function* pollListings(
  input: CollectorInput,
  listings: readonly Listing[],
  { everyMs, mostPages, endCause }: { everyMs: number; mostPages: number; endCause: string },
): AsyncGenerator<Batch> {
  const { world, signal } = input;
  const cursor = input.cursor as Cursor | null;
  let states = cursor?.listings ?? {};
  const places = new Places(
    input,
    listings.map(({ place }) => place),
    cursor?.places ?? { read: readUpTo(listings, states) },
  );
  for (;;) {
    const roundBegan = world.now();
    const isFirst = listings.some(({ key }) => states[key] === undefined);
    let from = 0;
    for (const place of places.due()) {
      const placeBegan = world.now();
      try {
        for (const { key, readPage } of listings.filter((listing) => listing.place === place)) {
          const walk = walkBack(readPage, { known: states[key] ?? null, mostPages, began: world.now(), endCause });
          for await (const { state, collectedFrom, collectedThrough: _, ...batch } of walk) {
            from = Math.max(from, collectedFrom ?? 0);
            if (state) states = { ...states, [key]: state };
            yield state ? { ...batch, cursor: { listings: states, places: places.state() } satisfies Cursor } : batch;
          }
        }
        places.gave(place, placeBegan);
      } catch (error) {
        places.failed(place, error);
      }
    }
    yield {
      gaps: places.gaps(),
      cursor: { listings: states, places: places.state() } satisfies Cursor,
      ...(places.areAllAway ? {} : { collectedThrough: roundBegan }),
      ...(isFirst && from > 0 ? { collectedFrom: Math.min(from, roundBegan) } : {}),
    };
    await world.sleep(Math.max(0, roundBegan + everyMs - world.now()), signal);
  }
}

/** Cursors of earlier versions do not say when a place was read, only how new the newest thing of it was. */
const readUpTo = (listings: readonly Listing[], states: Readonly<Record<string, WalkState>>): Record<string, number> =>
  Object.fromEntries(listings.flatMap(({ key, place }) => (states[key] ? [[place, states[key].newest]] : [])));
