import type { Database } from '../../store/database.ts';
import type { OptionValue } from '../analysis.ts';
import { type Burst, firstBurst, type UsualPace } from './burst-kernel.ts';
import { nobody, type YoungArtifacts } from './load-young-artifacts.ts';
import type { Signal } from './signal.ts';
import { isoTime } from './story-rules.ts';
import { slowestPace, usualPaces } from './usual-pace.ts';
import type { SharesOfOne } from './warning-features-kernel.ts';
import { sharesOfOne, youngOnFringe, youngRule } from './young-on-fringe.ts';

const hour = 3_600_000;
const mostEvidence = 10;

interface Found {
  artifact: number;
  shares: SharesOfOne;
  platform: number;
  burst: Burst;
  /** Places of the shares on the platform, and of the first own post of each account that carried it on. */
  there: number[];
  carried: number[];
}

/** What is usual is known only of venues that were collected for the whole day before. */
const burstRule = { ...youngRule, settledMs: 24 * hour };

/** Young artifacts that a fringe venue shares much faster than others of their kind in the day before, and that accounts have carried elsewhere, not yet to the mainstream, in posts of their own. */
export async function fringeBurstSignals(
  database: Database,
  young: YoungArtifacts,
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
): Promise<Signal[]> {
  const artifacts = youngOnFringe(young, { ...burstRule, oldestMs: Number(options.oldestHours) * hour }, asOf);
  const possible = artifacts.filter((artifact) => burstOf(young, artifact, options, asOf, () => slowestPace));
  if (possible.length === 0) return [];
  const windowMinutes = Number(options.windowMinutes);
  const names = possible.map((artifact) => young.names[artifact]!);
  const usual = await usualPaces(database, names, windowMinutes * 60_000, asOf);
  return possible.flatMap((artifact) => {
    const paceOn = (platform: string) => usual(young.names[artifact]!, platform);
    const found = burstOf(young, artifact, options, asOf, paceOn);
    return found ? [signalOf(young, found, windowMinutes, paceOn(young.platforms[found.platform]!))] : [];
  });
}

function burstOf(
  young: YoungArtifacts,
  artifact: number,
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
  paceOn: (platform: string) => UsualPace,
): Found | null {
  const shares = sharesOfOne(young, artifact, asOf);
  if (shares.tier.includes(2)) return null;
  const fringe = [...shares.time.keys()].filter((at) => shares.tier[at] === 0);
  for (const platform of new Set(fringe.map((at) => shares.platform[at]!))) {
    const there = fringe.filter((at) => shares.platform[at] === platform);
    const carried = firstCarriers(shares, platform);
    if (carried.length < Number(options.bridges)) continue;
    const burst = firstBurst(
      Float64Array.from(there, (at) => shares.time[at]!),
      Number(options.windowMinutes) * 60_000,
      paceOn(young.platforms[platform]!),
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
  usual: UsualPace,
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
      `${burst.count} shares on ${venue} within ${windowMinutes} minutes, where others of its kind get ${usual.mean.toFixed(1)} on average when they get any (p ${burst.pValue.toPrecision(2)})`,
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
