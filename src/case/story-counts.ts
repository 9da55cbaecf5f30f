import { UserError } from '../base/errors.ts';
import { parseStoryQuery } from '../domain/story-query.ts';
import { selectStoryPosts } from '../store/story-filter.ts';
import type { Case } from './case.ts';
import { caseTiers, isoTime } from './show-posts.ts';

export interface StoryCounts {
  posts: number;
  withoutTime: number;
  accounts: number;
  from: string | null;
  to: string | null;
  platforms: {
    platform: string;
    tier: 'fringe' | 'social' | 'mainstream';
    posts: number;
    from: string;
    to: string;
  }[];
}

/** Counts over a relation of a story's posts. */
export async function storyCounts(spilloverCase: Case, relation: string, withoutTime: number): Promise<StoryCounts> {
  const { database } = spilloverCase;
  const tiers = await caseTiers(spilloverCase);
  const all = await database.first<{ posts: number; accounts: number; from: string | null; to: string | null }>(
    `select count(*) as posts, count(distinct account_key) as accounts, ${isoTime('min(time)')} as "from", ${isoTime('max(time)')} as "to" from ${relation}`,
  );
  const platforms = await database.rows<{ platform: string; posts: number; from: string; to: string }>(
    `select platform, count(*) as posts, ${isoTime('min(time)')} as "from", ${isoTime('max(time)')} as "to"
     from ${relation} group by platform order by min(time), platform`,
  );
  return { ...all!, withoutTime, platforms: platforms.map((one) => ({ ...one, tier: tiers.platform(one.platform) })) };
}

/** What a query that is being typed would select, or where its mistake is (`column` is 1-based). */
export async function checkStoryQuery(
  spilloverCase: Case,
  selection: { query: string; from: Date | null; to: Date | null },
): Promise<{
  problem: { message: string; hint: string | null; column: number | null } | null;
  counts: StoryCounts | null;
}> {
  let query: ReturnType<typeof parseStoryQuery>;
  try {
    query = parseStoryQuery(selection.query);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const column = /at column (\d+)/.exec(error.message)?.[1];
    return {
      problem: {
        message: error.message,
        hint: error.hint ?? null,
        column: column === undefined ? null : Number(column),
      },
      counts: null,
    };
  }
  if (selection.from && selection.to && selection.from >= selection.to)
    return {
      problem: { message: 'The story ends before it begins.', hint: 'Give an end after the start.', column: null },
      counts: null,
    };
  const { withoutTime } = await selectStoryPosts(spilloverCase.database, { ...selection, query });
  const counts = await storyCounts(
    spilloverCase,
    '(select post.* from story_post join post using (post_key))',
    withoutTime,
  );
  return { problem: null, counts };
}
