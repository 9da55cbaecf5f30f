import { UserError } from '../../base/errors.ts';
import type { HawkesEvents } from '../../base/hawkes-model.ts';
import { isAnonymousPlatform } from '../../domain/anonymous-platforms.ts';
import { venueTiers } from '../../domain/venue-tiers.ts';
import type { AnalysisInput } from '../analysis.ts';
import { numbers } from '../choose-posts.ts';
import type { CommunitiesResult } from '../communities/communities-result.ts';

/** Posts as events, ordered by time; times are seconds since 1970, within each post's precision. */
export interface InfluenceEvents extends HawkesEvents {
  names: string[];
  /** Post of each event. */
  postKey: Float64Array;
  /** Largest usual precision of a process, in seconds. */
  precisionSeconds: number;
  excluded: { name: string; posts: number; reason: string }[];
}

const mostProcesses = 8;
const coarsestMs = 3_600_000;

/**
 * The chosen posts by process. Posts that share a time are spread evenly over their precision, so that neither their order in a file nor
 * their ids matter. Processes with too few posts or with times coarser than an hour are left out and named.
 * @throws UserError where fewer than two processes are left.
 */
export async function loadInfluenceEvents(
  input: AnalysisInput,
  options: { by: string; minimumEvents: number; reshares: boolean },
): Promise<InfluenceEvents> {
  await nameProcesses(input, options.by);
  const found = await input.database.rows<{ name: string; posts: number; fine: number; precision: number }>(
    `select process.name, count(*) as posts, count(*) filter (coalesce(time_precision_ms, 1000) <= ${coarsestMs}) as fine,
       coalesce(quantile_disc(coalesce(time_precision_ms, 1000), 0.9) filter (coalesce(time_precision_ms, 1000) <= ${coarsestMs}), 0)::double as precision
     from chosen_post join process using (post_key) where $reshares or kind <> 'reshare' group by 1 order by fine desc, name`,
    { reshares: options.reshares },
  );
  const kept: typeof found = [];
  const excluded: InfluenceEvents['excluded'] = [];
  for (const one of found) {
    const { name, posts, fine } = one;
    if (fine >= options.minimumEvents && kept.length < mostProcesses) kept.push(one);
    else if (posts >= options.minimumEvents && fine < options.minimumEvents)
      excluded.push({ name, posts, reason: 'most of its times are coarser than an hour' });
    else if (fine >= options.minimumEvents)
      excluded.push({ name, posts, reason: `only the ${mostProcesses} largest are compared` });
    else
      excluded.push({
        name,
        posts,
        reason: `fewer than ${options.minimumEvents} posts: a few dozen events cannot carry an estimate`,
      });
  }
  if (kept.length < 2) throw tooFew(options, found);
  const names = kept.map((one) => one.name).sort();
  const [time, process, key] = await input.database.columns(
    `with event as (
       select post_key, list_position(from_json($names, '["VARCHAR"]'), process.name) - 1 as k, epoch_ms(time)::double as ms,
         greatest(1, coalesce(time_precision_ms, 1000))::double as precision, platform, post_id
       from chosen_post join process using (post_key)
       where process.name in (select unnest(from_json($names, '["VARCHAR"]'))) and coalesce(time_precision_ms, 1000) <= ${coarsestMs} and ($reshares or kind <> 'reshare')
     ), spread as (
       select post_key, k, platform, post_id, (ms + precision * (row_number() over same - 0.5) / count(*) over (partition by k, ms)) / 1000 as seconds
       from event window same as (partition by k, ms order by platform, post_id)
     )
     select seconds, k, post_key from spread order by seconds, k, platform, post_id`,
    { names: JSON.stringify(names), reshares: options.reshares },
  );
  const times = numbers(time);
  return {
    names,
    times,
    process: Uint8Array.from(process as (number | bigint)[], Number),
    processes: names.length,
    from: times[0]!,
    to: times.at(-1)!,
    postKey: numbers(key),
    precisionSeconds: Math.max(...kept.map((one) => one.precision)) / 1000,
    excluded,
  };
}

function tooFew(options: { by: string; minimumEvents: number }, found: { name: string; posts: number }[]): UserError {
  const counts = found
    .slice(0, 6)
    .map(({ name, posts }) => `${name} ${posts}`)
    .join(', ');
  return new UserError(
    `Influence compares at least two sides (by ${options.by}) with ${options.minimumEvents} posts each; here are ${counts || 'none'}. A few dozen events per side cannot tell influence from chance.`,
    'Widen the story, compare --by tier or community, or lower --minimum-events and read the intervals.',
  );
}

/** Fills the temporary table `process (post_key, name)`. */
async function nameProcesses(input: AnalysisInput, by: string): Promise<void> {
  const { database } = input;
  if (by === 'platform') {
    await database.run('create or replace temp table process as select post_key, platform as name from chosen_post');
    return;
  }
  const accounts = await database.rows<{
    key: number | null;
    platform: string;
    id: string | null;
    handle: string | null;
  }>(
    `select distinct chosen_post.account_key as key, chosen_post.platform, account_id as id, handle
     from chosen_post left join account using (account_key) order by chosen_post.platform, account_id`,
  );
  const nameOf = by === 'tier' ? tierNames(input) : await communityNames(input);
  const named = accounts.map((one) => ({
    key: one.key,
    platform: one.platform,
    name: nameOf(one.platform, one.id, one.handle),
  }));
  await database.run(
    `create or replace temp table process as
     with named as (select unnest(from_json($named, '[{"key":"BIGINT","platform":"VARCHAR","name":"VARCHAR"}]'), recursive := true))
     select post_key, named.name from chosen_post join named
       on named.platform = chosen_post.platform and named.key is not distinct from chosen_post.account_key
     where named.name is not null`,
    { named: JSON.stringify(named) },
  );
}

function tierNames({ context, venues }: AnalysisInput) {
  const tiers = venueTiers(context, venues);
  return (platform: string, id: string | null, handle: string | null): string =>
    id === null ? tiers.platform(platform) : tiers.account(platform, id, handle, platform === 'news' ? id : null);
}

/** Communities of the stored result; boards, where nobody has an account, stand for themselves. */
async function communityNames(input: AnalysisInput) {
  const communities = await input.stored<CommunitiesResult>('communities');
  if (!communities) {
    throw new UserError(
      'Influence between communities needs the communities first.',
      `spillover analyse communities${input.story ? ` --story ${input.story.name}` : ''}`,
    );
  }
  const community = new Map(
    communities.communities.flatMap((one) => one.accounts.map((account) => [account, one.name] as const)),
  );
  return (platform: string, id: string | null): string | null =>
    (id === null ? undefined : community.get(`${platform}/${id}`)) ?? (isAnonymousPlatform(platform) ? platform : null);
}
