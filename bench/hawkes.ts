import { writeSync } from 'node:fs';
import { bootstrapHawkes } from '../src/base/hawkes-bootstrap.ts';
import { chooseDecays } from '../src/base/hawkes-decays.ts';
import { fitHawkes } from '../src/base/hawkes-fit.ts';
import { type HawkesModel, logLikelihood, totalWeights } from '../src/base/hawkes-model.ts';
import { quantile } from '../src/base/quantile.ts';
import { Random } from '../src/base/random.ts';
import { simulateHawkes } from '../src/base/simulate-hawkes.ts';

const day = 86_400;
const seconds = (since: number) => (performance.now() - since) / 1000;
const print = (row: object) => writeSync(1, `${JSON.stringify(row)}\n`);

/** Three platforms, 5,000 events in about four weeks, mean wait 5 minutes, weights of 0 or .1 to .5, spectral radius below .9. */
function drawModel(random: Random, processes: number, events: number): { model: HawkesModel; span: number } {
  const weights = Float64Array.from({ length: processes ** 2 }, (_, cell) => {
    const own = cell % (processes + 1) === 0;
    return own ? random.between(0.2, 0.5) : random.bernoulli(0.6) ? random.between(0.1, 0.3) : 0;
  });
  const span = (28 * day * events) / 5000;
  const background = Float64Array.from({ length: processes }, () => random.between(0.5, 1.5));
  const model = { processes, decays: Float64Array.of(1 / 300), background, weights };
  const rates = stationaryTotal(model);
  return { model: { ...model, background: background.map((rate) => (rate * events) / (rates * span)) }, span };
}

function stationaryTotal({ processes, background, weights }: HawkesModel): number {
  let now = background.slice();
  let total = 0;
  for (let generation = 0; generation < 200; generation++) {
    total += now.reduce((sum, one) => sum + one, 0);
    const next = new Float64Array(processes);
    for (let j = 0; j < processes; j++)
      for (let k = 0; k < processes; k++) next[k] = next[k]! + now[j]! * weights[j * processes + k]!;
    now = next;
  }
  return total;
}

function recovery(): void {
  const errors: number[] = [];
  const medians: number[] = [];
  let inside = 0;
  let entries = 0;
  let large = 0;
  let insideLarge = 0;
  const started = performance.now();
  for (let seed = 1; seed <= 20; seed++) {
    const random = new Random(`recovery ${seed}`);
    const { model, span } = drawModel(random, 3, 5000);
    const events = simulateHawkes(model, { from: 0, to: span }, random);
    const { fit } = chooseDecays(events, { shortest: 10, longest: day });
    const found = totalWeights(fit.model);
    const own: number[] = [];
    model.weights.forEach((truth, at) => {
      if (truth >= 0.1) own.push(Math.abs(found[at]! / truth - 1));
    });
    errors.push(...own);
    medians.push(quantile(own, 0.5));
    const refits = bootstrapHawkes(events, fit.model, random, { replicates: 200 }).map(totalWeights);
    model.weights.forEach((truth, at) => {
      const values = refits.map((one) => one[at]!);
      const covered = truth >= quantile(values, 0.025) - 1e-9 && truth <= quantile(values, 0.975);
      entries++;
      if (covered) inside++;
      if (truth >= 0.1) {
        large++;
        if (covered) insideLarge++;
      }
    });
  }
  print({
    bench: 'recovery of 20 processes, 3 platforms, about 5,000 events, decay rates not told',
    medianRelativeErrorPercent: (100 * quantile(errors, 0.5)).toFixed(1),
    largestMedianOfOneProcessPercent: (100 * Math.max(...medians)).toFixed(1),
    coverageOf95PercentIntervals: (inside / entries).toFixed(3),
    coverageWhereTruthIsAbovePoint1: (insideLarge / large).toFixed(3),
    entries,
    secondsWithBootstrap: seconds(started).toFixed(1),
  });
}

/** Plain EM on the same events as a baseline: what the Newton steps save. */
function speed(name: string, processes: number, count: number, limit: number): void {
  const random = new Random(name);
  const { model, span } =
    processes === 1
      ? {
          model: {
            processes: 1,
            decays: Float64Array.of(0.01),
            background: Float64Array.of(0.05),
            weights: Float64Array.of(0.6),
          },
          span: count * 8,
        }
      : drawModel(random, processes, count);
  const events = simulateHawkes(model, { from: 0, to: span }, random);
  const choosing = performance.now();
  const { fit, decays } = chooseDecays(events, { shortest: 10, longest: 10_000 });
  const chosen = seconds(choosing);
  const once = performance.now();
  fitHawkes(events, decays);
  const fitted = seconds(once);
  const passing = performance.now();
  logLikelihood(events, fit.model);
  const passed = seconds(passing);
  print({
    bench: name,
    events: events.times.length,
    seconds: chosen.toFixed(2),
    limitSeconds: limit,
    secondsAtKnownDecay: fitted.toFixed(2),
    ratioToOneLikelihoodPass: (chosen / passed).toFixed(0),
    background: [...fit.model.background].map((rate) => Number(rate.toPrecision(4))),
    trueBackground: [...model.background].map((rate) => Number(rate.toPrecision(4))),
    decays: [...decays].map((rate) => Number(rate.toPrecision(4))),
    weights: [...totalWeights(fit.model)].map((weight) => Number(weight.toFixed(3))),
    trueWeights: [...model.weights].map((weight) => Number(weight.toFixed(3))),
    gap: Number(fit.gap.toPrecision(2)),
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  });
}

const wanted = process.argv[2] ?? 'all';
if (wanted === 'all' || wanted === 'speed') {
  speed('100,000 events on 4 processes', 4, 100_000, 10);
  speed('1,000,000 events on one process', 1, 1_000_000, 3);
}
if (wanted === 'all' || wanted === 'recovery') recovery();
