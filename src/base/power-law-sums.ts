import { portableExp, portableLog } from './portable-log-exp.ts';

const STEP = 0.4;
const TRUNCATION = 1e-8;

/**
 * Running sums of amount * (wait / minimum)^-alpha over past events, one alpha and one amount per column, each update O(1).
 *
 * Approximation: x^-alpha is the integral of exp(alpha u - x e^u) / Gamma(alpha) over u; the trapezoidal rule with step 0.4 on it is a
 * sum of exponentials of x (Beylkin & Monzon 2010) with relative error below 1e-6 for 1 <= x <= span / minimum and 1 < alpha <= 4.
 */
export class PowerLawSums {
  readonly #columns: number;
  readonly #minimum: number;
  readonly #decays: Float64Array;
  readonly #coefficients: Float64Array;
  readonly #state: Float64Array;
  readonly #sums: Float64Array;

  /** `alphas` one per column; `minimum` and `span` are the shortest and longest wait, in one unit. */
  constructor(alphas: readonly number[], minimum: number, span: number) {
    const columns = alphas.length;
    const lowest = portableLog(TRUNCATION) / Math.min(...alphas) - portableLog(Math.max(1, span / minimum));
    const terms = Math.ceil((portableLog(60) - lowest) / STEP) + 1;
    this.#columns = columns;
    this.#minimum = minimum;
    this.#decays = new Float64Array(terms);
    this.#coefficients = new Float64Array(terms * columns);
    this.#state = new Float64Array(terms * columns);
    this.#sums = new Float64Array(columns);
    for (let k = 0; k < terms; k++) this.#decays[k] = portableExp(lowest + STEP * k);
    for (let column = 0; column < columns; column++) {
      let atMinimum = 0;
      for (let k = 0; k < terms; k++) {
        const coefficient = portableExp(alphas[column]! * (lowest + STEP * k));
        this.#coefficients[k * columns + column] = coefficient;
        atMinimum += coefficient * portableExp(-this.#decays[k]!);
      }
      for (let k = 0; k < terms; k++) {
        const place = k * columns + column;
        this.#coefficients[place] = this.#coefficients[place]! / atMinimum;
      }
    }
  }

  /** Time passes: every wait grows. */
  wait(duration: number): void {
    if (duration === 0) return;
    const columns = this.#columns;
    const scaled = duration / this.#minimum;
    for (let k = 0; k < this.#decays.length; k++) {
      const exponent = this.#decays[k]! * scaled;
      const factor = exponent > 60 ? 0 : portableExp(-exponent);
      for (let place = k * columns; place < (k + 1) * columns; place++)
        this.#state[place] = this.#state[place]! * factor;
    }
  }

  /** Takes in an event that happened `wait` (at least the minimum) ago, with an amount per column. */
  add(wait: number, amounts: Float64Array): void {
    const columns = this.#columns;
    const scaled = wait / this.#minimum;
    for (let k = 0; k < this.#decays.length; k++) {
      const exponent = this.#decays[k]! * scaled;
      if (exponent > 60) break;
      const factor = portableExp(-exponent);
      const row = k * columns;
      for (let column = 0; column < columns; column++) {
        this.#state[row + column] = this.#state[row + column]! + factor * amounts[column]!;
      }
    }
  }

  /** The sums now, one per column; the array is reused. */
  read(): Float64Array {
    const columns = this.#columns;
    this.#sums.fill(0);
    for (let k = 0; k < this.#decays.length; k++) {
      const row = k * columns;
      for (let column = 0; column < columns; column++) {
        this.#sums[column] = this.#sums[column]! + this.#coefficients[row + column]! * this.#state[row + column]!;
      }
    }
    return this.#sums;
  }
}
