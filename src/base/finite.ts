/** The number with so many significant digits, for results that JSON must hold. @throws RangeError for NaN and infinities. */
export function finite(value: number, digits = 6): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} in a result`);
  return Number(value.toPrecision(digits));
}
