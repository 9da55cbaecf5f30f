import { UserError } from '../base/errors.ts';
import { type PlatformName, platformNames } from './post-log.ts';

export interface PlantOptions {
  seed: number;
  posts: number;
  start: string;
  storyShare: number;
  thinning: number;
  deleteBoosters: number;
  skewSeconds: number;
  capPerHour: number;
  missingPlatform: 'none' | PlatformName;
  campaign: boolean;
  shuffle: boolean;
  reuseSeed: number;
  reuseShare: number;
}

export interface PlantOptionRow {
  name: keyof PlantOptions;
  default: number | string | boolean;
  unit: string;
  help: string;
  choices?: readonly string[];
}

/** The options of a planted campaign, as they stand in flags, forms and the reference. */
export const plantOptions: readonly PlantOptionRow[] = [
  { name: 'seed', default: 1, unit: 'whole number', help: 'Seed of every random draw; same options give same bytes.' },
  { name: 'posts', default: 50_000, unit: 'posts', help: 'Posts of all platforms before losses, 2,000 to 5,000,000.' },
  { name: 'start', default: '2024-05-13T00:00:00Z', unit: 'UTC time', help: 'First moment of the five invented days.' },
  {
    name: 'storyShare',
    default: 0.12,
    unit: 'fraction',
    help: 'Part of all posts that belongs to the story, .02 to .4.',
  },
  { name: 'thinning', default: 1, unit: 'fraction', help: 'Part of the posts that is kept, drawn independently.' },
  { name: 'deleteBoosters', default: 0, unit: 'fraction', help: "Part of the boosters' posts that is deleted." },
  {
    name: 'skewSeconds',
    default: 0,
    unit: 'seconds',
    help: 'Each platform clock is wrong by this much, fast or slow.',
  },
  {
    name: 'capPerHour',
    default: 0,
    unit: 'posts',
    help: 'Most X posts an hour that the stream lets through; 0 = all.',
  },
  {
    name: 'missingPlatform',
    default: 'none',
    unit: 'platform',
    help: 'A platform that was not collected.',
    choices: ['none', ...platformNames],
  },
  { name: 'campaign', default: true, unit: 'yes/no', help: 'Without it the story is ordinary and spreads by itself.' },
  { name: 'shuffle', default: false, unit: 'yes/no', help: 'Random order of rows in the X, Bluesky and news files.' },
  {
    name: 'reuseSeed',
    default: -1,
    unit: 'whole number',
    help: 'Boosters and one catalyst of the campaign of this seed (and the same size) take part again; -1 = none.',
  },
  { name: 'reuseShare', default: 0.1, unit: 'fraction', help: 'Part of the boosters that take part again.' },
];

/** Fills in defaults and checks ranges; throws UserError with the option's name. */
export function resolvePlantOptions(given: Partial<PlantOptions>): PlantOptions {
  const filled = Object.fromEntries(plantOptions.map((row) => [row.name, given[row.name] ?? row.default]));
  const options = filled as unknown as PlantOptions;
  whole(options, 'seed', 0, 2 ** 31 - 1);
  whole(options, 'posts', 2_000, 5_000_000);
  within(options, 'storyShare', 0.02, 0.4);
  within(options, 'thinning', 0.001, 1);
  within(options, 'deleteBoosters', 0, 1);
  within(options, 'skewSeconds', 0, 86_400);
  whole(options, 'capPerHour', 0, 10_000_000);
  whole(options, 'reuseSeed', -1, 2 ** 31 - 1);
  within(options, 'reuseShare', 0, 1);
  if (options.reuseSeed === options.seed)
    throw new UserError('plant: reuseSeed is the seed itself', 'Name the seed of another campaign.');
  if (Number.isNaN(Date.parse(options.start)))
    throw new UserError(`plant: start is not a time: ${options.start}`, 'Write it as 2024-05-13T00:00:00Z.');
  if (options.missingPlatform !== 'none' && !platformNames.includes(options.missingPlatform))
    throw new UserError(
      `plant: there is no platform ${options.missingPlatform}`,
      `Choose none, ${platformNames.join(', ')}.`,
    );
  return options;
}

type NumberOption = {
  [Name in keyof PlantOptions]: PlantOptions[Name] extends number ? Name : never;
}[keyof PlantOptions];

function within(options: PlantOptions, name: NumberOption, low: number, high: number): void {
  const value = options[name];
  if (typeof value !== 'number' || !(value >= low && value <= high))
    throw new UserError(`plant: ${name} is ${value}`, `It lies between ${low} and ${high}.`);
}

function whole(options: PlantOptions, name: NumberOption, low: number, high: number): void {
  within(options, name, low, high);
  if (!Number.isInteger(options[name]))
    throw new UserError(`plant: ${name} is ${options[name]}`, 'Give a whole number.');
}
