import { UserError } from '../../base/errors.ts';
import { canonicalUrl } from '../../domain/canonical-url.ts';
import { canonicalHashtag } from '../../domain/hashtag.ts';
import { caseFold } from '../../domain/text-fingerprint.ts';
import type { Database } from '../../store/database.ts';
import { numbers } from '../choose-posts.ts';
import type { BurstSeries } from './bursts-result.ts';

/** Times (milliseconds since 1970, ascending) and posts of one series. */
export interface Series {
  kind: BurstSeries['kind'];
  value: string;
  times: Float64Array;
  postKey: Float64Array;
}

/** Words of a text that count as terms. */
const termsOf = (column: string) => `list_distinct(regexp_extract_all(lower(${column}), '[\\p{L}\\p{N}_]{4,}'))`;
const mostOfAll = 0.1;

export async function loadAllPosts(database: Database): Promise<Series> {
  const [time, key] = await database.columns(
    'select epoch_ms(time)::double, post_key from chosen_post order by time, platform, post_id',
  );
  return { kind: 'all', value: 'all posts', times: numbers(time), postKey: numbers(key) };
}

/** The most posted series of each kind. Terms in more than a tenth of the posts are left out as words of the language. */
export async function loadSeries(
  database: Database,
  wanted: { on: readonly string[]; item: string | null; minimumPosts: number; most: number },
): Promise<Series[]> {
  const item = wanted.item === null ? null : parseItem(wanted.item);
  const kinds = item ? [item.kind] : [...wanted.on];
  await database.run(
    `create or replace temp table series_post as
     select artifact.kind, artifact.value, post_key, chosen_post.time, chosen_post.platform, chosen_post.post_id
     from share join artifact using (artifact_key) join chosen_post using (post_key)
     where artifact.kind in (select unnest(from_json($kinds, '["VARCHAR"]'))) and ($value::varchar is null or value = $value)`,
    { kinds: JSON.stringify(kinds.filter((kind) => kind !== 'term')), value: item?.value ?? null },
  );
  if (kinds.includes('term')) {
    await database.run(
      `insert into series_post
       with word as (
         select unnest(${termsOf('text')}) as value, post_key, time, platform, post_id from chosen_post where text is not null
       ), common as (
         select value from word group by 1 having count(*) >= $minimum and ($value::varchar is not null or count(*) <= ${mostOfAll} * (select count(*) from chosen_post))
       )
       select 'term', word.* from word semi join common using (value) where $value::varchar is null or value = $value`,
      { minimum: wanted.minimumPosts, value: item?.value ?? null },
    );
  }
  const [kind, value, time, key] = await database.columns(
    `with known as (
       select kind, value, count(*) as n from series_post group by kind, value having count(*) >= $minimum
       qualify row_number() over (partition by kind order by count(*) desc, value) <= $most
     )
     select kind, value, epoch_ms(time)::double, post_key from series_post join known using (kind, value) order by kind, value, time, platform, post_id`,
    { minimum: wanted.minimumPosts, most: wanted.most },
  );
  const times = numbers(time);
  const keys = numbers(key);
  const found: Series[] = [];
  for (let from = 0, to = 0; from < times.length; from = to) {
    while (to < times.length && value![to] === value![from] && kind![to] === kind![from]) to++;
    found.push({
      kind: kind![from] as Series['kind'],
      value: value![from] as string,
      times: times.subarray(from, to),
      postKey: keys.subarray(from, to),
    });
  }
  if (item && found.length === 0)
    throw new UserError(
      `No series "${wanted.item}" has ${wanted.minimumPosts} posts or more here.`,
      'Lower --minimum-posts, or look at spillover analyse bursts without --item.',
    );
  return found;
}

function parseItem(item: string): { kind: string; value: string } {
  const [, kind, rest] = /^(url|domain|term|hashtag):(.+)$/s.exec(item) ?? [];
  if (item.startsWith('#') || kind === 'hashtag')
    return { kind: 'hashtag', value: canonicalHashtag((rest ?? item).replace(/^#/, '')) ?? item };
  if (kind === 'url') return { kind, value: canonicalUrl(rest!)?.url ?? rest! };
  if (kind === 'domain') return { kind, value: canonicalUrl(`https://${rest}/`)?.domain ?? rest! };
  if (kind === 'term') return { kind, value: caseFold(rest!) };
  throw new UserError(
    `"${item}" is not a series.`,
    'Write "#tag", "domain:example.org", "url:https://…" or "term:word".',
  );
}
