import {
  binEvents,
  binnedCauses,
  bootstrapDiscreteHawkes,
  type DiscreteHawkesModel,
  fitDiscreteHawkes,
} from '../../base/discrete-hawkes.ts';
import { bootstrapHawkes } from '../../base/hawkes-bootstrap.ts';
import { chooseDecays } from '../../base/hawkes-decays.ts';
import { fitHawkes } from '../../base/hawkes-fit.ts';
import { eventCauses } from '../../base/hawkes-influence.ts';
import { type HawkesEvents, type HawkesModel, totalWeights } from '../../base/hawkes-model.ts';
import type { Random } from '../../base/random.ts';

/** What one fit says, as sums that can be added over fits: rows of matrices are sources. */
export interface InfluenceSums {
  /** Expected children by pair: weight times posts of the source. */
  children: Float64Array;
  /** Posts of each process. */
  posts: Float64Array;
  direct: Float64Array;
  background: Float64Array;
  root: Float64Array;
}

export interface FittedInfluence {
  sums: InfluenceSums;
  replicates: InfluenceSums[];
  meanLags: number[];
  converged: boolean;
  /** The model where one continuous fit explains all. */
  model: HawkesModel | null;
}

export interface Kernel {
  form: 'continuous' | 'discrete';
  /** Mean waits that the analyst gave, in seconds; null to choose. */
  meanLags: readonly number[] | null;
  shortest: number;
  longest: number;
  binSeconds: number;
  lags: number;
  bumps: number;
}

const mostCauseWork = 3e9;

/** One fit of all events, with refits under resampled stretches of time. */
export function fitWhole(events: HawkesEvents, kernel: Kernel, replicates: number, random: Random): FittedInfluence {
  if (kernel.form === 'discrete') {
    const { lags, bumps } = kernel;
    const binned = binEvents(events, kernel.binSeconds);
    const { model, converged } = fitDiscreteHawkes(binned, kernel);
    const sumsOf = (one: DiscreteHawkesModel) => sumUp(events, binnedCauses(binned, one), discreteTotals(one));
    const refits = bootstrapDiscreteHawkes(binned, { lags, bumps, replicates }, random);
    return {
      sums: sumsOf(model),
      replicates: refits.map(sumsOf),
      meanLags: [lags * kernel.binSeconds],
      converged,
      model: null,
    };
  }
  const { meanLags, shortest, longest } = kernel;
  const fit = meanLags
    ? fitHawkes(
        events,
        Float64Array.from(meanLags, (lag) => 1 / lag),
      )
    : chooseDecays(events, { shortest, longest }).fit;
  const { model } = fit;
  const work = events.times.length * events.processes ** 2 * model.decays.length;
  const affordable = Math.max(20, Math.min(replicates, Math.floor(mostCauseWork / work)));
  const sumsOf = (one: HawkesModel) => sumUp(events, eventCauses(events, one), totalWeights(one));
  return {
    sums: sumsOf(model),
    replicates: bootstrapHawkes(events, model, random, { replicates: affordable }).map(sumsOf),
    meanLags: [...model.decays].map((decay) => 1 / decay),
    converged: fit.converged,
    model,
  };
}

/** One fit per address with decay rates in common; refits resample addresses. */
export function fitEach(
  units: readonly HawkesEvents[],
  kernel: Kernel,
  replicates: number,
  random: Random,
): FittedInfluence {
  let converged = true;
  let meanLags: number[];
  let each: InfluenceSums[];
  if (kernel.form === 'discrete') {
    meanLags = [kernel.lags * kernel.binSeconds];
    each = units.map((unit) => {
      const binned = binEvents(unit, kernel.binSeconds);
      const fit = fitDiscreteHawkes(binned, kernel);
      converged &&= fit.converged;
      return sumUp(unit, binnedCauses(binned, fit.model), discreteTotals(fit.model));
    });
  } else {
    meanLags = kernel.meanLags ? [...kernel.meanLags] : [commonLag(units, kernel)];
    const decays = Float64Array.from(meanLags, (lag) => 1 / lag);
    each = units.map((unit) => {
      const fit = fitHawkes(unit, decays);
      converged &&= fit.converged;
      return sumUp(unit, eventCauses(unit, fit.model), totalWeights(fit.model));
    });
  }
  const resampled = Array.from({ length: replicates }, () => addUp(each.map(() => each[random.int(each.length)]!)));
  return { sums: addUp(each), replicates: resampled, meanLags, converged, model: null };
}

/** The mean wait, of 12 equally spaced on the logarithm, under which all addresses together are most likely. */
function commonLag(units: readonly HawkesEvents[], { shortest, longest }: Kernel): number {
  let best = { lag: shortest, likelihood: Number.NEGATIVE_INFINITY };
  for (let step = 0; step < 12; step++) {
    const lag = shortest * (longest / shortest) ** (step / 11);
    const decays = Float64Array.of(1 / lag);
    let likelihood = 0;
    for (const unit of units) likelihood += fitHawkes(unit, decays, { tolerance: 0.01 }).logLikelihood;
    if (likelihood > best.likelihood) best = { lag, likelihood };
  }
  return best.lag;
}

function discreteTotals({ processes, bumps, weights }: DiscreteHawkesModel): Float64Array {
  const totals = new Float64Array(processes * processes);
  for (let place = 0; place < weights.length; place++) {
    const cell = Math.floor(place / bumps);
    totals[cell] = totals[cell]! + weights[place]!;
  }
  return totals;
}

function sumUp(
  events: HawkesEvents,
  causes: { direct: Float64Array; background: Float64Array; root: Float64Array },
  weights: Float64Array,
): InfluenceSums {
  const { processes } = events;
  const posts = new Float64Array(processes);
  for (const k of events.process) posts[k] = posts[k]! + 1;
  return { ...causes, posts, children: weights.map((weight, cell) => weight * posts[Math.floor(cell / processes)]!) };
}

function addUp(all: readonly InfluenceSums[]): InfluenceSums {
  const [first] = all;
  const total: InfluenceSums = {
    children: new Float64Array(first!.children.length),
    posts: new Float64Array(first!.posts.length),
    direct: new Float64Array(first!.direct.length),
    background: new Float64Array(first!.background.length),
    root: new Float64Array(first!.root.length),
  };
  for (const one of all) {
    for (const key of ['children', 'posts', 'direct', 'background', 'root'] as const) {
      const sum = total[key];
      for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + one[key][i]!;
    }
  }
  return total;
}
