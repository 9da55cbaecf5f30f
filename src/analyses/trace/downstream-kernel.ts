/** Influence that has faded this far is none; dividing by it would overflow. */
const negligible = 1e-100;

/**
 * Expected number of posts downstream of each post, itself included: a stated parent gets its child whole; a post without one is
 * shared out over the earlier posts of its platform with probability proportional to mass * exp(-decay * age), as casIn does
 * (Rizoiu et al. 2018), in O(n) by prefix sums.
 *
 * `time` ascending in milliseconds, `parent` -1 or an earlier index, `mass` > 0, `decayPerSecond` >= 0. A stated parent of another
 * platform is allowed. Prefix sums restart when they would underflow, which drops influence older than about 700 / decay seconds.
 */
export function downstream(
  time: Float64Array,
  platform: Uint8Array,
  parent: Int32Array,
  inferable: Uint8Array,
  mass: Float64Array,
  decayPerSecond: number,
  platforms: number,
): Float64Array {
  const n = time.length;
  const expected = new Float64Array(n).fill(1);
  const prefix = new Float64Array(n);
  const sum = new Float64Array(platforms);
  const last = new Float64Array(platforms).fill(Number.NaN);
  for (let i = 0; i < n; i++) {
    const p = platform[i]!;
    const faded = Number.isNaN(last[p]!) ? 0 : sum[p]! * Math.exp((-decayPerSecond * (time[i]! - last[p]!)) / 1000);
    prefix[i] = faded;
    sum[p] = faded + mass[i]!;
    last[p] = time[i]!;
  }
  const pending = new Float64Array(platforms);
  const at = new Float64Array(platforms).fill(Number.NaN);
  for (let i = n - 1; i >= 0; i--) {
    const p = platform[i]!;
    if (!Number.isNaN(at[p]!)) pending[p] = pending[p]! * Math.exp((-decayPerSecond * (at[p]! - time[i]!)) / 1000);
    at[p] = time[i]!;
    expected[i] = expected[i]! + mass[i]! * pending[p]!;
    const stated = parent[i]!;
    if (stated >= 0 && stated < i) expected[stated] = expected[stated]! + expected[i]!;
    else if (inferable[i] === 1 && prefix[i]! > negligible) pending[p] = pending[p]! + expected[i]! / prefix[i]!;
  }
  return expected;
}
