import { type Case, openCase } from './case.ts';

/** Lends the open case for one piece of work. */
export type CaseLender = <T>(work: (spilloverCase: Case) => Promise<T>) => Promise<T>;

/**
 * A lender that opens the case for each piece of work and closes it after, so that other processes can use it in between. Pieces wait for each
 * other: DuckDB's lock keeps other processes out, not a second opening in the same one.
 */
export function lendCase(directory: string, purpose: string): CaseLender {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const own = last.then(async () => {
      const spilloverCase = await openCase(directory, { purpose });
      try {
        return await work(spilloverCase);
      } finally {
        spilloverCase.close();
      }
    });
    last = own.catch(() => undefined);
    return own;
  };
}
