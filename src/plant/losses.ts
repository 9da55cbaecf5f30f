import type { BuiltWorld } from './build-world.ts';
import { hour } from './daily-rhythm.ts';
import { platformNames, reshare, x } from './post-log.ts';

/** What became of a post: not collected, a record of its own, or deleted so that no record can hold it. */
export const lost = 0;
export const kept = 1;
export const deleted = 2;

/** Flat-topped hours of a capped stream stay this close to the cap. */
const capJitter = 0.002;

/** Decides for each post whether it reaches the files: deletions first, then the missing platform, thinning, and the cap. */
export function applyLosses(built: BuiltWorld, order: Uint32Array): Uint8Array {
  const { world, cast } = built;
  const { log, options } = world;
  const fates = new Uint8Array(log.count).fill(kept);
  const boosters = new Set(cast.boosterGroups.flat());
  const deletion = world.random('deletion');
  const thinning = world.random('thinning');
  const missing = options.missingPlatform === 'none' ? -1 : platformNames.indexOf(options.missingPlatform);
  for (const post of order) {
    const byBooster = log.platform[post] === x && boosters.has(log.account[post]!);
    if (byBooster && deletion.chance(options.deleteBoosters)) fates[post] = deleted;
    else if (log.kind[post] === reshare && fates[log.parent[post]!] === deleted) fates[post] = deleted;
    else if (log.platform[post] === missing) fates[post] = lost;
    if (options.thinning < 1 && !thinning.chance(options.thinning) && fates[post] === kept) fates[post] = lost;
  }
  if (options.capPerHour > 0) capStream(built, order, fates);
  return fates;
}

/** Lets through at most the cap of X posts in each hour, drawn evenly, as a full stream does. */
function capStream(built: BuiltWorld, order: Uint32Array, fates: Uint8Array): void {
  const { log, start, end, options, random: stream } = built.world;
  const random = stream('cap');
  const hours: number[][] = Array.from({ length: Math.ceil((end - start) / hour) + 1 }, () => []);
  for (const post of order)
    if (log.platform[post] === x && fates[post] === kept)
      hours[Math.floor((log.time[post]! - start) / hour)]!.push(post);
  for (const posts of hours) {
    const most = Math.round(options.capPerHour * (1 - random.uniform(0, capJitter)));
    if (posts.length <= most) continue;
    for (const post of random.shuffle(posts).slice(most)) fates[post] = lost;
  }
}
