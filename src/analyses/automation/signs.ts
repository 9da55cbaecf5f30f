import { botRuler } from '../../base/bot-ruler.ts';
import { lempelZivRatio } from '../../base/lempel-ziv.ts';
import { quantile } from '../../base/quantile.ts';
import { activityOf } from './activity-kernel.ts';
import type { SignId } from './automation-result.ts';
import type { AutomationInput } from './load-accounts.ts';
import { ageInDays } from './metadata-features.ts';

/** A sign with its direction and the thresholds that others published. */
export interface Sign {
  id: SignId;
  label: string;
  sign: 'large' | 'small';
  thresholds: { source: string; value: number }[];
}

const perDay = [
  { source: 'Oxford Internet Institute', value: 50 },
  { source: 'DFRLab', value: 72 },
];

export const signs: readonly Sign[] = [
  { id: 'postsPerDay', label: 'posts a day, in this collection', sign: 'large', thresholds: perDay },
  { id: 'mostIn24Hours', label: 'most posts within 24 hours', sign: 'large', thresholds: perDay },
  { id: 'reshareShare', label: 'share of reshares', sign: 'large', thresholds: [] },
  { id: 'fastReshareShare', label: 'share of its reshares within 10 s', sign: 'large', thresholds: [] },
  { id: 'medianReshareDelaySeconds', label: 'median delay of its reshares, s', sign: 'small', thresholds: [] },
  { id: 'longestPauseHours', label: 'longest daily pause, hours', sign: 'small', thresholds: [] },
  { id: 'dnaRatio', label: 'digital DNA after compression', sign: 'small', thresholds: [] },
  { id: 'nearDuplicateShare', label: 'share of own texts that others or it posted too', sign: 'large', thresholds: [] },
  { id: 'lifetimePostsPerDay', label: 'posts a day since creation', sign: 'large', thresholds: perDay },
  { id: 'ageDays', label: 'age in days', sign: 'small', thresholds: [] },
  { id: 'botRuler', label: 'BotRuler raw score', sign: 'large', thresholds: [] },
  { id: 'handleDigits', label: 'digits in the handle', sign: 'large', thresholds: [] },
  { id: 'coordinationDegree', label: 'accounts it acted together with', sign: 'large', thresholds: [] },
];

const fewestDelays = 3;
const fewestTexts = 3;
const fewestActs = 50;
const fastSeconds = 10;

/** Values of all signs by account, NaN where not known, and the posts by hour of each. `degree` is null where no coordination result is stored. */
export function measureSigns(
  input: AutomationInput,
  degree: ReadonlyMap<string, number> | null,
): { values: Record<SignId, Float64Array>; hours: number[][]; ranges: [number, number][] } {
  const n = input.accounts.length;
  const values = Object.fromEntries(signs.map(({ id }) => [id, new Float64Array(n).fill(Number.NaN)])) as Record<
    SignId,
    Float64Array
  >;
  const hours: number[][] = [];
  const ranges: [number, number][] = [];
  for (let a = 0, from = 0; a < n; a++) {
    let to = from;
    while (to < input.account.length && input.account[to] === a) to++;
    const row = input.accounts[a]!;
    const activity = activityOf(input.time.subarray(from, to));
    hours.push(activity.hours);
    ranges.push([from, to]);
    const acts = input.act.subarray(from, to);
    const delays = input.delay.subarray(from, to).filter((delay) => !Number.isNaN(delay));
    const copies = input.duplicate.subarray(from, to).filter((one) => !Number.isNaN(one));
    const age = ageInDays(row);
    values.postsPerDay[a] = activity.postsPerDay;
    values.mostIn24Hours[a] = activity.mostIn24Hours;
    values.longestPauseHours[a] = activity.longestPauseHours;
    values.reshareShare[a] = acts.filter((act) => act === 2).length / acts.length;
    if (delays.length >= fewestDelays) {
      values.fastReshareShare[a] = delays.filter((delay) => delay <= fastSeconds).length / delays.length;
      values.medianReshareDelaySeconds[a] = quantile(delays, 0.5);
    }
    if (acts.length >= fewestActs) values.dnaRatio[a] = lempelZivRatio(acts, 3);
    if (copies.length >= fewestTexts)
      values.nearDuplicateShare[a] = copies.reduce((sum, one) => sum + one, 0) / copies.length;
    if (age !== null) values.ageDays[a] = age;
    if (age !== null && row.posts !== null) values.lifetimePostsPerDay[a] = row.posts / age;
    const ruled = botRuler({
      friends: row.following,
      followers: row.followers,
      statuses: row.posts,
      ageDays: age,
      usesBackgroundImage: null,
      defaultProfile: row.defaultProfile,
      verified: row.verified,
    });
    if (ruled.raw !== null) values.botRuler[a] = ruled.raw;
    if (row.handle !== null) values.handleDigits[a] = row.handle.replace(/\D/g, '').length;
    if (degree !== null) values.coordinationDegree[a] = degree.get(row.account) ?? 0;
    from = to;
  }
  return { values, hours, ranges };
}
