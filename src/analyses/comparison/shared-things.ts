import type { CampaignProfile } from './campaign-profile.ts';
import type { SharedThing } from './comparison-result.ts';

const mostOfKind = 50;

/** Addresses, domains, hashtags, media and texts that posts of two or more of the stories carry, the most carried first. */
export function sharedThings(profiles: readonly CampaignProfile[]): SharedThing[] {
  const keys = new Set(profiles.flatMap((profile) => [...profile.artifacts.keys()]));
  const found: SharedThing[] = [];
  for (const key of keys) {
    const posts = profiles.map((profile) => profile.artifacts.get(key)?.posts ?? 0);
    if (posts.filter((n) => n > 0).length < 2) continue;
    const display = profiles.map((profile) => profile.artifacts.get(key)?.display).find((one) => one !== undefined)!;
    found.push({ kind: key.slice(0, key.indexOf(':')), value: display, posts });
  }
  const second = (one: SharedThing) => [...one.posts].sort((a, b) => b - a)[1]!;
  found.sort((x, y) => second(y) - second(x) || (x.value < y.value ? -1 : 1));
  const used = new Map<string, number>();
  return found.filter((one) => {
    const n = (used.get(one.kind) ?? 0) + 1;
    used.set(one.kind, n);
    return n <= mostOfKind;
  });
}
