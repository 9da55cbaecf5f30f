/** Options of a trace with default, unit and help; they feed flags, forms and the reference. */
export const traceOptions = [
  { name: 'seed', default: 1, unit: 'whole number', help: 'Seed of communities and placebo moments.' },
  {
    name: 'coactionWindow',
    default: 60,
    unit: 'seconds',
    help: 'Two accounts act together when they act on one thing within this time.',
  },
  {
    name: 'fewestSharers',
    default: 2,
    unit: 'posts',
    help: 'Artifacts that fewer posts of the story carry make no bridge.',
  },
  {
    name: 'mostArtifacts',
    default: 5000,
    unit: 'artifacts',
    help: 'How many artifacts of the story are followed, the most carried first.',
  },
  {
    name: 'mostBridges',
    default: 1000,
    unit: 'bridges',
    help: 'How many bridges the result lists, by the reach of their artifact.',
  },
] as const;

export type TraceOptions = Record<(typeof traceOptions)[number]['name'], number>;

/** Raise it with every change of what a result holds: stored ones of another version are traced again. */
export const traceVersion = '4';

export const defaultTraceOptions: TraceOptions = Object.fromEntries(
  traceOptions.map((one) => [one.name, one.default]),
) as TraceOptions;
