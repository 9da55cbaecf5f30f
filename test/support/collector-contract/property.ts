/** What every way of collecting owes: the contract of issue 6, one row of the table each. */
export const properties = [
  'resumes from its cursor',
  'records a gap',
  'keeps the rate that the server allows',
  'waits as long as a 429 says',
  'backs off after 5xx, to a cap, with jitter',
  'leaves a half-open connection',
  'takes 304 for "nothing new"',
  'marks what was deleted',
  'keeps the first text of what was edited',
  'takes a duplicate once',
  'takes what comes out of order',
  'lists what is malformed, and goes on',
] as const;

export type Property = (typeof properties)[number];

/** A check, or in words why the source has nothing to check. */
export type Cell = (() => Promise<void>) | string;

/** One way of collecting: a collector, or one of the ways in which it can be asked. */
export interface Way {
  way: string;
  collector: string;
  cells: Record<Property, Cell>;
}
