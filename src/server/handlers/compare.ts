import { casesBeside, withCaseBeside, withCasesBeside } from '../../case/cases-beside.ts';
import type { ComparedName } from '../../case/compare-by-name.ts';
import { listResults } from '../../case/results.ts';
import { ApiFault } from '../api-fault.ts';
import type { Job } from '../api-types.ts';
import type { Handlers } from '../handler.ts';
import { needsTrace } from '../needs-trace.ts';

export const compareHandlers: Handlers<'cases' | 'caseStories' | 'compare'> = {
  cases: async ({ spilloverCase }) => ({ cases: casesBeside(spilloverCase) }),
  caseStories: async ({ spilloverCase }, { params }) => {
    if (!casesBeside(spilloverCase).includes(params.case))
      throw new ApiFault(404, 'not-found', `No case "${params.case}" lies beside this one.`);
    const traces = await withCaseBeside(spilloverCase, params.case, (other) =>
      listResults(other, { analysis: 'trace' }),
    );
    return { stories: traces.map(({ story, created, stale }) => ({ name: story!, created, stale })) };
  },
  compare: async (bench, { body: { stories, alignedAt, mask: asked }, mask: given }) => {
    const mask = asked || given !== null;
    await bench.connections.read(async (reader) => {
      for (const one of stories) if (one.case === undefined) await needsTrace(reader, one.story);
    });
    const start = async (): Promise<Job> =>
      bench.jobs.start('compare', `Comparison of ${stories.map(labelOf).join(', ')}`, null, async (effects, job) => {
        const folder = bench.products.folder(job);
        const names = stories.flatMap((one) => one.case ?? []);
        const files = await withCasesBeside(bench.spilloverCase, names, (others) =>
          bench.thread.run({ kind: 'compare', stories, alignedAt, mask, folder }, effects, others),
        );
        return bench.products.offer(
          job,
          files.map((file) => ({ ...file, isMasked: mask })),
        );
      });
    const key = `comparison ${JSON.stringify([stories, alignedAt, mask])}`;
    const known = bench.jobs.find((await bench.cache.get(key, start)).id);
    const isOfUse = known && known.state !== 'failed' && known.state !== 'cancelled';
    if (isOfUse && (known.state !== 'done' || bench.products.find(known.id, 'comparison.json'))) return { job: known };
    bench.cache.forget(key);
    return { job: await bench.cache.get(key, start) };
  },
};

const labelOf = (one: ComparedName) => (one.case === undefined ? one.story : `${one.case}:${one.story}`);
