import type { ShareColumns } from './share-columns-kernel.ts';

/** Which pairs of shares of one artifact count. */
export interface PairRules {
  /** Largest distance of the two times in microseconds; inclusive. */
  window: number;
  /** Also pair an account with itself. */
  keepLoops: boolean;
  /** Platform of each account, where only pairs within a platform or only pairs across platforms count. */
  platforms?: { of: Uint8Array; pairs: 'within' | 'across' } | undefined;
  /** A pair counts when the marks of its two posts together hold all bits of `need`. */
  marks?: Uint8Array | undefined;
  need?: number | undefined;
  /** A further condition on the older and the newer row. */
  accept?: ((older: number, newer: number) => boolean) | undefined;
}

/** Edges in columns; a <= b as keys. */
export interface PairEdges {
  count: number;
  a: Uint32Array;
  b: Uint32Array;
  /** Pairs of shares. */
  weight: Uint32Array;
  /** Sum of the time differences in microseconds. */
  delta: Float64Array;
  /** Distinct posts in the older and newer place, or of a and of b, as asked. */
  left: Uint32Array;
  right: Uint32Array;
  pairs: number;
}

/** Rows of the pairs of the chosen edges: those of the n-th stand at offsets[n] .. offsets[n + 1] - 1, in the order of the shares. */
export interface EdgePairs {
  offsets: Uint32Array;
  older: Uint32Array;
  newer: Uint32Array;
}

export interface PairCount {
  /** Pairs by the smaller account key of their two. */
  byAccount: Float64Array;
  pairs: number;
  /** Artifacts with a pair. */
  artifacts: number;
}

/** A scan over all pairs of ordered shares; `visit` gets the older and the newer row. */
function scan(shares: ShareColumns, rules: PairRules, visit: (older: number, newer: number) => void): void {
  const { artifact, time, account, content } = shares;
  const { window, keepLoops, platforms, marks, accept } = rules;
  const need = rules.need ?? 0;
  const across = platforms?.pairs === 'across';
  const rows = artifact.length;
  for (let older = 0; older < rows; older++) {
    const one = artifact[older]!;
    const latest = time[older]! + window;
    for (let newer = older + 1; newer < rows && artifact[newer] === one && time[newer]! <= latest; newer++) {
      if (!keepLoops && (account[older] === account[newer] || content[older] === content[newer])) continue;
      if (marks && ((marks[content[older]!]! | marks[content[newer]!]!) & need) !== need) continue;
      if (platforms && (platforms.of[account[older]!] !== platforms.of[account[newer]!]) !== across) continue;
      if (accept && !accept(older, newer)) continue;
      visit(older, newer);
    }
  }
}

/** Pairs that a scan of the window looks at, at most; without regard to loops. One pass with two pointers. */
export function countCandidates({ artifact, time }: ShareColumns, window: number): number {
  let pairs = 0;
  for (let newer = 1, older = 0; newer < artifact.length; newer++) {
    if (artifact[newer] !== artifact[newer - 1]) older = newer;
    while (time[older]! < time[newer]! - window) older++;
    pairs += newer - older;
  }
  return pairs;
}

/** Marks the posts that stand in at least one pair with `bit`, in `marked`, without going through all pairs. */
export function markPaired(shares: ShareColumns, rules: PairRules, marked: Uint8Array, bit: number): void {
  const { artifact, time, account, content } = shares;
  const { window, keepLoops, platforms, marks } = rules;
  const need = rules.need ?? 0;
  const across = platforms?.pairs === 'across';
  const rows = artifact.length;
  const pairs = (p: number, q: number) =>
    (keepLoops || (account[p] !== account[q] && content[p] !== content[q])) &&
    (!marks || ((marks[content[p]!]! | marks[content[q]!]!) & need) === need) &&
    (!platforms || (platforms.of[account[p]!] !== platforms.of[account[q]!]) === across);
  for (let row = 0; row < rows; row++) {
    const one = artifact[row]!;
    const latest = time[row]! + window;
    const earliest = time[row]! - window;
    const isAlone =
      !(row + 1 < rows && artifact[row + 1] === one && time[row + 1]! <= latest) &&
      !(row > 0 && artifact[row - 1] === one && time[row - 1]! >= earliest);
    if (isAlone) continue;
    const own = content[row]!;
    if ((marked[own]! & bit) !== 0) continue;
    let found = false;
    for (let other = row + 1; !found && other < rows && artifact[other] === one && time[other]! <= latest; other++)
      found = pairs(row, other);
    for (let other = row - 1; !found && other >= 0 && artifact[other] === one && time[other]! >= earliest; other--)
      found = pairs(row, other);
    if (found) marked[own] = marked[own]! | bit;
  }
}

/** All pairs as rows, in the order of the scan: what a window of few pairs can hold, so that it is scanned once. */
export interface PairList {
  older: Uint32Array;
  newer: Uint32Array;
}

export function listPairs(shares: ShareColumns, rules: PairRules): PairList {
  let older = new Uint32Array(1 << 16);
  let newer = new Uint32Array(1 << 16);
  let pairs = 0;
  scan(shares, rules, (p, q) => {
    if (pairs === older.length) {
      older = widened(older);
      newer = widened(newer);
    }
    older[pairs] = p;
    newer[pairs++] = q;
  });
  return { older: older.subarray(0, pairs), newer: newer.subarray(0, pairs) };
}

function widened(rows: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(2 * rows.length);
  wider.set(rows);
  return wider;
}

/** Every pair of the list, or of a scan where there is none. */
function eachPair(
  shares: ShareColumns,
  rules: PairRules,
  list: PairList | null,
  visit: (older: number, newer: number) => void,
): void {
  if (list === null) scan(shares, rules, visit);
  else for (let pair = 0; pair < list.older.length; pair++) visit(list.older[pair]!, list.newer[pair]!);
}

export function countPairs(
  shares: ShareColumns,
  rules: PairRules,
  accounts: number,
  list: PairList | null = null,
): PairCount {
  const { account, artifact } = shares;
  const byAccount = new Float64Array(accounts);
  let pairs = 0;
  let artifacts = 0;
  let last = -1;
  eachPair(shares, rules, list, (older, newer) => {
    const smaller = account[older]! < account[newer]! ? account[older]! : account[newer]!;
    byAccount[smaller] = byAccount[smaller]! + 1;
    pairs++;
    if (artifact[older] !== last) {
      last = artifact[older]!;
      artifacts++;
    }
  });
  return { byAccount, pairs, artifacts };
}

/** Ranges of account keys that hold at most `budget` pairs each; one account alone may hold more. */
export function pairRanges({ byAccount }: PairCount, budget: number): { from: number; to: number; pairs: number }[] {
  const ranges: { from: number; to: number; pairs: number }[] = [];
  let from = 0;
  let pairs = 0;
  for (let account = 0; account < byAccount.length; account++) {
    if (pairs > 0 && pairs + byAccount[account]! > budget) {
      ranges.push({ from, to: account, pairs });
      from = account;
      pairs = 0;
    }
    pairs += byAccount[account]!;
  }
  if (pairs > 0) ranges.push({ from, to: byAccount.length, pairs });
  return ranges;
}

/** Collects edges range by range of the smaller account, so that no more than one range of pairs is held at a time. */
export class EdgeCollector {
  readonly #shares: ShareColumns;
  readonly #rules: PairRules;
  readonly #byTime: boolean;
  readonly #list: PairList | null;
  #edges: PairEdges;
  #place: Int32Array;

  /** `byTime`: `left` and `right` count posts in the older and newer place, else posts of a and of b. */
  constructor(shares: ShareColumns, rules: PairRules, accounts: number, byTime: boolean, list: PairList | null = null) {
    this.#list = list;
    this.#shares = shares;
    this.#rules = rules;
    this.#byTime = byTime;
    this.#place = new Int32Array(accounts).fill(-1);
    this.#edges = { ...emptyColumns(1024), count: 0, pairs: 0 };
  }

  get count(): number {
    return this.#edges.count;
  }

  /** Adds the edges whose smaller account lies in the range. */
  add(range: { from: number; to: number; pairs: number }, { byAccount }: PairCount): void {
    const { account } = this.#shares;
    const { from, to } = range;
    const starts = new Uint32Array(to - from + 1);
    for (let one = from; one < to; one++) starts[one - from + 1] = starts[one - from]! + byAccount[one]!;
    const cursor = starts.slice();
    const older = new Uint32Array(range.pairs);
    const newer = new Uint32Array(range.pairs);
    eachPair(this.#shares, this.#rules, this.#list, (p, q) => {
      const smaller = account[p]! < account[q]! ? account[p]! : account[q]!;
      if (smaller < from || smaller >= to) return;
      const at = cursor[smaller - from]!;
      cursor[smaller - from] = at + 1;
      older[at] = p;
      newer[at] = q;
    });
    const edgeOf = new Uint32Array(range.pairs);
    for (let one = from; one < to; one++) {
      const start = starts[one - from]!;
      const end = starts[one - from + 1]!;
      if (end > start) this.#addAccount(one, { older, newer, edgeOf, start, end });
    }
  }

  finish(): PairEdges {
    const { count } = this.#edges;
    const { a, b, weight, delta, left, right } = this.#edges;
    return {
      count,
      a: a.subarray(0, count),
      b: b.subarray(0, count),
      weight: weight.subarray(0, count),
      delta: delta.subarray(0, count),
      left: left.subarray(0, count),
      right: right.subarray(0, count),
      pairs: this.#edges.pairs,
    };
  }

  #addAccount(one: number, pairs: AccountPairs): void {
    const { older, newer, edgeOf, start, end } = pairs;
    const { account, time } = this.#shares;
    const edges = this.#edges;
    const place = this.#place;
    const first = edges.count;
    for (let pair = start; pair < end; pair++) {
      const p = older[pair]!;
      const q = newer[pair]!;
      const other = account[p] === one ? account[q]! : account[p]!;
      let edge = place[other]!;
      if (edge < first) {
        if (edges.count === edges.a.length) growColumns(edges);
        edge = edges.count++;
        place[other] = edge;
        edges.a[edge] = one;
        edges.b[edge] = other;
      }
      edges.weight[edge] = edges.weight[edge]! + 1;
      edges.delta[edge] = edges.delta[edge]! + time[q]! - time[p]!;
      edgeOf[pair] = edge - first;
    }
    edges.pairs += end - start;
    if (edges.count - first === end - start && (this.#byTime || !this.#rules.keepLoops)) {
      for (let edge = first; edge < edges.count; edge++) edges.left[edge] = edges.right[edge] = 1;
      return;
    }
    this.#countPosts(one, first, pairs);
  }

  #countPosts(one: number, first: number, { older, newer, edgeOf, start, end }: AccountPairs): void {
    const { account, content } = this.#shares;
    const edges = this.#edges;
    const starts = new Uint32Array(edges.count - first + 1);
    for (let edge = first; edge < edges.count; edge++)
      starts[edge - first + 1] = starts[edge - first]! + edges.weight[edge]!;
    const cursor = starts.slice();
    const sorted = new Uint32Array(end - start);
    for (let pair = start; pair < end; pair++) {
      const edge = edgeOf[pair]!;
      const at = cursor[edge]!;
      cursor[edge] = at + 1;
      sorted[at] = pair;
    }
    for (let edge = first; edge < edges.count; edge++) {
      const from = starts[edge - first]!;
      const to = starts[edge - first + 1]!;
      const loop = edges.b[edge] === one;
      if (to - from === 1 && (!loop || this.#byTime)) {
        edges.left[edge] = edges.right[edge] = 1;
        continue;
      }
      const left = new Uint32Array(to - from);
      const right = new Uint32Array(to - from);
      for (let at = from; at < to; at++) {
        const p = older[sorted[at]!]!;
        const q = newer[sorted[at]!]!;
        const swap = !this.#byTime && account[p] !== one;
        left[at - from] = content[swap ? q : p]!;
        right[at - from] = content[swap ? p : q]!;
      }
      if (loop && !this.#byTime) edges.left[edge] = edges.right[edge] = distinct(Uint32Array.of(...left, ...right));
      else {
        edges.left[edge] = distinct(left);
        edges.right[edge] = distinct(right);
      }
    }
  }
}

/** Pairs of which the account is the smaller: those of the whole range from `start` to before `end`, and their edges from the account's first. */
interface AccountPairs {
  older: Uint32Array;
  newer: Uint32Array;
  edgeOf: Uint32Array;
  start: number;
  end: number;
}

/** The pairs of some edges, given by their ends, found by going through all pairs again. */
export function pairsOfEdges(shares: ShareColumns, rules: PairRules, a: Uint32Array, b: Uint32Array): EdgePairs {
  const { account } = shares;
  const accounts = a.length === 0 ? 0 : Math.max(largest(a), largest(b)) + 1;
  const placeOf = new Map<number, number>();
  const met = new Uint8Array(accounts);
  for (let edge = 0; edge < a.length; edge++) {
    placeOf.set(a[edge]! < b[edge]! ? a[edge]! * accounts + b[edge]! : b[edge]! * accounts + a[edge]!, edge);
    met[a[edge]!] = met[b[edge]!] = 1;
  }
  const place = (p: number, q: number) => {
    const x = account[p]!;
    const y = account[q]!;
    if (x >= accounts || y >= accounts || met[x] === 0 || met[y] === 0) return undefined;
    return placeOf.get(x < y ? x * accounts + y : y * accounts + x);
  };
  const offsets = new Uint32Array(a.length + 1);
  scan(shares, rules, (p, q) => {
    const edge = place(p, q);
    if (edge !== undefined) offsets[edge + 1] = offsets[edge + 1]! + 1;
  });
  for (let edge = 0; edge < a.length; edge++) offsets[edge + 1] = offsets[edge + 1]! + offsets[edge]!;
  const cursor = offsets.slice();
  const older = new Uint32Array(offsets[a.length]!);
  const newer = new Uint32Array(offsets[a.length]!);
  scan(shares, rules, (p, q) => {
    const edge = place(p, q);
    if (edge === undefined) return;
    const at = cursor[edge]!;
    cursor[edge] = at + 1;
    older[at] = p;
    newer[at] = q;
  });
  return { offsets, older, newer };
}

function largest(keys: Uint32Array): number {
  let most = 0;
  for (let at = 0; at < keys.length; at++) if (keys[at]! > most) most = keys[at]!;
  return most;
}

function distinct(keys: Uint32Array): number {
  if (keys.length === 1) return 1;
  keys.sort();
  let count = 1;
  for (let at = 1; at < keys.length; at++) if (keys[at] !== keys[at - 1]) count++;
  return count;
}

function emptyColumns(size: number) {
  return {
    a: new Uint32Array(size),
    b: new Uint32Array(size),
    weight: new Uint32Array(size),
    delta: new Float64Array(size),
    left: new Uint32Array(size),
    right: new Uint32Array(size),
  };
}

function growColumns(edges: PairEdges): void {
  const wider = emptyColumns(edges.a.length * 2);
  for (const name of ['a', 'b', 'weight', 'left', 'right'] as const) {
    wider[name].set(edges[name]);
    edges[name] = wider[name];
  }
  wider.delta.set(edges.delta);
  edges.delta = wider.delta;
}
