/** Shares in columns: one row for each artifact that a post carries. Keys are dense integers, times are microseconds. */
export interface ShareColumns {
  artifact: Uint32Array;
  time: Float64Array;
  account: Uint32Array;
  /** The post. */
  content: Uint32Array;
}

/** The rows that `keep` names, in their order. */
export function keepRows(shares: ShareColumns, keep: (row: number) => boolean): ShareColumns {
  const rows = shares.artifact.length;
  const chosen = new Uint8Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (!keep(row)) continue;
    chosen[row] = 1;
    count++;
  }
  if (count === rows) return shares;
  const kept = emptyShares(count);
  for (let row = 0, at = 0; row < rows; row++) if (chosen[row] === 1) copyRow(shares, row, kept, at++);
  return kept;
}

export function emptyShares(rows: number): ShareColumns {
  return {
    artifact: new Uint32Array(rows),
    time: new Float64Array(rows),
    account: new Uint32Array(rows),
    content: new Uint32Array(rows),
  };
}

export function largestKey(keys: Uint32Array): number {
  let largest = 0;
  for (let row = 0; row < keys.length; row++) if (keys[row]! > largest) largest = keys[row]!;
  return largest;
}

/** Rows of each account, by account key. */
export function countByKey(keys: Uint32Array, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (let row = 0; row < keys.length; row++) counts[keys[row]!] = counts[keys[row]!]! + 1;
  return counts;
}

/**
 * The shares by artifact and, within it, by time; equal times by the account that appeared first (lowest post) and by post. Shares that stand so
 * already are returned as they are.
 */
export function orderShares(shares: ShareColumns): ShareColumns {
  const { artifact } = shares;
  const rows = artifact.length;
  const accounts = rows === 0 ? 1 : largestKey(shares.account) + 1;
  const firstContent = new Uint32Array(accounts).fill(0xffffffff);
  for (let row = 0; row < rows; row++) {
    const account = shares.account[row]!;
    if (shares.content[row]! < firstContent[account]!) firstContent[account] = shares.content[row]!;
  }
  const grouped = isAscending(artifact) ? shares : groupByArtifact(shares);
  let result = grouped;
  for (let start = 0; start < rows; ) {
    let end = start + 1;
    while (end < rows && grouped.artifact[end] === grouped.artifact[start]) end++;
    if (!standsInOrder(grouped, start, end, firstContent)) {
      if (result === shares) result = copyShares(shares);
      orderRun(result, start, end, firstContent);
    }
    start = end;
  }
  return result;
}

function isAscending(keys: Uint32Array): boolean {
  for (let row = 1; row < keys.length; row++) if (keys[row]! < keys[row - 1]!) return false;
  return true;
}

function copyShares({ artifact, time, account, content }: ShareColumns): ShareColumns {
  return { artifact: artifact.slice(), time: time.slice(), account: account.slice(), content: content.slice() };
}

function copyRow(from: ShareColumns, row: number, to: ShareColumns, at: number): void {
  to.artifact[at] = from.artifact[row]!;
  to.time[at] = from.time[row]!;
  to.account[at] = from.account[row]!;
  to.content[at] = from.content[row]!;
}

/** Counting sort, stable. */
function groupByArtifact(shares: ShareColumns): ShareColumns {
  const rows = shares.artifact.length;
  const cursor = new Uint32Array(largestKey(shares.artifact) + 2);
  for (let row = 0; row < rows; row++) cursor[shares.artifact[row]! + 1] = cursor[shares.artifact[row]! + 1]! + 1;
  for (let key = 1; key < cursor.length; key++) cursor[key] = cursor[key]! + cursor[key - 1]!;
  const grouped = emptyShares(rows);
  for (let row = 0; row < rows; row++) {
    const at = cursor[shares.artifact[row]!]!;
    cursor[shares.artifact[row]!] = at + 1;
    copyRow(shares, row, grouped, at);
  }
  return grouped;
}

function before({ time, account, content }: ShareColumns, p: number, q: number, firstContent: Uint32Array): number {
  return time[p]! - time[q]! || firstContent[account[p]!]! - firstContent[account[q]!]! || content[p]! - content[q]!;
}

function standsInOrder(shares: ShareColumns, start: number, end: number, firstContent: Uint32Array): boolean {
  const { time } = shares;
  for (let row = start + 1; row < end; row++) {
    if (time[row]! > time[row - 1]!) continue;
    if (before(shares, row - 1, row, firstContent) > 0) return false;
  }
  return true;
}

const fewTies = 32;

/** Puts a run in order in place: only its equal times where the times stand right, as they do in a case. */
function orderRun(shares: ShareColumns, start: number, end: number, firstContent: Uint32Array): void {
  const { time } = shares;
  let isAscending = true;
  for (let row = start + 1; row < end; row++) if (time[row]! < time[row - 1]!) isAscending = false;
  if (!isAscending) {
    sortRows(shares, start, end, firstContent);
    return;
  }
  for (let from = start; from < end; ) {
    let to = from + 1;
    while (to < end && time[to] === time[from]) to++;
    if (to - from > fewTies) sortRows(shares, from, to, firstContent);
    else if (to - from > 1) insertTies(shares, from, to, firstContent);
    from = to;
  }
}

/** Insertion sort of rows of one time. */
function insertTies(shares: ShareColumns, from: number, to: number, firstContent: Uint32Array): void {
  const { account, content } = shares;
  for (let row = from + 1; row < to; row++)
    for (let at = row; at > from && before(shares, at - 1, at, firstContent) > 0; at--) {
      const heldAccount = account[at]!;
      const heldContent = content[at]!;
      account[at] = account[at - 1]!;
      content[at] = content[at - 1]!;
      account[at - 1] = heldAccount;
      content[at - 1] = heldContent;
    }
}

function sortRows(shares: ShareColumns, start: number, end: number, firstContent: Uint32Array): void {
  const order = Uint32Array.from({ length: end - start }, (_, place) => start + place);
  order.sort((p, q) => before(shares, p, q, firstContent));
  const time = Float64Array.from(order, (row) => shares.time[row]!);
  const account = Uint32Array.from(order, (row) => shares.account[row]!);
  const content = Uint32Array.from(order, (row) => shares.content[row]!);
  shares.time.set(time, start);
  shares.account.set(account, start);
  shares.content.set(content, start);
}
