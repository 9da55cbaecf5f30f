import { canonicalUrl } from '../domain/canonical-url.ts';
import { canonicalHashtag } from '../domain/hashtag.ts';
import type { StoryQuery } from '../domain/story-query.ts';
import type { Bound, Database } from './database.ts';

export interface StorySelection {
  query: StoryQuery;
  /** UTC; inclusive start, exclusive end; null leaves the side open. */
  from: Date | null;
  to: Date | null;
}

interface Compiled {
  sql: string;
  bound: Bound;
}

const letters = '[^\\p{L}\\p{N}_]';

/** SQL condition over `post` for a story query; every value is bound. */
export function compileStoryQuery(query: StoryQuery): Compiled {
  const bound: Bound = {};
  const bind = (value: string) => {
    const name = `q${Object.keys(bound).length}`;
    bound[name] = value;
    return `$${name}`;
  };
  const carries = (kind: string, condition: string) =>
    `post.post_key in (select share.post_key from share join artifact using (artifact_key) where artifact.kind = '${kind}' and ${condition})`;
  const compile = (part: StoryQuery): string => {
    switch (part.op) {
      case 'and':
      case 'or':
        return `(${part.parts.map(compile).join(` ${part.op} `)})`;
      case 'not':
        return `not coalesce(${compile(part.part)}, false)`;
      case 'term':
      case 'phrase': {
        const text = part.value.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
        if (!/^[\p{Script=Latin}\p{N}\s'_-]+$/u.test(text)) return `contains(lower(post.text), ${bind(text)})`;
        const pattern = `(^|${letters})${text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&').replaceAll(' ', '\\s+')}($|${letters})`;
        return `(contains(lower(post.text), ${bind(text.split(' ')[0]!)}) and regexp_matches(lower(post.text), ${bind(pattern)}))`;
      }
      case 'hashtag':
        return carries('hashtag', `artifact.value = ${bind(canonicalHashtag(part.value) ?? part.value)}`);
      case 'media':
        return carries('media', `artifact.value = ${bind(part.value)}`);
      case 'url': {
        const canonical =
          canonicalUrl(/^https?:\/\//i.test(part.value) ? part.value : `https://${part.value}`)?.url ?? part.value;
        const value = bind(canonical.replace(/\/$/, ''));
        return carries(
          'url',
          `(artifact.value = ${value} or regexp_full_match(substr(artifact.value, length(${value}) + 1), '[/?#].*') and starts_with(artifact.value, ${value}))`,
        );
      }
      case 'domain': {
        const host = part.value
          .toLowerCase()
          .replace(/^https?:\/\//, '')
          .replace(/\/.*$/, '');
        const parts = canonicalUrl(`https://${host}/`);
        if (!parts?.domain || parts.domain === host)
          return carries('domain', `artifact.value = ${bind(parts?.domain ?? host)}`);
        return carries(
          'url',
          `regexp_matches(artifact.value, ${bind(`^https?://${host.replaceAll('.', '\\.')}(/|$)`)})`,
        );
      }
      case 'platform':
        return `post.platform = ${bind(part.value.toLowerCase())}`;
      case 'lang':
        return `lower(post.lang) = ${bind(part.value.toLowerCase())}`;
      case 'account': {
        const value = bind(part.value.toLowerCase());
        return `post.account_key in (select account_key from account where platform = ${bind(part.platform)} and (lower(account_id) = ${value} or lower(handle) = ${value}))`;
      }
    }
  };
  return { sql: compile(query), bound };
}

/**
 * Fills the temporary table `story_post (post_key)`: posts that match, and reshares of posts that match (their own text is often
 * cut). Posts without a known time are left out; their number is returned.
 */
export async function selectStoryPosts(
  database: Database,
  selection: StorySelection,
): Promise<{ posts: number; withoutTime: number }> {
  const { sql, bound } = compileStoryQuery(selection.query);
  const span = {
    from: selection.from?.toISOString().replace('Z', '') ?? null,
    to: selection.to?.toISOString().replace('Z', '') ?? null,
  };
  await database.run(
    `create or replace temp table matching_post as select post_key, platform, post_id from post where ${sql}`,
    bound,
  );
  await database.run(
    `create or replace temp table story_post as
    with wanted as (
      select post_key from matching_post
      union
      select post.post_key from post semi join matching_post as m on m.platform = post.platform and m.post_id = post.parent_id
      where post.kind = 'reshare'
    )
    select post.post_key, post.time is null as timeless from wanted join post using (post_key)
    where post.time is null or (($from::timestamp is null or post.time >= $from::timestamp) and ($to::timestamp is null or post.time < $to::timestamp))`,
    span,
  );
  const counts = (await database.first<{ posts: number; timeless: number }>(
    'select count(*) filter (not timeless) as posts, count(*) filter (timeless) as timeless from story_post',
  ))!;
  await database.run('delete from story_post where timeless; drop table matching_post');
  return { posts: counts.posts, withoutTime: counts.timeless };
}
