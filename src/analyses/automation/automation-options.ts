import type { AnalysisDefinition } from '../analysis.ts';

/**
 * What a flag would be worth: a test that finds 9 of 10 automated accounts and misfires on 1 of 10 others, where 15 % are automated, is wrong
 * in (.85 * .1) / (.85 * .1 + .15 * .9) = 39 % of its flags (Rauchfleisch & Kaiser 2020 for the 15 %).
 */
export const baseRateSentence =
  'None of these signs tells a robot from a busy person: where 15 % of accounts are automated, even a test that finds nine in ten of them and misfires on one in ten others is wrong in 39 % of the accounts it flags.';

export const automationDefinition: AnalysisDefinition = {
  id: 'automation',
  version: '1',
  title: 'Signs of automation',
  question: 'Which accounts post in ways that are unusual here, and in what respect?',
  caveats: [
    baseRateSentence,
    'The score is only an order in which to look. It compares accounts of this collection with each other: somebody is always first.',
    'Signs that are not known are missing, not zero: accounts of platforms that tell little have few signs.',
    'Enthusiasts, news desks and people who schedule posts show the same signs. Look at the posts before you write about an account.',
  ],
  story: 'optional',
  options: [
    {
      name: 'minimumPosts',
      kind: 'integer',
      default: 5,
      minimum: 2,
      unit: 'posts',
      help: 'accounts with fewer posts here are not looked at',
    },
    {
      name: 'fewestSigns',
      kind: 'integer',
      default: 4,
      minimum: 1,
      maximum: 13,
      unit: 'signs',
      help: 'accounts with fewer known signs are not sorted',
    },
    {
      name: 'top',
      kind: 'integer',
      default: 200,
      minimum: 1,
      maximum: 100_000,
      unit: 'accounts',
      help: 'how many accounts are listed',
    },
  ],
};
