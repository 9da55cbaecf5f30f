import type { Analysis } from './analysis.ts';
import { coordination } from './coordination/coordination.ts';
import { influence } from './influence/influence.ts';

/** All analyses that `spillover analyse` runs, by id. */
export const analyses: readonly Analysis[] = [coordination, influence];
