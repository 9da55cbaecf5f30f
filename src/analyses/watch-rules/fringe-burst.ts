import type { Database } from '../../store/database.ts';
import type { OptionValue } from '../analysis.ts';
import { firstBurst } from './burst-kernel.ts';
import { nobody, sqlTime, watchedKinds, type YoungArtifacts } from './load-young-artifacts.ts';
import { sharesOfOne } from './shares-of-one.ts';
import type { Signal } from './signal.ts';
import { isoTime } from './story-rules.ts';

const hour = 3_600_000;
const mostEvidence = 10;

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
  const windowMs = Number(options.windowMinutes) * 60_000;
  const fringe = [...new Set(young.platform.filter((_, at) => young.tier[at] === 0))];
  if (fringe.length === 0) return [];
  const usual = await usualPace(database, windowMs, asOf);
  return young.names.flatMap(({ kind, value, display }, i): Signal[] => {
    const shares = sharesOfOne(young, i, asOf);
    if (shares.time[0]! < asOf - Number(options.oldestHours) * hour) return [];
    const places = [...shares.time.keys()];
    for (const platform of fringe) {
      const name = young.platforms[platform]!;
      const there = places.filter((at) => shares.platform[at] === platform && shares.tier[at] === 0);
      const pace = usual.get(name) ?? 1;
      const burst = firstBurst(
        Float64Array.from(there, (at) => shares.time[at]!),
        windowMs,
        pace,
        Number(options.pValue),
      );
      if (!burst) continue;
      const carried = firstCarriers(shares, platform);
      if (carried.length < Number(options.bridges)) continue;
      const bridged = carried[Number(options.bridges) - 1]!;
      const moment = Math.max(shares.time[there[burst.at]!]!, shares.time[bridged]!);
      const within = there.slice(burst.at - burst.count + 1, burst.at + 1);
      return [
        {
          rule: 'fringe-burst',
          story: undefined,
          subject: display,
          artifact: { kind, value },
          key: `fringe-burst:${kind}:${value}`,
          at: isoTime(moment),
          headline: `${display} bursts on ${name} and is carried on`,
          reasons: [
            `${burst.count} shares on ${name} within ${options.windowMinutes} minutes, where an artifact usually gets ${pace.toFixed(1)} (p ${burst.pValue.toPrecision(2)})`,
            `carried to another platform by ${carried.length} ${carried.length === 1 ? 'account' : 'accounts'}`,
          ],
          posts: [...within.slice(0, mostEvidence), ...carried.slice(0, mostEvidence)]
            .sort((a, b) => a - b)
            .map((at) => young.post[young.offset[i]! + at]!),
        },
      ];
    }
    return [];
  });
}

/** The first own post of each account that carried the artifact to another platform after it was seen here. */
function firstCarriers(shares: ReturnType<typeof sharesOfOne>, platform: number): number[] {
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
    `with counted as (
      select post.platform, share.artifact_key, floor(epoch_ms(share.time) / $window) as bin, count(*) as shares
      from share join post using (post_key) join artifact using (artifact_key)
      where share.time > $from::timestamp and share.time <= $asOf::timestamp and artifact.kind in ${watchedKinds}
        and post.platform in (select platform from venue_platform where tier = 0)
      group by all
    )
    select platform, avg(shares) as pace from counted group by platform`,
    { from: sqlTime(asOf - 24 * hour), asOf: sqlTime(asOf), window: windowMs },
  );
  return new Map(rows.map((row) => [row.platform, Math.max(1, row.pace)]));
}
