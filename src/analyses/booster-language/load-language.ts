import { stopWords } from '../../domain/lists/stop-words.ts';
import type { Database } from '../../store/database.ts';
import type { LanguageMeasure } from './booster-language-result.ts';

/**
 * Fills the temporary table `used (kind, value, post_key, account_key, time, post)`: every use of a word, a pair of neighbouring words, a
 * domain or a hashtag. Words are lower case, without addresses, handles, hashtags and function words.
 */
export async function loadUses(database: Database): Promise<void> {
  await database.run(
    `create or replace temp table word as
     with own as (
       select post_key, regexp_extract_all(
         regexp_replace(lower(text), 'https?://\\S+|www\\.\\S+|[@#][\\p{L}\\p{N}_.]+', ' ', 'g'), '[\\p{L}\\p{N}]+') as words
       from chosen_post where kind <> 'reshare' and text is not null and account_key is not null
     )
     select post_key, generate_subscripts(words, 1) as place, unnest(words) as word from own`,
  );
  await database.run(
    `create or replace temp table used as
     with stop as (
       select unnest(from_json($stop, '["VARCHAR"]')) as word
     ), kept as (
       select post_key, place, word, length(word) > 2 and word not in (select word from stop) and not regexp_full_match(word, '[0-9]+') as telling from word
     ), pair as (
       select post_key, word || ' ' || lead(word) over same as value, telling and lead(telling) over same as telling from kept window same as (partition by post_key order by place)
     ), item as (
       select 'term' as kind, word as value, post_key from kept where telling
       union all select 'bigram', value, post_key from pair where telling
       union all select artifact.kind, artifact.value, share.post_key from share join artifact using (artifact_key) where artifact.kind in ('domain', 'hashtag')
     )
     select item.*, account_key, time, platform || '/' || post_id as post from item join chosen_post using (post_key) where account_key is not null`,
    { stop: JSON.stringify(stopWords) },
  );
  await database.run('drop table word');
}

export interface Use {
  value: string;
  high: number;
  low: number;
  highAccounts: number;
  lowAccounts: number;
  highPost: string | null;
  lowPost: string | null;
}

/** The most used items of a kind with the uses of both sides of `side_account (account_key, high)`. */
export async function countUses(
  database: Database,
  kind: LanguageMeasure['kind'],
  limits: { considered: number; minimumAccounts: number },
): Promise<Use[]> {
  return database.rows<Use>(
    `select value, count(*) filter (high) as high, count(*) filter (not high) as low,
       count(distinct account_key) filter (high) as "highAccounts", count(distinct account_key) filter (not high) as "lowAccounts",
       arg_min(post, (time, post)) filter (high) as "highPost", arg_min(post, (time, post)) filter (not high) as "lowPost"
     from used join side_account using (account_key) where kind = $kind
     group by value having count(distinct account_key) >= $minimumAccounts order by count(*) desc, value limit $considered`,
    { kind, considered: limits.considered, minimumAccounts: limits.minimumAccounts },
  );
}
