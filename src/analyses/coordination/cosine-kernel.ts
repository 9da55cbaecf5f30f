import { countByKey, type ShareColumns } from './share-columns-kernel.ts';

export interface CosineEdges {
  a: Uint32Array;
  b: Uint32Array;
  cosine: Float64Array;
  /** Artifacts both shared. */
  common: Uint32Array;
  /** Shares of a and of b of those artifacts. */
  left: Uint32Array;
  right: Uint32Array;
}

interface Rows {
  accounts: Uint32Array;
  offsets: Uint32Array;
  artifact: Uint32Array;
  count: Uint32Array;
  weight: Float64Array;
}

/** Multiplications that `cosineEdges` makes. */
export function cosineWork(shares: ShareColumns): number {
  const matrix = tfIdf(shares);
  const holders = countByKey(matrix.artifact, matrix.artifact.reduce((most, key) => Math.max(most, key), 0) + 1);
  return holders.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}

/**
 * Cosine similarity of accounts over what they shared: counts weighted as scikit-learn's TfidfTransformer, idf = ln((1 + n) / (1 + df)) + 1, rows of length 1.
 * Artifacts of one account alone join nobody but count in the length of its row. Edges by a, then b; only similarities above 0.
 */
export function cosineEdges(shares: ShareColumns): CosineEdges {
  const rows = tfIdf(shares);
  const accounts = rows.accounts.length;
  const columns = byArtifact(rows);
  const edges: { a: number[]; b: number[]; cosine: number[]; common: number[]; left: number[]; right: number[] } = {
    a: [],
    b: [],
    cosine: [],
    common: [],
    left: [],
    right: [],
  };
  const sum = new Float64Array(accounts);
  const common = new Uint32Array(accounts);
  const left = new Uint32Array(accounts);
  const right = new Uint32Array(accounts);
  for (let one = 0; one < accounts; one++) {
    const touched: number[] = [];
    for (let at = rows.offsets[one]!; at < rows.offsets[one + 1]!; at++) {
      const artifact = rows.artifact[at]!;
      for (let place = columns.offsets[artifact + 1]! - 1; place >= columns.offsets[artifact]!; place--) {
        const other = columns.row[place]!;
        if (other <= one) break;
        const entry = columns.entry[place]!;
        if (common[other] === 0) touched.push(other);
        common[other] = common[other]! + 1;
        sum[other] = sum[other]! + rows.weight[at]! * rows.weight[entry]!;
        left[other] = left[other]! + rows.count[at]!;
        right[other] = right[other]! + rows.count[entry]!;
      }
    }
    touched.sort((x, y) => x - y);
    for (const other of touched) {
      edges.a.push(rows.accounts[one]!);
      edges.b.push(rows.accounts[other]!);
      edges.cosine.push(Math.min(1, sum[other]!));
      edges.common.push(common[other]!);
      edges.left.push(left[other]!);
      edges.right.push(right[other]!);
      common[other] = left[other] = right[other] = sum[other] = 0;
    }
  }
  return {
    a: Uint32Array.from(edges.a),
    b: Uint32Array.from(edges.b),
    cosine: Float64Array.from(edges.cosine),
    common: Uint32Array.from(edges.common),
    left: Uint32Array.from(edges.left),
    right: Uint32Array.from(edges.right),
  };
}

/** Rows of accounts by key, entries by artifact; weights of each row have length 1. */
function tfIdf(shares: ShareColumns): Rows {
  const order = Uint32Array.from(shares.account.keys()).sort(
    (p, q) => shares.account[p]! - shares.account[q]! || shares.artifact[p]! - shares.artifact[q]!,
  );
  const accounts: number[] = [];
  const offsets: number[] = [];
  const artifact: number[] = [];
  const count: number[] = [];
  for (const row of order) {
    const account = shares.account[row]!;
    const isNew = accounts.at(-1) !== account;
    if (isNew) {
      accounts.push(account);
      offsets.push(artifact.length);
    }
    if (!isNew && artifact.at(-1) === shares.artifact[row]) count[count.length - 1]! += 1;
    else {
      artifact.push(shares.artifact[row]!);
      count.push(1);
    }
  }
  offsets.push(artifact.length);
  const keys = Uint32Array.from(artifact);
  const holders = countByKey(keys, keys.reduce((most, key) => Math.max(most, key), 0) + 1);
  const weight = Float64Array.from(
    count,
    (times, at) => times * (Math.log((1 + accounts.length) / (1 + holders[keys[at]!]!)) + 1),
  );
  for (let one = 0; one < accounts.length; one++) {
    let square = 0;
    for (let at = offsets[one]!; at < offsets[one + 1]!; at++) square += weight[at]! ** 2;
    const length = Math.sqrt(square);
    for (let at = offsets[one]!; at < offsets[one + 1]!; at++) weight[at] = weight[at]! / length;
  }
  return {
    accounts: Uint32Array.from(accounts),
    offsets: Uint32Array.from(offsets),
    artifact: keys,
    count: Uint32Array.from(count),
    weight,
  };
}

/** For each artifact its rows in ascending order, and where their entries stand. */
function byArtifact({ accounts, offsets, artifact }: Rows) {
  const size = artifact.reduce((most, key) => Math.max(most, key), 0) + 1;
  const starts = new Uint32Array(size + 1);
  for (const key of artifact) starts[key + 1] = starts[key + 1]! + 1;
  for (let key = 0; key < size; key++) starts[key + 1] = starts[key + 1]! + starts[key]!;
  const cursor = starts.slice();
  const row = new Uint32Array(artifact.length);
  const entry = new Uint32Array(artifact.length);
  for (let one = 0; one < accounts.length; one++)
    for (let at = offsets[one]!; at < offsets[one + 1]!; at++) {
      const place = cursor[artifact[at]!]!;
      cursor[artifact[at]!] = place + 1;
      row[place] = one;
      entry[place] = at;
    }
  return { offsets: starts, row, entry };
}
