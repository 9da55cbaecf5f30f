/** The number with so many significant digits; null for NaN and infinities, which JSON cannot hold. */
export function roundSignificant(value: number, digits = 6): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
}

/** The same for values that are finite by construction. @throws RangeError where one is not. */
export function finite(value: number, digits = 6): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} in a result`);
  return Number(value.toPrecision(digits));
}
