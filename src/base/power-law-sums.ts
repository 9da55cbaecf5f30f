import { portableExp, portableLog } from './portable-log-exp.ts';

const STEP = 0.43;
const TRUNCATION = 1e-7;
const LARGEST_RATE = 30;

/**
 * Running sums of amount * (wait / minimum)^-alpha over past events, one alpha and one amount per column, each update
 * O(1).
 *
 * Approximation: x^-alpha is the integral of exp(alpha u - x e^u) / Gamma(alpha) over u; the trapezoidal rule with step
 * 0.43 on it is a sum of some 70 exponentials of x (Beylkin & Monzon 2010), with relative error below 1e-6 for 1 <= x
 * <= span / minimum and 1 < alpha <= 3; above alpha 3 it grows, to 1e-5 at alpha 5.
 */
export class PowerLawSums {
  readonly #columns: number;
  readonly #minimum: number;
  readonly #rates: Float64Array;
  readonly #coefficients: Float64Array;
  readonly #state: Float64Array;
  readonly #sums: Float64Array;

  /** `alphas` one per column; `minimum` and `span` are the shortest and longest wait, in one unit. */
  constructor(alphas: readonly number[], minimum: number, span: number) {
    const columns = alphas.length;
    const lowest = portableLog(TRUNCATION) / Math.min(...alphas) - portableLog(Math.max(1, span / minimum));
    const terms = Math.ceil((portableLog(LARGEST_RATE) - lowest) / STEP) + 1;
    this.#columns = columns;
    this.#minimum = minimum;
    this.#rates = new Float64Array(terms);
    this.#coefficients = new Float64Array(terms * columns);
    this.#state = new Float64Array(terms * columns);
    this.#sums = new Float64Array(columns);
    for (let k = 0; k < terms; k++) this.#rates[k] = portableExp(lowest + STEP * k);
    for (let column = 0; column < columns; column++) {
      let atMinimum = 0;
      for (let k = 0; k < terms; k++) {
        const coefficient = portableExp(alphas[column]! * (lowest + STEP * k));
        this.#coefficients[k * columns + column] = coefficient;
        atMinimum += coefficient * decay(this.#rates[k]!);
      }
      for (let k = 0; k < terms; k++) {
        const place = k * columns + column;
        this.#coefficients[place] = this.#coefficients[place]! / atMinimum;
      }
    }
  }

  /**
   * Lets `duration` pass, takes in one event that is then `wait` ago (at least the minimum; Infinity for none) with an
   * amount per column, and gives the sums, one per column. The returned array is reused.
   */
  step(duration: number, wait: number, amounts: Float64Array): Float64Array {
    const columns = this.#columns;
    const rates = this.#rates;
    const coefficients = this.#coefficients;
    const state = this.#state;
    const sums = this.#sums.fill(0);
    const passed = duration / this.#minimum;
    const age = wait / this.#minimum;
    let place = 0;
    for (let k = 0; k < rates.length; k++) {
      const kept = decay(rates[k]! * passed);
      const taken = decay(rates[k]! * age);
      for (let column = 0; column < columns; column++) {
        const value = state[place]! * kept + amounts[column]! * taken;
        state[place] = value;
        sums[column] = sums[column]! + coefficients[place]! * value;
        place++;
      }
    }
    return sums;
  }
}

/** exp(-x) for x >= 0, cut to 0 above 60. */
function decay(x: number): number {
  if (x < 1e-4) return 1 - x * (1 - x * (0.5 - x / 6));
  return x > 60 ? 0 : portableExp(-x);
}
