import { accountRef } from './accounts.ts';
import { kept } from './losses.ts';
import { platformNames } from './post-log.ts';
import type { WrittenWorld } from './written-world.ts';

/** A post as it was made, and what the files hold of it. */
export interface PostTruth {
  post: string;
  platform: string;
  /** Null on the anonymous board. */
  account: string | null;
  /** True time. */
  time: string;
  /** Time that the files state, from the platform's clock; null where no file holds the post. */
  statedTime: string | null;
  /** `record`: as a record of its own; `embedded`: inside the record of another post. */
  inFiles: 'record' | 'embedded' | 'no';
}

/** Tells of a post what it is and what the files hold of it. */
export function postTruth(written: WrittenWorld, post: number): PostTruth {
  const { log, accounts } = written.built.world;
  const inFiles = written.fates[post] === kept ? 'record' : written.embedded[post] === 1 ? 'embedded' : 'no';
  return {
    post: written.ids.reference(post),
    platform: platformNames[log.platform[post]!]!,
    account: accountRef(log, accounts, post),
    time: new Date(log.time[post]!).toISOString(),
    statedTime: inFiles === 'no' ? null : new Date(written.ids.clock(post)).toISOString(),
    inFiles,
  };
}
