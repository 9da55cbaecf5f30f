/**
 * Raised-cosine bumps over the lags 1 .. `lags`, each summing to 1: bump b at lag d stands at b * lags + d - 1.
 *
 * Centres are equally spaced on log(1 + lag), so that short lags are told apart more finely than long ones (Pillow et al. 2008; used by
 * Linderman & Adams 2014). RangeError unless there are at least as many lags as bumps.
 */
export function cosineBasis(bumps: number, lags: number): Float64Array {
  if (!(Number.isInteger(bumps) && bumps >= 1 && Number.isInteger(lags) && lags >= bumps))
    throw new RangeError(`${bumps} bumps over ${lags} lags`);
  const basis = new Float64Array(bumps * lags);
  const first = Math.log(2);
  const last = Math.log(1 + lags);
  const spacing = bumps > 1 ? (last - first) / (bumps - 1) : Math.max(1, last - first);
  for (let b = 0; b < bumps; b++) {
    let sum = 0;
    for (let d = 1; d <= lags; d++) {
      const away = Math.min(1, Math.abs(Math.log(1 + d) - first - b * spacing) / (2 * spacing));
      const value = (1 + Math.cos(Math.PI * away)) / 2;
      basis[b * lags + d - 1] = value;
      sum += value;
    }
    for (let d = 0; d < lags; d++) basis[b * lags + d] = basis[b * lags + d]! / sum;
  }
  return basis;
}
