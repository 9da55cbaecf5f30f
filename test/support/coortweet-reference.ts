export interface ShareRow {
  object: string;
  account: string;
  content: string;
  time: number;
}

export interface SharePair {
  object: string;
  older: ShareRow;
  newer: ShareRow;
  delta: number;
}

/** Rows of a CooRTweet table without quotes. */
export function shareRows(csv: string): ShareRow[] {
  return csv
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => {
      const [object, account, content, time] = line.split(',') as [string, string, string, string];
      return { object, account, content, time: Number(time) };
    });
}

/** `detect_groups` by its published rules, pair by pair, with nothing clever. */
export function coortweetPairs(all: ShareRow[], window: number, participation: number, loops: boolean): SharePair[] {
  const byAccount = group(all, (row) => row.account);
  const rows = [...byAccount.values()].filter((own) => own.length >= participation).flat();
  const pairs: SharePair[] = [];
  for (const [object, own] of group(rows, (row) => row.object)) {
    for (let i = 0; i < own.length; i++)
      for (let j = i + 1; j < own.length; j++) {
        const [p, q] = [own[i]!, own[j]!];
        if (Math.abs(p.time - q.time) > window) continue;
        if (
          !loops &&
          (object === p.content || object === q.content || p.content === q.content || p.account === q.account)
        )
          continue;
        const [older, newer] = p.time <= q.time ? [p, q] : [q, p];
        pairs.push({ object, older, newer, delta: newer.time - older.time });
      }
  }
  return participation >= 1 ? enoughParticipation(rows, pairs, participation) : pairs;
}

/** `flag_speed_share`. */
export function fastPairs(all: ShareRow[], pairs: SharePair[], window: number, participation: number): SharePair[] {
  const fast = enoughParticipation(
    all,
    pairs.filter((pair) => pair.delta <= window),
    participation,
  );
  const flagged = new Set(fast.map(({ older, newer }) => `${older.content},${newer.content}`));
  return pairs.filter(({ older, newer }) => flagged.has(`${older.content},${newer.content}`));
}

function enoughParticipation(rows: ShareRow[], pairs: SharePair[], participation: number): SharePair[] {
  const contents = new Set(pairs.flatMap(({ older, newer }) => [older.content, newer.content]));
  const taking = group(
    rows.filter((row) => contents.has(row.content)),
    (row) => row.account,
  );
  const kept = new Set(
    [...taking.values()].filter((own) => own.length >= participation).flatMap((own) => own.map((row) => row.content)),
  );
  return pairs.filter(({ older, newer }) => kept.has(older.content) || kept.has(newer.content));
}

/** Edges as lines `a,b,weight,mean difference,older contents,newer contents,symmetry`, sorted. */
export function coortweetEdges(pairs: SharePair[]): string[] {
  const edges = group(pairs, ({ older, newer }) => [older.account, newer.account].sort().join());
  return [...edges]
    .map(([ends, own]) => {
      const left = new Set(own.map((pair) => pair.older.content)).size;
      const right = new Set(own.map((pair) => pair.newer.content)).size;
      const mean = own.reduce((sum, pair) => sum + pair.delta, 0) / own.length;
      const symmetry = Math.min(left, right) / Math.max(left, right);
      return [ends, own.length, Number(mean.toPrecision(12)), left, right, Number(symmetry.toPrecision(12))].join();
    })
    .sort();
}

function group<T>(items: T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const own = groups.get(key(item));
    if (own) own.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
