import type { Database } from '../../store/database.ts';
import type { OptionValue } from '../analysis.ts';
import { type Burst, firstBurst } from './burst-kernel.ts';
import { nobody, sqlTime, watchedKinds, type YoungArtifacts } from './load-young-artifacts.ts';
import type { Signal } from './signal.ts';
import { isoTime } from './story-rules.ts';
import type { SharesOfOne } from './warning-features-kernel.ts';
import { sharesOfOne, youngOnFringe, youngRule } from './young-on-fringe.ts';

const hour = 3_600_000;
const mostEvidence = 10;
const slowestPace = 1;

interface Found {
  artifact: number;
  shares: SharesOfOne;
  platform: number;
  burst: Burst;
  /** Places of the shares on the platform, and of the first own post of each account that carried it on. */
  there: number[];
  carried: number[];
}

/**
 * Young artifacts that a fringe venue shares unusually fast and that accounts have carried elsewhere in posts of their own. The usual pace is the mean of the
 * shares that an artifact gets there in such a time, where it gets any, over the day before.
 */
export async function fringeBurstSignals(
  database: Database,
  young: YoungArtifacts,
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
): Promise<Signal[]> {
  const artifacts = youngOnFringe(young, { ...youngRule, oldestMs: Number(options.oldestHours) * hour }, asOf);
  const find = (paceOf: (platform: string) => number) =>
    artifacts.flatMap((artifact) => burstOf(young, artifact, options, asOf, paceOf) ?? []);
  if (find(() => slowestPace).length === 0) return [];
  const usual = await usualPace(database, Number(options.windowMinutes) * 60_000, asOf);
  const pace = (platform: string) => usual.get(platform) ?? slowestPace;
  return find(pace).map((found) => signalOf(young, found, Number(options.windowMinutes), pace));
}

function burstOf(
  young: YoungArtifacts,
  artifact: number,
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
  paceOf: (platform: string) => number,
): Found | null {
  const shares = sharesOfOne(young, artifact, asOf);
  const fringe = [...shares.time.keys()].filter((at) => shares.tier[at] === 0);
  for (const platform of new Set(fringe.map((at) => shares.platform[at]!))) {
    const there = fringe.filter((at) => shares.platform[at] === platform);
    const carried = firstCarriers(shares, platform);
    if (carried.length < Number(options.bridges)) continue;
    const burst = firstBurst(
      Float64Array.from(there, (at) => shares.time[at]!),
      Number(options.windowMinutes) * 60_000,
      paceOf(young.platforms[platform]!),
      Number(options.pValue),
    );
    if (burst) return { artifact, shares, platform, burst, there, carried };
  }
  return null;
}

function signalOf(
  young: YoungArtifacts,
  { artifact, shares, platform, burst, there, carried }: Found,
  windowMinutes: number,
  paceOf: (platform: string) => number,
): Signal {
  const { kind, value, display } = young.names[artifact]!;
  const venue = young.platforms[platform]!;
  const within = there.slice(burst.at - burst.count + 1, burst.at + 1);
  return {
    rule: 'fringe-burst',
    story: undefined,
    subject: display,
    artifact: { kind, value },
    key: `fringe-burst:${kind}:${value}`,
    at: isoTime(shares.time[there[burst.at]!]!),
    headline: `${display} bursts on ${venue} and is carried on`,
    reasons: [
      `${burst.count} shares on ${venue} within ${windowMinutes} minutes, where an artifact usually gets ${paceOf(venue).toFixed(1)} (p ${burst.pValue.toPrecision(2)})`,
      `carried to another platform by ${carried.length} ${carried.length === 1 ? 'account' : 'accounts'}`,
    ],
    posts: [...within.slice(0, mostEvidence), ...carried.slice(0, mostEvidence)]
      .sort((a, b) => a - b)
      .map((at) => young.post[young.offset[artifact]! + at]!),
  };
}

/** The first own post of each account that carried the artifact to another platform after it was seen here. */
function firstCarriers(shares: SharesOfOne, platform: number): number[] {
  const seen = new Set<number>();
  let here = false;
  return [...shares.time.keys()].filter((at) => {
    if (shares.platform[at] === platform) here = true;
    else if (here && shares.reshare[at] === 0 && shares.account[at] !== nobody && !seen.has(shares.account[at]!)) {
      seen.add(shares.account[at]!);
      return true;
    }
    return false;
  });
}

/** Mean shares of an artifact per platform and window, over windows in which it had any, at least 1; the day before `asOf`. */
async function usualPace(database: Database, windowMs: number, asOf: number): Promise<Map<string, number>> {
  const rows = await database.rows<{ platform: string; pace: number }>(
    `with recent_post as (
      select post_key, platform from post where time > $from::timestamp and time <= $asOf::timestamp
        and platform in (select platform from venue_platform where tier = 0)
    ), counted as (
      select platform, share.artifact_key, floor(epoch_ms(share.time) / $window) as bin, count(*) as shares
      from share join recent_post using (post_key) join artifact using (artifact_key)
      where share.time > $from::timestamp and share.time <= $asOf::timestamp and artifact.kind in ${watchedKinds}
      group by all
    )
    select platform, avg(shares) as pace from counted group by platform`,
    { from: sqlTime(asOf - 24 * hour), asOf: sqlTime(asOf), window: windowMs },
  );
  return new Map(rows.map((row) => [row.platform, Math.max(slowestPace, row.pace)]));
}
