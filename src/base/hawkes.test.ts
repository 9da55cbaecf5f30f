import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedData } from '../../test/support/shared-data.ts';
import { fitHawkes, hawkesEmStep } from './hawkes-fit.ts';
import { eventCauses, stationaryShares } from './hawkes-influence.ts';
import { intensities, logLikelihood, totalWeights } from './hawkes-model.ts';
import { Random } from './random.ts';
import { simulateHawkes } from './simulate-hawkes.ts';

const oracleFile = sharedData('oracle/methods.json');
// biome-ignore lint/suspicious/noExplicitAny: the oracles are of many shapes
type Loose = any;
const oracle = (id: string): Loose =>
  JSON.parse(readFileSync(oracleFile!, 'utf8')).oracles.find((one: { id: string }) => one.id === id);

function expectClose(found: ArrayLike<number>, known: readonly number[]): void {
  expect(found.length).toBe(known.length);
  known.forEach((value, i) => {
    expect(Math.abs(found[i]! - value), `at ${i}`).toBeLessThan(1e-5);
  });
}

describe.skipIf(!oracleFile)('Hawkes numbers of shared/data/oracle/methods.json', () => {
  it('hawkes_8_events', () => {
    const { inputs, expected } = oracle('hawkes_8_events');
    const events = {
      times: Float64Array.from(inputs.events, (one: Loose) => one.t),
      process: Uint8Array.from(inputs.events, (one: Loose) => one.process),
      processes: 3,
      from: 0,
      to: inputs.T,
    };
    const model = {
      processes: 3,
      decays: Float64Array.of(inputs.beta),
      background: Float64Array.from(inputs.mu as number[]),
      weights: Float64Array.from(inputs.W_rows_are_sources.flat() as number[]),
    };
    expectClose(intensities(events, model), expected.lambda_at_events);
    const likelihood = logLikelihood(events, model);
    expectClose(
      [likelihood.sumLog, likelihood.compensator, likelihood.logLikelihood],
      [expected.sum_log_lambda, expected.compensator, expected.log_likelihood],
    );
    const next = hawkesEmStep(events, model);
    expectClose(next.background, expected.one_em_step.mu);
    expectClose(next.weights, expected.one_em_step.W.flat());
    const causes = eventCauses(events, model);
    expectClose(causes.root, expected.root_cause_counts_rows_are_sources.flat());
    const columns = [0, 1, 2].map((k) => [0, 1, 2].reduce((sum, j) => sum + causes.root[j * 3 + k]!, 0));
    expectClose(columns, expected.root_cause_column_sums);
    const causesOf = [0, 1, 2].map((k) =>
      [0, 1, 2].reduce((sum, j) => sum + causes.direct[j * 3 + k]!, causes.background[k]!),
    );
    expectClose(causesOf, expected.root_cause_column_sums);
  });

  it('hawkes_stationary', () => {
    const { inputs, expected } = oracle('hawkes_stationary');
    const found = stationaryShares({
      processes: 3,
      decays: Float64Array.of(1),
      background: Float64Array.from(inputs.mu as number[]),
      weights: Float64Array.from(inputs.W_rows_are_sources.flat() as number[]),
    })!;
    expectClose([found.spectralRadius], [expected.spectral_radius]);
    expectClose(found.rates, expected.Lambda);
    expectClose(found.root, expected.root_share.flat());
    expectClose(found.direct, expected.direct_share.flat());
    expectClose(found.background, expected.background_share);
  });
});

describe('fitHawkes', () => {
  const model = {
    processes: 3,
    decays: Float64Array.of(1 / 300),
    background: Float64Array.of(0.001, 0.0005, 0.0003),
    weights: Float64Array.of(0.4, 0.2, 0, 0.1, 0.3, 0.15, 0, 0, 0.5),
  };

  it('ends at the maximum: no step of expectation-maximisation moves it', () => {
    const events = simulateHawkes(model, { from: 0, to: 200_000 }, new Random(1));
    const fit = fitHawkes(events, model.decays);
    expect(fit.converged).toBe(true);
    expect(fit.gap).toBeLessThan(0.001);
    expect(logLikelihood(events, fit.model).logLikelihood).toBeCloseTo(fit.logLikelihood, 6);
    const next = hawkesEmStep(events, fit.model);
    next.weights.forEach((weight, at) => {
      expect(Math.abs(weight - fit.model.weights[at]!)).toBeLessThan(1e-3);
    });
    expect(fit.logLikelihood).toBeGreaterThan(logLikelihood(events, model).logLikelihood);
  });

  it('finds the weights of a simulated process', () => {
    const events = simulateHawkes(model, { from: 0, to: 2_000_000 }, new Random(2));
    const found = totalWeights(fitHawkes(events, model.decays).model);
    const errors = [...model.weights].flatMap((truth, at) => (truth < 0.1 ? [] : [Math.abs(found[at]! / truth - 1)]));
    errors.sort((a, b) => a - b);
    expect(errors[errors.length >> 1]!).toBeLessThan(0.15);
  });

  it('does not depend on when the clock starts', () => {
    const events = simulateHawkes(model, { from: 0, to: 50_000 }, new Random(3));
    const shift = 1024 * 1024 * 1024;
    const shifted = { ...events, from: shift, to: events.to + shift, times: events.times.map((t) => t + shift) };
    const here = fitHawkes(events, model.decays).model;
    const there = fitHawkes(shifted, model.decays).model;
    here.weights.forEach((weight, at) => {
      expect(there.weights[at]!).toBeCloseTo(weight, 4);
    });
  });

  it('copes with events at one time, one event and none', () => {
    for (const times of [[5, 5, 5, 5], [5], []]) {
      const events = {
        times: Float64Array.from(times),
        process: Uint8Array.from(times, (_, i) => i % 3),
        processes: 3,
        from: 0,
        to: 10,
      };
      const fit = fitHawkes(events, model.decays);
      for (const value of [...fit.model.background, ...fit.model.weights, fit.logLikelihood])
        expect(Number.isFinite(value)).toBe(true);
      expect(fit.model.weights.every((weight) => weight === 0 || times.length === 0 || weight < 1e-6)).toBe(true);
    }
  });
});
