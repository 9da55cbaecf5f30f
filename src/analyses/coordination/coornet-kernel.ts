import { quantileSorted } from '../../base/quantile.ts';
import { emptyShares, type ShareColumns } from './share-columns-kernel.ts';

/**
 * CooRnet's `estimate_coord_interval`: among the artifacts whose second share came fastest (quantile `q` of the delays to it), the `p` quantile of the seconds until
 * more than `p` of their shares were there; 0 becomes 1. Null where no artifact was shared twice.
 */
export function coornetInterval({ artifact, time }: ShareColumns, q: number, p: number): number | null {
  const second: number[] = [];
  const reached: number[] = [];
  for (let start = 0; start < artifact.length; ) {
    let end = start;
    while (end < artifact.length && artifact[end] === artifact[start]) end++;
    const count = end - start;
    if (count > 1) {
      const above = start + Math.min(count - 1, firstRankAbove(p, count) - 1);
      second.push((time[start + 1]! - time[start]!) / 1e6);
      reached.push((time[above]! - time[start]!) / 1e6);
    }
    start = end;
  }
  if (second.length === 0) return null;
  const fastest = quantileSorted(Float64Array.from(second).sort(), q);
  const chosen = Float64Array.from(reached.filter((_, at) => second[at]! <= fastest)).sort();
  return quantileSorted(chosen, p) || 1;
}

/** The smallest rank, from 1, with rank / count > p. */
function firstRankAbove(p: number, count: number): number {
  let rank = Math.max(1, Math.floor(p * count));
  while (rank / count <= p) rank++;
  return rank;
}

/**
 * CooRnet's coordinated shares: the calendar bins of `interval` seconds from an artifact's first share that hold more than one share, of artifacts that
 * more than one account shared. One row for each account and artifact, with its first such share.
 */
export function coornetActs(shares: ShareColumns, intervalSeconds: number): ShareColumns {
  const { artifact, time, account, content } = shares;
  const width = intervalSeconds * 1e6;
  const rows: number[] = [];
  for (let start = 0; start < artifact.length; ) {
    let end = start;
    let several = false;
    for (; end < artifact.length && artifact[end] === artifact[start]; end++)
      several ||= account[end] !== account[start];
    const met = new Set<number>();
    const bin = (row: number) => Math.floor((time[row]! - time[start]!) / width);
    for (let from = start; several && from < end; ) {
      let to = from + 1;
      while (to < end && bin(to) === bin(from)) to++;
      for (let row = from; to - from > 1 && row < to; row++) {
        if (met.has(account[row]!)) continue;
        met.add(account[row]!);
        rows.push(row);
      }
      from = to;
    }
    start = end;
  }
  const acts = emptyShares(rows.length);
  rows.forEach((row, at) => {
    acts.artifact[at] = artifact[row]!;
    acts.time[at] = time[row]!;
    acts.account[at] = account[row]!;
    acts.content[at] = content[row]!;
  });
  return acts;
}
