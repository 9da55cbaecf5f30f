import { snowflakeTimeSql } from '../../domain/snowflake.ts';

/** Kinds of artifact that the import writes into the table of shares. */
export const storedKinds = ['url', 'domain', 'hashtag', 'object', 'reshared', 'media', 'text', 'thread'] as const;

/**
 * What else posts can have in common, each a SELECT of post_key, value, account_key and time. `$minTags` and `$rapidSeconds` are bound where
 * they occur; `{platform}` and so on are columns of `post`.
 */
export const derivedKinds = {
  'hashtag-sequence': {
    about: 'the same hashtags in the same order (posts with at least --min-tags of them, reshares left out)',
    sql: `select post_key, array_to_string(list_transform(hashtags, lambda tag: lower(tag)), ' ') as value, account_key, time
      from post where len(hashtags) >= $minTags and kind <> 'reshare'`,
  },
  reply: {
    about: 'replies to the same post',
    sql: `select post_key, platform || '/' || parent_id as value, account_key, time from post where kind = 'reply' and parent_id is not null`,
  },
  mention: {
    about: 'mentions of the same account',
    sql: `select distinct post_key, platform || '/@' || lower(unnest(mentions)) as value, account_key, time from post where mentions is not null`,
  },
  'near-text': {
    about: 'nearly the same text',
    sql: `select post_key, coalesce(cluster_hash, post.text_hash) as value, account_key, time
      from post left join near_text on near_text.text_hash = post.text_hash
      where post.text_hash is not null and post_key in (select post_key from share join artifact using (artifact_key) where artifact.kind = 'text')`,
  },
  'rapid-reshare': {
    about: 'reshares of the same account, each within --rapid seconds of the post',
    sql: `select reshare.post_key, reshare.platform || '/' || coalesce(author.account_id, '@' || lower(reshare.parent_handle)) as value,
        reshare.account_key, reshare.time
      from post as reshare
        left join post as original on original.platform = reshare.platform and original.post_id = reshare.parent_id
        left join account as author on author.account_key = original.account_key
      where reshare.kind = 'reshare' and (author.account_id is not null or reshare.parent_handle is not null)
        and reshare.time - coalesce(original.time, case when reshare.platform = 'x' then ${snowflakeTimeSql('reshare.parent_id')} end)
          between interval 0 second and to_milliseconds($rapidSeconds * 1000)`,
  },
  'plain-text': {
    about:
      'the same text as the coordination-network-toolkit compares it: lower case, words with @ and repeated blanks removed',
    sql: `select post_key, trim(regexp_replace(regexp_replace(lower(text), '@[^\\s]*', '', 'g'), '\\s+', ' ', 'g')) as value, account_key, time
      from post where kind <> 'reshare' and text is not null`,
  },
  'similar-text': {
    about: 'any two posts that are no reshares, for the toolkit to compare their words',
    sql: `select post_key, 'post' as value, account_key, time from post where kind <> 'reshare' and text is not null`,
  },
  post: {
    about: 'any two posts at the same time, whatever they say',
    sql: `select post_key, 'post' as value, account_key, time from post`,
  },
} as const;

export type DerivedKind = keyof typeof derivedKinds;

/** Kinds that the method cnt takes in place of text and near-text. */
const toolkitOnly: readonly string[] = ['plain-text', 'similar-text'];

export const artifactKinds: readonly string[] = [
  ...storedKinds,
  ...Object.keys(derivedKinds).filter((kind) => !toolkitOnly.includes(kind)),
];

export function isStored(kind: string): boolean {
  return (storedKinds as readonly string[]).includes(kind);
}
