const day = 86_400_000;
const hour = 3_600_000;

/** Rhythm of one account; NaN where there is too little to say. */
export interface Activity {
  postsPerDay: number;
  mostIn24Hours: number;
  /** Hours of the longest part of the day, over all days, in which it never posted. */
  longestPauseHours: number;
  /** Posts by hour of the day, UTC. */
  hours: number[];
}

/** `times` ascend, in milliseconds since 1970. A rate needs 2 posts, a pause `fewest` posts on at least 3 days. */
export function activityOf(times: Float64Array, fewest = 20): Activity {
  const n = times.length;
  const hours = new Array<number>(24).fill(0);
  const ofDay = Float64Array.from(times, (time) => ((time % day) + day) % day);
  for (const time of ofDay) hours[Math.floor(time / hour)]!++;
  let most = 0;
  for (let first = 0, last = 0; last < n; last++) {
    while (times[last]! - times[first]! >= day) first++;
    most = Math.max(most, last - first + 1);
  }
  const span = n > 0 ? times[n - 1]! - times[0]! : 0;
  const days = new Set(Array.from(times, (time) => Math.floor(time / day))).size;
  let pause = Number.NaN;
  if (n >= fewest && days >= 3) {
    ofDay.sort();
    pause = ofDay[0]! + day - ofDay[n - 1]!;
    for (let i = 1; i < n; i++) pause = Math.max(pause, ofDay[i]! - ofDay[i - 1]!);
  }
  return {
    postsPerDay: n < 2 ? Number.NaN : n / Math.max(1, span / day),
    mostIn24Hours: most,
    longestPauseHours: pause / hour,
    hours,
  };
}
