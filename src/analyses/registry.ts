import type { Analysis } from './analysis.ts';

/** All analyses that `spillover analyse` runs, by id. */
export const analyses: readonly Analysis[] = [];
