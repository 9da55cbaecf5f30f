import { UserError } from '../base/errors.ts';
import type { Database } from '../store/database.ts';
import type { AnalysisInput } from './analysis.ts';

/**
 * Makes the temporary view `chosen_post`: the posts with a time of the story, or of the whole case where there is none.
 * @throws UserError where there are no such posts.
 */
export async function choosePosts({
  database,
  story,
}: Pick<AnalysisInput, 'database' | 'story'>): Promise<{ posts: number }> {
  await database.run(
    `create or replace temp view chosen_post as select post.* from post ${story ? 'semi join story_post using (post_key)' : ''} where post.time is not null`,
  );
  const { posts } = (await database.first<{ posts: number }>('select count(*) as posts from chosen_post'))!;
  if (posts > 0) return { posts };
  throw new UserError(
    story
      ? `No post with a known time belongs to the story "${story.name}".`
      : 'The case holds no post with a known time.',
    story ? `spillover story show ${story.name} counts what it selects.` : 'Import posts first: spillover import FILE',
  );
}

/** A column of numbers; null becomes NaN, bigint a number. */
export function numbers(column: readonly unknown[] | undefined): Float64Array {
  return Float64Array.from((column ?? []) as (number | bigint | null)[], (one) =>
    one === null ? Number.NaN : Number(one),
  );
}

/** A column of dense indices of 0 or more; null becomes 2^32 - 1. */
export function indices(column: readonly unknown[] | undefined): Uint32Array {
  return Uint32Array.from((column ?? []) as (number | bigint | null)[], (one) =>
    one === null ? 0xffffffff : Number(one),
  );
}

/** `platform/post_id` of posts by key. */
export async function postNames(database: Database, keys: Iterable<number>): Promise<Map<number, string>> {
  const rows = await database.rows<{ key: number; name: string }>(
    `select post_key as key, platform || '/' || post_id as name from post where post_key in (select unnest($keys::bigint[]))`,
    { keys: `[${[...new Set(keys)].join(',')}]` },
  );
  return new Map(rows.map(({ key, name }) => [key, name]));
}
