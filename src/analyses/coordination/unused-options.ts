import { UserError } from '../../base/errors.ts';
import { type CoordinationOptions, coordinationDefinition } from './coordination-options.ts';

type Method = CoordinationOptions['method'];

/** Options that only some methods know. */
const knownTo: Partial<Record<keyof CoordinationOptions, readonly Method[]>> = {
  windowSeconds: ['spillover', 'coortweet', 'cnt', 'coornet'],
  keepLoops: ['coortweet', 'cnt'],
  edgeWeight: ['coortweet', 'coornet', 'cosine'],
  minWeight: ['spillover', 'cnt'],
  fastWindowSeconds: ['coortweet'],
  fastMinParticipation: ['coortweet'],
  subgraph: ['coortweet'],
  accountStats: ['coortweet'],
  groupStats: ['coortweet'],
  similarity: ['cnt'],
  intervalQuantile: ['coornet'],
  intervalShare: ['coornet'],
  level: ['spillover'],
  permutations: ['spillover'],
  nullHours: ['spillover'],
  sweep: ['spillover'],
};

/** @throws UserError for an option that the method would not look at. */
export function refuseUnused(options: CoordinationOptions): void {
  for (const { name, flag, default: usual } of coordinationDefinition.options) {
    const methods = knownTo[name as keyof CoordinationOptions];
    if (!methods || methods.includes(options.method)) continue;
    if (JSON.stringify(options[name as keyof CoordinationOptions]) === JSON.stringify(usual)) continue;
    const shown = flag ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UserError(
      `The method ${options.method} does not know --${shown}.`,
      `It belongs to ${methods.join(', ')}.`,
    );
  }
}
