/** A lower and an upper bound in the unit of what they bound, `low <= high`. */
export interface Interval {
  low: number;
  high: number;
}
