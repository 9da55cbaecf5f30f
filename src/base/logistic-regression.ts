/** A fitted logistic regression: probability = 1 / (1 + exp(-(intercept + coefficients · x))). */
export interface LogisticFit {
  intercept: number;
  coefficients: Float64Array;
  iterations: number;
  converged: boolean;
}

/**
 * Logistic regression with a ridge penalty λ/2 · |coefficients|² (the intercept is free) and weights of rows, by Newton steps that
 * are halved while they do not improve (Hastie, Tibshirani, Friedman, 4.4).
 *
 * `rows` holds one row after the other, `columns` values each; `labels` 0 or 1. @throws RangeError for shapes that do not fit.
 */
export function fitLogistic(
  rows: Float64Array,
  labels: Uint8Array,
  weights: Float64Array,
  columns: number,
  ridge: number,
): LogisticFit {
  const count = labels.length;
  if (rows.length !== count * columns || weights.length !== count || count === 0 || !(ridge >= 0))
    throw new RangeError('logistic regression needs rows, labels and weights of one length and a ridge >= 0');
  const size = columns + 1;
  let beta = new Float64Array(size);
  let loss = penalisedLoss(rows, labels, weights, columns, ridge, beta);
  for (let iteration = 1; iteration <= 100; iteration++) {
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    for (let r = 0; r < count; r++) {
      const p = logistic(linear(rows, r, columns, beta));
      const residual = weights[r]! * (p - labels[r]!);
      const curve = weights[r]! * p * (1 - p);
      for (let i = 0; i < size; i++) {
        const xi = i === 0 ? 1 : rows[r * columns + i - 1]!;
        gradient[i] = gradient[i]! + residual * xi;
        for (let j = 0; j <= i; j++) {
          const xj = j === 0 ? 1 : rows[r * columns + j - 1]!;
          hessian[i * size + j] = hessian[i * size + j]! + curve * xi * xj;
        }
      }
    }
    for (let i = 0; i < size; i++) {
      hessian[i * size + i] = hessian[i * size + i]! + (i === 0 ? 1e-9 : ridge + 1e-9);
      if (i > 0) gradient[i] = gradient[i]! + ridge * beta[i]!;
    }
    const step = solveSymmetric(hessian, gradient, size);
    let scale = 1;
    let next = beta.map((b, i) => b - step[i]!);
    let nextLoss = penalisedLoss(rows, labels, weights, columns, ridge, next);
    while (nextLoss > loss && scale > 1e-6) {
      scale /= 2;
      next = beta.map((b, i) => b - scale * step[i]!);
      nextLoss = penalisedLoss(rows, labels, weights, columns, ridge, next);
    }
    const gain = loss - nextLoss;
    if (gain > 0) {
      beta = next;
      loss = nextLoss;
    }
    if (gain <= 1e-10 * (1 + Math.abs(loss)))
      return { intercept: beta[0]!, coefficients: beta.slice(1), iterations: iteration, converged: true };
  }
  return { intercept: beta[0]!, coefficients: beta.slice(1), iterations: 100, converged: false };
}

/** 1 / (1 + exp(-x)). */
export function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

function linear(rows: Float64Array, row: number, columns: number, beta: Float64Array): number {
  let sum = beta[0]!;
  for (let i = 0; i < columns; i++) sum += beta[i + 1]! * rows[row * columns + i]!;
  return sum;
}

function penalisedLoss(
  rows: Float64Array,
  labels: Uint8Array,
  weights: Float64Array,
  columns: number,
  ridge: number,
  beta: Float64Array,
): number {
  let loss = 0;
  for (let r = 0; r < labels.length; r++) {
    const x = linear(rows, r, columns, beta);
    loss += weights[r]! * (Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - labels[r]! * x);
  }
  for (let i = 1; i < beta.length; i++) loss += (ridge / 2) * beta[i]! * beta[i]!;
  return loss;
}

/** Solves a x = b for a symmetric positive definite matrix of which the lower triangle is given (Cholesky). */
function solveSymmetric(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const l = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * size + k]! * l[j * size + k]!;
      if (i === j && !(sum > 0)) throw new RangeError('the columns of a logistic regression depend on each other');
      l[i * size + j] = i === j ? Math.sqrt(sum) : sum / l[j * size + j]!;
    }
  const y = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * size + k]! * y[k]!;
    y[i] = sum / l[i * size + i]!;
  }
  const x = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    let sum = y[i]!;
    for (let k = i + 1; k < size; k++) sum -= l[k * size + i]! * x[k]!;
    x[i] = sum / l[i * size + i]!;
  }
  return x;
}
