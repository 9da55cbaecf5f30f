import { listCollections, listCollectors } from '../../case/collections.ts';
import { ApiFault } from '../api-fault.ts';
import type { collectionEndpoints } from '../contract/collections.ts';
import type { Handlers } from '../handler.ts';
import type { Workbench } from '../workbench.ts';

const iso = (time: number) => new Date(time).toISOString();

export const collectionHandlers: Handlers<keyof typeof collectionEndpoints> = {
  collectors: async () => ({
    collectors: listCollectors(process.env).map(({ options, ...collector }) => ({
      ...collector,
      options: options.map(({ choices, default: value, required, ...option }) => ({
        ...option,
        default: typeof value === 'object' && value !== null ? [...value] : value,
        required: required ?? false,
        ...(choices ? { choices: [...choices] } : {}),
      })),
    })),
  }),
  collections: async (bench) => shown(bench),
  startCollection: async (bench, { body: { collector, name, contact, max, ...rest } }) => {
    await bench.collections.start(collector, {
      ...rest,
      ...(name === undefined ? {} : { name }),
      ...(contact === undefined ? {} : { contact }),
      ...(max === undefined ? {} : { max }),
    });
    return shown(bench);
  },
  continueCollection: async (bench, { params }) => {
    const { collector, options } = kept(bench, params.collection);
    const { baseUrl: _, ...own } = options;
    await bench.collections.start(collector, { options: own, name: params.collection });
    return shown(bench);
  },
  stopCollection: async (bench, { params }) => {
    kept(bench, params.collection);
    await bench.collections.stop(params.collection);
    return shown(bench);
  },
};

function kept({ spilloverCase }: Workbench, name: string) {
  const found = listCollections(spilloverCase).find((one) => one.name === name);
  if (!found) throw new ApiFault(404, 'not-found', `There is no collection "${name}".`);
  return found;
}

function shown({ spilloverCase, collections }: Workbench) {
  const running = collections.list();
  return {
    collections: listCollections(spilloverCase).map((one) => {
      const run = running.find(({ name }) => name === one.name);
      const outcome = collections.outcome(one.name);
      const state = run ? (run.stopping ? 'stopping' : 'running') : outcome?.error ? 'failed' : 'stopped';
      return {
        ...one,
        state: state as 'running' | 'stopping' | 'stopped' | 'failed',
        error: run ? null : (outcome?.error ?? null),
        notes: run?.notes ?? outcome?.notes ?? [],
        progress: run?.progress
          ? {
              records: run.progress.records,
              recordsPerSecond: run.progress.recordsPerSecond,
              lagSeconds: run.progress.lagSeconds,
              deletions: run.progress.deletions,
              postsAdded: run.progress.imported.postsAdded,
              waitingSegments: run.progress.waitingSegments,
            }
          : null,
        spans: one.spans.map(({ from, to, posts }) => ({ from: iso(from), to: iso(to), posts })),
        gaps: one.gaps.map((gap) => ({ ...gap, from: iso(gap.from), to: iso(gap.to) })),
      };
    }),
  };
}
