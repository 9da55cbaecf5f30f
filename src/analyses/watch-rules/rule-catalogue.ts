import { type AnalysisOption, type OptionValue, resolveOptions } from '../analysis.ts';

export type RuleId =
  | 'early-warning'
  | 'fringe-burst'
  | 'higher-tier'
  | 'takeoff'
  | 'coordination'
  | 'recurring-catalyst'
  | 'mainstream-crossing';

/** What a rule asks, of what, and its options; feeds the schema of watch files and the reference. */
export interface RuleDefinition {
  id: RuleId;
  title: string;
  question: string;
  /** `story`: asked for each watched story; `case`: asked of the artifacts of the whole case, with or without stories; `both`: the one and the other. */
  looksAt: 'story' | 'case' | 'both';
  caveats: readonly string[];
  options: readonly AnalysisOption[];
}

/** A rule that is on, with the options that differ from the defaults. */
export interface RuleSettings {
  rule: RuleId;
  options: Readonly<Record<string, unknown>>;
}

const recentHours: AnalysisOption = {
  name: 'recentHours',
  kind: 'number',
  default: 24,
  minimum: 0.1,
  maximum: 720,
  unit: 'hours',
  help: 'How far back a happening may lie to be told; longer than the watch may stand still.',
};

const oldestHours: AnalysisOption = {
  name: 'oldestHours',
  kind: 'number',
  default: 12,
  minimum: 0.5,
  maximum: 168,
  unit: 'hours',
  help: 'Only artifacts first seen in this time are looked at.',
};

/** The rules of the watch. Every rule sees posts up to the moment it is asked about and nothing later. */
export const ruleCatalogue: readonly RuleDefinition[] = [
  {
    id: 'early-warning',
    title: 'Early warning',
    question: 'Which artifact of the fringe looks, by its first minutes, as if it will reach the mainstream?',
    looksAt: 'case',
    caveats: [
      'The chance was learnt from invented campaigns: it ranks artifacts of real cases, its size is not measured on them.',
    ],
    options: [
      {
        name: 'threshold',
        kind: 'number',
        default: 0.8,
        minimum: 0,
        maximum: 1,
        unit: 'probability',
        help: 'The lowest chance that is told.',
      },
      oldestHours,
    ],
  },
  {
    id: 'fringe-burst',
    title: 'Burst on the fringe with bridges',
    question: 'Which artifact is shared unusually fast on a fringe venue and has been carried to another platform?',
    looksAt: 'case',
    caveats: ['A burst is unusual against what the venue shares otherwise; most bursts of the fringe stay there.'],
    options: [
      {
        name: 'windowMinutes',
        kind: 'number',
        default: 30,
        minimum: 1,
        maximum: 1440,
        unit: 'minutes',
        help: 'Shares on the fringe are counted over this time.',
      },
      {
        name: 'bridges',
        kind: 'integer',
        default: 2,
        minimum: 1,
        maximum: 1000,
        unit: 'accounts',
        help: 'The fewest accounts that carried it to another platform.',
      },
      {
        name: 'pValue',
        kind: 'number',
        default: 1e-8,
        minimum: 0,
        maximum: 1,
        unit: 'probability',
        help: 'The largest chance of so many shares at the usual pace.',
      },
      oldestHours,
    ],
  },
  {
    id: 'higher-tier',
    title: 'Artifact on a higher tier',
    question: "Which of the story's artifacts is seen for the first time on a tier nearer to the mainstream?",
    looksAt: 'story',
    caveats: ['First in this collection: a tier that was not collected before shows its first share late.'],
    options: [
      recentHours,
      {
        name: 'belowMainstreamOnly',
        kind: 'yes/no',
        default: true,
        unit: 'yes/no',
        help: 'A tier below the mainstream is told only before a mainstream venue has carried the story; no: always.',
      },
    ],
  },
  {
    id: 'takeoff',
    title: 'Takeoff',
    question: 'When does the story suddenly gather posts much faster than in the 90 minutes before?',
    looksAt: 'story',
    caveats: ['Ordinary news take off too.'],
    options: [
      recentHours,
      {
        name: 'belowMainstreamOnly',
        kind: 'yes/no',
        default: true,
        unit: 'yes/no',
        help: 'Only takeoffs before the first post on a mainstream venue; no: all of them.',
      },
    ],
  },
  {
    id: 'coordination',
    title: 'Coordinated group',
    question: "Which accounts reshare the story's posts together more often than chance allows?",
    looksAt: 'story',
    caveats: [
      'Acting together is not proof of one hand: fans and colleagues do it too.',
      'Told once for a story, not for each group.',
    ],
    options: [
      recentHours,
      {
        name: 'windowSeconds',
        kind: 'number',
        default: 60,
        minimum: 1,
        maximum: 86_400,
        unit: 'seconds',
        help: 'Reshares of one post within this time coincide.',
      },
      {
        name: 'fewestAccounts',
        kind: 'integer',
        default: 4,
        minimum: 2,
        maximum: 10_000,
        unit: 'accounts',
        help: 'The smallest group that is told.',
      },
      {
        name: 'everyMinutes',
        kind: 'number',
        default: 30,
        minimum: 1,
        maximum: 1440,
        unit: 'minutes',
        help: 'The test is made on full multiples of this time, because it is costly.',
      },
    ],
  },
  {
    id: 'recurring-catalyst',
    title: 'Catalyst of an earlier campaign',
    question: 'Which account that was a catalyst of an earlier traced story takes part again?',
    looksAt: 'both',
    caveats: ['Accounts that are early and widely reshared recur in ordinary news as well.'],
    options: [recentHours],
  },
  {
    id: 'mainstream-crossing',
    title: 'Mainstream crossing',
    question: 'When does a story that was seen below reach a mainstream venue?',
    looksAt: 'story',
    caveats: ['Mainstream venues are those of the list in force; others pass unseen.'],
    options: [recentHours],
  },
];

/** @throws RangeError for a rule that does not exist. */
export function findRule(id: string): RuleDefinition {
  const found = ruleCatalogue.find((one) => one.id === id);
  if (!found) throw new RangeError(`there is no rule "${id}": ${ruleCatalogue.map((one) => one.id).join(', ')}`);
  return found;
}

/** All options of a rule: those given, else the defaults. @throws RangeError naming the rule and the option. */
export function resolveRule({ rule, options }: RuleSettings): Record<string, OptionValue> {
  return resolveOptions(findRule(rule), options);
}
