import type { Database } from '../../store/database.ts';
import type { UsualPace } from './burst-kernel.ts';
import { sqlTime, watchedKinds } from './load-young-artifacts.ts';

const hour = 3_600_000;
/** Fewer windows say too little of one kind of artifact: then it is the faster one of the kind and of all kinds. */
const fewestWindows = 30;

/** A pace below which nothing counts as slow. */
export const slowestPace: UsualPace = { mean: 1, variance: 1 };

export interface Paced {
  kind: string;
  value: string;
}

interface Sums {
  platform: string;
  kind: string;
  /** The artifact, where it is among those asked about. */
  own: string | null;
  windows: number;
  shares: number;
  squares: number;
}

/**
 * What other artifacts of the same kind get on a fringe platform in a window in which they get any, over the day before `asOf`: mean (at least 1) and
 * variance, for each artifact without its own shares.
 */
export async function usualPaces(
  database: Database,
  artifacts: readonly Paced[],
  windowMs: number,
  asOf: number,
): Promise<(artifact: Paced, platform: string) => UsualPace> {
  const rows = await database.rows<Sums>(
    `with asked as (
      select unnest(from_json($asked, '["varchar"]')) as name
    ), recent_post as (
      select post_key, platform from post where time > $from::timestamp and time <= $asOf::timestamp
        and platform in (select platform from venue_platform where tier = 0)
    ), counted as (
      select platform, artifact.kind, artifact.value, floor(epoch_ms(share.time) / $window) as bin, count(*) as shares
      from share join recent_post using (post_key) join artifact using (artifact_key)
      where share.time > $from::timestamp and share.time <= $asOf::timestamp and artifact.kind in ${watchedKinds}
      group by all
    )
    select platform, kind, case when kind || ':' || value in (select name from asked) then value end as own,
      count(*) as windows, sum(shares)::double as shares, sum(shares * shares)::double as squares
    from counted group by all`,
    {
      asked: JSON.stringify(artifacts.map(({ kind, value }) => `${kind}:${value}`)),
      from: sqlTime(asOf - 24 * hour),
      asOf: sqlTime(asOf),
      window: windowMs,
    },
  );
  return ({ kind, value }, platform) => {
    const others = rows.filter((row) => row.platform === platform && !(row.kind === kind && row.own === value));
    const alike = others.filter((row) => row.kind === kind);
    const ofKind = paceOf(alike);
    if (windowsOf(alike) >= fewestWindows) return ofKind;
    const ofAll = paceOf(others);
    return ofKind.mean > ofAll.mean ? ofKind : ofAll;
  };
}

const windowsOf = (rows: readonly Sums[]) => rows.reduce((sum, row) => sum + row.windows, 0);

function paceOf(rows: readonly Sums[]): UsualPace {
  const windows = windowsOf(rows);
  if (windows < 2) return slowestPace;
  const shares = rows.reduce((sum, row) => sum + row.shares, 0);
  const squares = rows.reduce((sum, row) => sum + row.squares, 0);
  const mean = Math.max(slowestPace.mean, shares / windows);
  return { mean, variance: Math.max(mean, (squares - shares ** 2 / windows) / (windows - 1)) };
}
