/**
 * Agreement of two partitions of the same items, corrected for chance: 1 for the same partition, about 0 for unrelated
 * ones.
 *
 * Hubert & Arabie 1985. Labels are any numbers. Where both put all together or both all apart, and so nothing can be
 * corrected, the answer is 1. RangeError where lengths differ or nothing is given.
 */
export function adjustedRandIndex(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const n = first.length;
  if (n === 0 || second.length !== n) throw new RangeError(`partitions of ${n} and ${second.length} items`);
  const firstGroups = denseLabels(first);
  const secondGroups = denseLabels(second);
  const cells = new Float64Array(n);
  for (let i = 0; i < n; i++) cells[i] = firstGroups.labels[i]! * secondGroups.sizes.length + secondGroups.labels[i]!;
  cells.sort();
  let together = 0;
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && cells[end] === cells[start]) end++;
    together += pairs(end - start);
    start = end;
  }
  const firstPairs = sumOfPairs(firstGroups.sizes);
  const secondPairs = sumOfPairs(secondGroups.sizes);
  const expected = n < 2 ? 0 : (firstPairs * secondPairs) / pairs(n);
  const possible = (firstPairs + secondPairs) / 2;
  return possible === expected ? 1 : (together - expected) / (possible - expected);
}

function denseLabels(labels: ArrayLike<number>): { labels: Uint32Array; sizes: number[] } {
  const known = new Map<number, number>();
  const dense = new Uint32Array(labels.length);
  const sizes: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    let label = known.get(labels[i]!);
    if (label === undefined) {
      label = known.size;
      known.set(labels[i]!, label);
      sizes.push(0);
    }
    dense[i] = label;
    sizes[label] = sizes[label]! + 1;
  }
  return { labels: dense, sizes };
}

function sumOfPairs(sizes: number[]): number {
  let sum = 0;
  for (const size of sizes) sum += pairs(size);
  return sum;
}

function pairs(size: number): number {
  return (size * (size - 1)) / 2;
}
