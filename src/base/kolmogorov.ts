/**
 * Chance that the distance between the distribution of `n` independent draws and their own law is at least `distance`
 * (Kolmogorov's limit with the correction of Stephens 1970); 1 for no draws.
 */
export function kolmogorovPValue(distance: number, n: number): number {
  if (n === 0 || distance <= 0) return 1;
  const root = Math.sqrt(n);
  const x = distance * (root + 0.12 + 0.11 / root);
  if (x < 0.3) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-16) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}
