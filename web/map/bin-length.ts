import { duration } from '../format/reader-locale.ts';

/** `5 min`, `250 ms`, `1 d`: the length of a bin as a word after "per". */
export const binLength = (ms: number) => duration(ms < 1000 ? ms / 1000 : Math.round(ms / 1000));
