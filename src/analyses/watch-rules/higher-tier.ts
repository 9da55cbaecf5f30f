import type { Database } from '../../store/database.ts';
import type { OptionValue } from '../analysis.ts';
import { arrivals } from './arrivals-kernel.ts';
import type { Signal } from './signal.ts';
import { storyArtifacts } from './story-artifacts.ts';
import { type StoryPosts, seenBy } from './story-posts.ts';
import { firstOfTier, inWords, isoTime, recentFrom } from './story-rules.ts';
import { tierNames } from './venue-tables.ts';

const mainstream = 2;

/** First shares of the story's artifacts (those which mostly its posts carry) on a tier nearer to the mainstream than any before. */
export async function higherTierSignals(
  database: Database,
  story: StoryPosts,
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
): Promise<Signal[]> {
  const shares = await storyArtifacts(database, story);
  const crossed = firstOfTier(story, seenBy(story, asOf), mainstream);
  const carriedUntil = options.belowMainstreamOnly === true && crossed !== null ? story.seen[crossed]! : asOf;
  const told = arrivals(shares, recentFrom(options, asOf), asOf).filter(
    ({ at }) => shares.tier[at] === mainstream || shares.time[at]! <= carriedUntil,
  );
  if (told.length === 0) return [];
  const artifacts = await artifactNames(
    database,
    told.map((one) => shares.artifact[one.artifact]!),
  );
  const posts = await postNames(
    database,
    told.flatMap(({ at, below }) => [shares.post[at]!, shares.post[below]!]),
  );
  const signals = told.map(({ artifact, at, below }) => {
    const { kind, value, display } = artifacts.get(shares.artifact[artifact]!)!;
    const here = posts.get(shares.post[at]!)!;
    const before = posts.get(shares.post[below]!)!;
    const tier = tierNames[shares.tier[at]!];
    return {
      rule: 'higher-tier' as const,
      story: story.name,
      subject: display,
      artifact: { kind, value },
      key: `higher-tier:${story.name}:${kind}:${value}:${tier}`,
      at: isoTime(shares.time[at]!),
      headline: `${display} is now on a ${tier} venue`,
      reasons: [
        `first share on a ${tier} venue: ${here.platform}`,
        `${inWords(shares.time[at]! - shares.time[below]!)} after its first share in this collection, on ${before.platform} (${tierNames[shares.tier[below]!]})`,
      ],
      posts: [before.name, here.name],
    };
  });
  return signals.sort((a, b) => (a.at === b.at ? (a.key < b.key ? -1 : 1) : a.at < b.at ? -1 : 1));
}

async function artifactNames(database: Database, keys: readonly number[]) {
  const rows = await database.rows<{ key: number; kind: string; value: string; display: string }>(
    `select artifact_key as key, kind, value, coalesce(display, value) as display from artifact
    where artifact_key in (select unnest($keys::integer[]))`,
    { keys: `[${keys.join(', ')}]` },
  );
  return new Map(rows.map((row) => [Number(row.key), row]));
}

async function postNames(database: Database, keys: readonly number[]) {
  const rows = await database.rows<{ key: number; platform: string; name: string }>(
    `select post_key as key, platform, platform || '/' || post_id as name from post
    where post_key in (select unnest($keys::integer[]))`,
    { keys: `[${keys.join(', ')}]` },
  );
  return new Map(rows.map((row) => [Number(row.key), row]));
}
