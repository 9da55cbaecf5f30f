import type { AnalysisDefinition, OptionValue } from '../analysis.ts';
import { artifactKinds, derivedKinds } from './artifact-kinds.ts';
import type { CoordinationMethod } from './coordination-result.ts';

const coordinationMethods: readonly CoordinationMethod[] = ['spillover', 'coortweet', 'cnt', 'coornet', 'cosine'];

const kindHelp = Object.entries(derivedKinds)
  .filter(([kind]) => artifactKinds.includes(kind))
  .map(([kind, { about }]) => `${kind} (${about})`)
  .join('; ');

export const coordinationDefinition: AnalysisDefinition = {
  id: 'coordination',
  version: '1.0.0',
  title: 'Coordination',
  question: 'Which accounts share the same things at the same time, more than chance allows?',
  caveats: [
    'Sharing the same thing at the same moment is what automation and agreed campaigns do, and also what fans with notifications, breaking news and lists of journalists do: read the posts of an edge before you name anyone.',
    'The published methods (coortweet, cnt, coornet, cosine) keep the edges above a threshold of your choice: they find something in any data. Only the method spillover asks what chance would give.',
    'A network of shares says nothing about who is behind an account. Deleted posts, samples and capped streams take edges away.',
  ],
  story: 'optional',
  options: [
    {
      name: 'method',
      kind: 'choice',
      default: 'spillover',
      choices: coordinationMethods,
      unit: 'name',
      help: 'spillover: tested against chance; coortweet, cnt (coordination-network-toolkit), coornet: as published; cosine: similarity of what is shared (Pacheco, Luceri)',
    },
    {
      name: 'on',
      kind: 'list',
      default: null,
      choices: artifactKinds,
      unit: 'kinds of artifact',
      help: `what is shared; several kinds make one network with a weight for each. Beside the artifacts of the case: ${kindHelp}. Without it: object, else reshared, else url, whichever the case has`,
    },
    {
      name: 'windowSeconds',
      flag: 'window',
      kind: 'number',
      default: null,
      minimum: 0,
      maximum: 31_536_000,
      unit: 'seconds',
      help: 'how close two shares must be; equal counts as inside. Default: spillover 60, coortweet 10, cnt 1, coornet estimated from the data, cosine none',
    },
    {
      name: 'minParticipation',
      kind: 'integer',
      default: 2,
      minimum: 0,
      unit: 'shares',
      help: 'accounts with fewer shares are left out (cnt: edges with a smaller weight are left out)',
    },
    { name: 'keepLoops', kind: 'yes/no', default: false, unit: '-', help: 'also pair an account with itself' },
    {
      name: 'edgeWeight',
      kind: 'number',
      default: null,
      minimum: 0,
      maximum: 1,
      unit: 'quantile',
      help: 'edges above this quantile of the weights are flagged. Default: coortweet 0.5 (above), coornet 0.9 (reached), cosine 0.995 (reached); spillover and cnt have none',
    },
    {
      name: 'minWeight',
      kind: 'integer',
      default: null,
      minimum: 1,
      unit: 'coincidences',
      help: 'edges with fewer are left out: cnt as --min-participation, spillover 3',
    },
    {
      name: 'fastWindowSeconds',
      flag: 'fast-window',
      kind: 'number',
      default: null,
      minimum: 0,
      unit: 'seconds',
      help: 'coortweet: also look at pairs within this narrower window (flag_speed_share); none without it',
    },
    {
      name: 'fastMinParticipation',
      flag: 'fast-min-participation',
      kind: 'integer',
      default: null,
      minimum: 0,
      unit: 'shares',
      help: 'coortweet: participation among the fast pairs; as --min-participation without it',
    },
    {
      name: 'subgraph',
      kind: 'integer',
      default: 0,
      minimum: 0,
      maximum: 3,
      unit: 'number',
      help: 'coortweet: 0 all edges, 1 flagged edges, 2 flagged fast edges, 3 flagged fast edges with the neighbours of their ends',
    },
    {
      name: 'accountStats',
      kind: 'choice',
      default: null,
      choices: ['none', 'full', 'fast'],
      unit: 'threshold',
      help: 'coortweet: account_stats over all edges, the flagged or the flagged fast ones; none without it',
    },
    {
      name: 'groupStats',
      kind: 'choice',
      default: null,
      choices: ['none', 'full', 'fast'],
      unit: 'threshold',
      help: 'coortweet: group_stats over all edges, the flagged or the flagged fast ones; none without it',
    },
    {
      name: 'posts',
      kind: 'yes/no',
      default: false,
      unit: '-',
      help: 'list with every edge the posts that made it (spillover: always for significant edges)',
    },
    {
      name: 'objects',
      kind: 'yes/no',
      default: false,
      unit: '-',
      help: 'list with every edge the artifacts that made it',
    },
    {
      name: 'platforms',
      kind: 'choice',
      default: 'any',
      choices: ['any', 'within', 'across'],
      unit: '-',
      help: 'pair accounts of any platforms, within one platform only, or across two only',
    },
    {
      name: 'mostShares',
      kind: 'integer',
      default: null,
      minimum: 2,
      unit: 'shares',
      help: 'leave out artifacts that were shared more often than this; none without it',
    },
    {
      name: 'mostEdges',
      kind: 'integer',
      default: 1_000_000,
      minimum: 1,
      unit: 'edges',
      help: 'list the strongest edges only; the counts are of all',
    },
    {
      name: 'minTags',
      kind: 'integer',
      default: 5,
      minimum: 1,
      unit: 'hashtags',
      help: 'hashtag-sequence: shortest sequence',
    },
    {
      name: 'rapidSeconds',
      flag: 'rapid',
      kind: 'number',
      default: 10,
      minimum: 0,
      unit: 'seconds',
      help: 'rapid-reshare: longest delay after the reshared post',
    },
    {
      name: 'similarity',
      kind: 'number',
      default: 0.8,
      minimum: 0,
      maximum: 1,
      unit: 'Jaccard',
      help: 'cnt on near-text: smallest similarity of the words of two posts',
    },
    {
      name: 'intervalQuantile',
      flag: 'interval-quantile',
      kind: 'number',
      default: 0.1,
      minimum: 0,
      maximum: 1,
      unit: 'q',
      help: 'coornet: the interval is estimated from this quickest part of the artifacts',
    },
    {
      name: 'intervalShare',
      flag: 'interval-share',
      kind: 'number',
      default: 0.5,
      minimum: 0,
      maximum: 1,
      unit: 'p',
      help: 'coornet: and is the usual time until this part of their shares was there',
    },
    {
      name: 'level',
      kind: 'number',
      default: 0.05,
      minimum: 0,
      maximum: 1,
      unit: 'probability',
      help: 'spillover: false discovery rate of edges, and largest p value of a group',
    },
    {
      name: 'permutations',
      kind: 'integer',
      default: 1000,
      minimum: 19,
      maximum: 100_000,
      unit: 'rounds',
      help: 'spillover: rounds of the null model for the p values of groups',
    },
    {
      name: 'nullHours',
      flag: 'null-hours',
      kind: 'number',
      default: 1,
      minimum: 0.1,
      maximum: 168,
      unit: 'hours',
      help: 'spillover: chance is asked within the same artifact and a stretch of time of this length (at least ten windows)',
    },
    {
      name: 'sweep',
      kind: 'list',
      default: null,
      unit: 'seconds',
      help: 'spillover: other windows to try, or "none"; without it 5,15,30,120,300,900 where that is quick',
    },
    {
      name: 'seed',
      kind: 'integer',
      default: 1,
      minimum: 0,
      unit: 'number',
      help: 'of the random numbers (permutations, communities)',
    },
  ],
};

/** The options of a run with their types. */
export interface CoordinationOptions {
  method: CoordinationMethod;
  on: readonly string[] | null;
  windowSeconds: number | null;
  minParticipation: number;
  keepLoops: boolean;
  edgeWeight: number | null;
  minWeight: number | null;
  fastWindowSeconds: number | null;
  fastMinParticipation: number | null;
  subgraph: number;
  accountStats: 'none' | 'full' | 'fast' | null;
  groupStats: 'none' | 'full' | 'fast' | null;
  posts: boolean;
  objects: boolean;
  platforms: 'any' | 'within' | 'across';
  mostShares: number | null;
  mostEdges: number;
  minTags: number;
  rapidSeconds: number;
  similarity: number;
  intervalQuantile: number;
  intervalShare: number;
  level: number;
  permutations: number;
  nullHours: number;
  sweep: readonly string[] | null;
  seed: number;
}

export function coordinationOptions(values: Readonly<Record<string, OptionValue>>): CoordinationOptions {
  return values as unknown as CoordinationOptions;
}
