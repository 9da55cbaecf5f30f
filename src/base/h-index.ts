/**
 * The largest h such that h posts have at least h reshares each; over the posts of one account this is the FIB index.
 *
 * DeVerna et al. 2024 (Identifying and characterizing superspreaders of low-credibility content on Twitter). The caller
 * counts a post that was seen several times once, with its largest count.
 */
export function hIndex(counts: ArrayLike<number>): number {
  const n = counts.length;
  const having = new Uint32Array(n + 1);
  for (let i = 0; i < n; i++) {
    const count = Math.min(n, Math.floor(counts[i]!));
    if (count > 0) having[count] = having[count]! + 1;
  }
  let atLeast = 0;
  for (let h = n; h > 0; h--) {
    atLeast += having[h]!;
    if (atLeast >= h) return h;
  }
  return 0;
}
