import { canonicalUrl } from '../domain/canonical-url.ts';
import { canonicalHashtag } from '../domain/hashtag.ts';
import { parseStoryQuery, positiveLeaves } from '../domain/story-query.ts';
import type { Case } from './case.ts';
import { getStory, selectStory } from './stories.ts';
import { refusedSuggestions } from './story-history.ts';

export interface Suggestion {
  kind: 'hashtag' | 'url' | 'domain' | 'media' | 'term';
  value: string;
  /** How it would be written in a query. */
  query: string;
  inStory: number;
  elsewhere: number;
  /** ln of the smoothed share among posts of the story over the share among all other posts. */
  logRatio: number;
}

const fewest = 3;
const smallestRatio = 2;

/**
 * Terms and artifacts that co-occur with a story far more than with other posts: smoothed log ratio
 * ln(((s+1)/(S+2)) / ((e+1)/(E+2))) of s of the S story posts against e of the E others, ranked by ratio times ln(1+s). What
 * the query asks for already and what was refused is left out.
 */
export async function suggestForStory(
  spilloverCase: Case,
  name: string,
  limit: number,
): Promise<{ story: string; query: string; refused: string[]; suggestions: Suggestion[] }> {
  const story = await getStory(spilloverCase, name);
  await selectStory(spilloverCase, story);
  const { database } = spilloverCase;
  const found = await database.rows<Omit<Suggestion, 'query'>>(
    `with size as (
      select (select count(*) from story_post) as s, (select count(*) from post) - (select count(*) from story_post) as e
    ), carried as (
      select artifact.kind, artifact.value, count(*) filter (story_post.post_key is not null) as in_story, count(*) as everywhere
      from share join artifact using (artifact_key) left join story_post using (post_key)
      where artifact.kind in ('hashtag', 'url', 'domain', 'media') group by all
      having count(*) filter (story_post.post_key is not null) >= ${fewest}
    ), word as (
      select distinct post_key, unnest(regexp_extract_all(regexp_replace(lower(text), 'https?://\\S+|[@#]\\w+', ' ', 'g'), '[\\p{L}][\\p{L}\\p{N}''-]{3,}')) as value
      from post where text is not null
    ), spoken as (
      select 'term' as kind, value, count(*) filter (story_post.post_key is not null) as in_story, count(*) as everywhere
      from word left join story_post using (post_key) group by value
      having count(*) filter (story_post.post_key is not null) >= ${fewest}
    ), scored as (
      select kind, value, in_story, everywhere - in_story as elsewhere,
        ln(((in_story + 1) / (s + 2)) / ((everywhere - in_story + 1) / (e + 2))) as ratio
      from (select * from carried union all by name select * from spoken), size
    ), ranked as (
      select *, row_number() over (partition by kind order by ratio * ln(1 + in_story) desc, value) as place
      from scored where ratio >= ${smallestRatio}
    )
    select kind, value, in_story as inStory, elsewhere, ratio as logRatio from ranked where place <= $limit order by kind, place`,
    { limit: Math.max(1, Math.floor(limit)) },
  );
  const refused = await refusedSuggestions(spilloverCase, name);
  const asked = askedFor(story.query);
  const suggestions = found
    .filter((one) => !asked(one.kind, one.value))
    .map((one) => ({ ...one, query: asQuery(one.kind, one.value) }))
    .filter((one) => !refused.includes(one.query));
  return { story: name, query: story.query, refused, suggestions };
}

/** Whether the query asks for a thing already; words of its terms and phrases count as asked for. */
function askedFor(text: string): (kind: Suggestion['kind'], value: string) => boolean {
  const leaves = positiveLeaves(parseStoryQuery(text));
  const things = new Set(leaves.map((leaf) => `${leaf.op} ${canonical(leaf.op, leaf.value)}`));
  const words = new Set(
    leaves.flatMap((leaf) =>
      leaf.op === 'term' || leaf.op === 'phrase' ? leaf.value.toLowerCase().split(/[^\p{L}\p{N}'-]+/u) : [],
    ),
  );
  return (kind, value) => things.has(`${kind} ${value}`) || (kind === 'term' && words.has(value));
}

function canonical(op: string, value: string): string {
  if (op === 'hashtag') return canonicalHashtag(value) ?? value;
  if (op !== 'url') return value.toLowerCase();
  return canonicalUrl(/^https?:\/\//i.test(value) ? value : `https://${value}`)?.url ?? value;
}

function asQuery(kind: Suggestion['kind'], value: string): string {
  if (kind === 'hashtag') return `#${value}`;
  if (kind === 'term') return value;
  const bare = kind === 'url' ? value.replace(/^https:\/\//, '') : value;
  return /[\s()]/.test(bare) ? `${kind}:"${bare}"` : `${kind}:${bare}`;
}
