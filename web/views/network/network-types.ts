import type { Answer } from '../../../src/server/api-types.ts';

export type Network = Answer<'network'>;
