/**
 * The place in [low, high] where an increasing function passes from below zero to zero or above, to the last bits of a
 * double.
 *
 * The caller vouches that `f` is monotone; where it has no zero inside, the nearer end is returned.
 */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  let left = low;
  let right = high;
  for (let step = 0; step < 200; step++) {
    const middle = left + (right - left) / 2;
    if (middle <= left || middle >= right) return middle;
    if (f(middle) < 0) left = middle;
    else right = middle;
  }
  return left + (right - left) / 2;
}
