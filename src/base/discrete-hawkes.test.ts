import { describe, expect, it } from 'vitest';
import { cosineBasis } from './cosine-basis.ts';
import { binEvents, binnedCauses, bootstrapDiscreteHawkes, fitDiscreteHawkes } from './discrete-hawkes.ts';
import { rescaledWaits } from './hawkes-residuals.ts';
import { Random } from './random.ts';
import { simulateHawkes } from './simulate-hawkes.ts';

const model = {
  processes: 2,
  decays: Float64Array.of(1 / 20),
  background: Float64Array.of(0.002, 0.001),
  weights: Float64Array.of(0.4, 0.3, 0, 0.3),
};
const events = simulateHawkes(model, { from: 0, to: 1_000_000 }, new Random(7));

describe('discrete-time Hawkes process', () => {
  it('has a basis of bumps that sum to 1 and move to longer lags', () => {
    const basis = cosineBasis(5, 720);
    const peaks = [0, 1, 2, 3, 4].map((b) => {
      const bump = basis.subarray(b * 720, (b + 1) * 720);
      expect(bump.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      return bump.indexOf(Math.max(...bump));
    });
    expect(peaks).toEqual([...peaks].sort((a, b) => a - b));
    expect(new Set(peaks).size).toBe(5);
    expect(() => cosineBasis(5, 3)).toThrow(RangeError);
  });

  it('finds the weights of a process that was simulated in continuous time', () => {
    const binned = binEvents(events, 2);
    expect(binned.count.reduce((sum, count) => sum + count, 0)).toBe(events.times.length);
    const { model: found, converged } = fitDiscreteHawkes(binned, { lags: 100, bumps: 5 });
    expect(converged).toBe(true);
    const weight = (cell: number) => [0, 1, 2, 3, 4].reduce((sum, b) => sum + found.weights[cell * 5 + b]!, 0);
    [0.4, 0.3, 0, 0.3].forEach((truth, cell) => {
      expect(Math.abs(weight(cell) - truth), `cell ${cell}`).toBeLessThan(0.08);
    });
  });

  it('has refits that spread around the truth', () => {
    const refits = bootstrapDiscreteHawkes(
      binEvents(events, 2),
      { lags: 100, bumps: 5, replicates: 40 },
      new Random(1),
    );
    const own = refits
      .map((one) => one.weights.subarray(0, 5).reduce((sum, value) => sum + value, 0))
      .sort((a, b) => a - b);
    expect(own[0]!).toBeLessThan(0.4);
    expect(own.at(-1)!).toBeGreaterThan(0.38);
    expect(own.at(-1)! - own[0]!).toBeGreaterThan(0.02);
    expect(own.at(-1)! - own[0]!).toBeLessThan(0.3);
  });

  it('shares out every event among causes', () => {
    const binned = binEvents(events, 2);
    const { model: found } = fitDiscreteHawkes(binned, { lags: 100, bumps: 5 });
    const causes = binnedCauses(binned, found);
    for (let k = 0; k < 2; k++) {
      const total = events.process.filter((one) => one === k).length;
      expect(causes.root[k]! + causes.root[2 + k]!).toBeCloseTo(total, 6);
      expect(causes.direct[k]! + causes.direct[2 + k]! + causes.background[k]!).toBeCloseTo(total, 6);
    }
    expect(causes.root[1]! / causes.root[3]!).toBeGreaterThan(0.5);
  });

  it('keeps one event and events of one moment finite', () => {
    for (const times of [[3], [3, 3, 3]]) {
      const few = {
        times: Float64Array.from(times),
        process: new Uint8Array(times.length),
        processes: 2,
        from: 0,
        to: 10,
      };
      const { model: found, logLikelihood } = fitDiscreteHawkes(binEvents(few, 1), { lags: 5, bumps: 2 });
      for (const value of [logLikelihood, ...found.background, ...found.weights])
        expect(Number.isFinite(value)).toBe(true);
    }
  });
});

describe('rescaled waits', () => {
  it('fit the model that made the events and not a model without excitation', () => {
    const right = rescaledWaits(events, model);
    for (const one of right) expect(one.pValue).toBeGreaterThan(0.01);
    const mean = right[0]!.waits.reduce((sum, wait) => sum + wait, 0) / right[0]!.waits.length;
    expect(mean).toBeCloseTo(1, 1);
    const calm = { ...model, background: Float64Array.of(0.004, 0.003), weights: new Float64Array(4) };
    for (const one of rescaledWaits(events, calm)) expect(one.pValue).toBeLessThan(1e-6);
  });
});
