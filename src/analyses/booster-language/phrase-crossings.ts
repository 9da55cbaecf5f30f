import { finite } from '../../base/finite.ts';
import { venueTiers } from '../../domain/venue-tiers.ts';
import type { AnalysisInput } from '../analysis.ts';
import type { TraceResult } from '../trace/trace-result.ts';
import type { DistinctiveTerm, PhraseCrossing } from './booster-language-result.ts';

/**
 * First uses of the phrases by voices and outlets: accounts that the context names as voices, that a stored trace found to be influencers
 * or mainstream, or whose venue is mainstream. Uses before the high side's own first use do not count. Their posts anywhere in the case
 * are looked through, with the words read as in `loadUses`; the high side is that of `side_account`.
 */
export async function phraseCrossings(
  input: AnalysisInput,
  phrases: readonly DistinctiveTerm[],
): Promise<{ crossings: PhraseCrossing[]; listeners: number; listenerPosts: number }> {
  const { database } = input;
  const listeners = await findListeners(input);
  await database.run(`create or replace temp table listener as select unnest($keys::bigint[]) as account_key`, {
    keys: `[${listeners.join(',')}]`,
  });
  const posts = (await database.first<{ n: number }>(
    'select count(*) as n from post semi join listener using (account_key)',
  ))!;
  if (phrases.length === 0 || listeners.length === 0)
    return { crossings: [], listeners: listeners.length, listenerPosts: posts.n };
  const rows = await database.rows<
    Omit<PhraseCrossing, 'logRatio' | 'first' | 'crossing'> &
      Record<'firstPost' | 'firstTime' | 'post' | 'time' | 'account' | 'platform', string> & { handle: string | null }
  >(
    `with phrase as (
       select unnest(from_json($phrases, '["VARCHAR"]')) as phrase
     ), boosted as (
       select value as phrase, used.account_key, time, post from used join side_account using (account_key) semi join phrase on phrase.phrase = used.value
       where high and kind in ('bigram', 'term') and not exists (select 1 from listener where listener.account_key = used.account_key)
     ), first_use as (
       select phrase, min(time) as time, arg_min(post, (time, post)) as post from boosted group by 1
     ), heard as (
       select account_key, time, platform, post_id, ' ' || array_to_string(regexp_extract_all(
           regexp_replace(lower(text), 'https?://\\S+|www\\.\\S+|[@#][\\p{L}\\p{N}_.]+', ' ', 'g'), '[\\p{L}\\p{N}]+'), ' ') || ' ' as words
       from post semi join listener using (account_key) where kind <> 'reshare' and text is not null and time is not null
     ), taken as (
       select first_use.phrase, first_use.time as first_time, first_use.post as first_post, heard.*
       from first_use join heard on heard.time > first_use.time and contains(heard.words, ' ' || first_use.phrase || ' ')
       qualify row_number() over (partition by first_use.phrase order by heard.time, heard.platform, heard.post_id) = 1
     )
     select taken.phrase, count(*) filter (boosted.time < taken.time) as "usedBefore",
       count(distinct boosted.account_key) filter (boosted.time < taken.time) as "accountsBefore",
       any_value(first_post) as "firstPost", strftime(any_value(first_time), '%Y-%m-%dT%H:%M:%S.%gZ') as "firstTime",
       any_value(taken.platform || '/' || taken.post_id) as post, strftime(any_value(taken.time), '%Y-%m-%dT%H:%M:%S.%gZ') as time,
       any_value(account.platform || '/' || account_id) as account, any_value(handle) as handle, any_value(account.platform) as platform,
       any_value(epoch_ms(taken.time) - epoch_ms(first_time))::double / 1000 as "lagSeconds"
     from taken join boosted using (phrase) join account on account.account_key = taken.account_key
     group by taken.phrase order by 2 desc, 1`,
    { phrases: JSON.stringify(phrases.map((one) => one.value)) },
  );
  const ratio = new Map(phrases.map((one) => [one.value, one.logRatio]));
  return {
    crossings: rows.map((row) => ({
      phrase: row.phrase,
      logRatio: ratio.get(row.phrase)!,
      usedBefore: row.usedBefore,
      accountsBefore: row.accountsBefore,
      first: { post: row.firstPost, time: row.firstTime },
      crossing: { post: row.post, time: row.time, account: row.account, handle: row.handle, platform: row.platform },
      lagSeconds: finite(row.lagSeconds),
    })),
    listeners: listeners.length,
    listenerPosts: posts.n,
  };
}

async function findListeners(input: AnalysisInput): Promise<number[]> {
  const trace = await input.stored<TraceResult>('trace');
  const named = new Set(input.context.voices.map((one) => one.toLowerCase()));
  for (const role of trace?.roles ?? [])
    if (role.significant && (role.role === 'influencer' || role.role === 'mainstream'))
      named.add(role.account.toLowerCase());
  const tiers = venueTiers(input.context, input.venues);
  const rows = await input.database.rows<{ key: number; platform: string; id: string; handle: string | null }>(
    'select account_key as key, platform, account_id as id, handle from account order by platform, account_id',
  );
  return rows
    .filter(
      ({ platform, id, handle }) =>
        named.has(`${platform}/${id}`.toLowerCase()) ||
        (handle !== null && named.has(`${platform}/${handle}`.toLowerCase())) ||
        tiers.account(platform, id, handle, platform === 'news' ? id : null) === 'mainstream',
    )
    .map(({ key }) => key);
}
