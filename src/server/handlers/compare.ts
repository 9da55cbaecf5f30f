import { UserError } from '../../base/errors.ts';
import type { Case } from '../../case/case.ts';
import { defaultPublicFigures } from '../../case/case-mask.ts';
import { casesBeside, withCaseBeside } from '../../case/cases-beside.ts';
import { type ComparedStory, compareStories, writeComparison } from '../../case/compare.ts';
import { listResults } from '../../case/results.ts';
import { traceHolds } from '../../case/traced.ts';
import { ApiFault } from '../api-fault.ts';
import type { Job } from '../api-types.ts';
import type { Handlers } from '../handler.ts';
import { needsTrace } from '../needs-trace.ts';

type Named = { case?: string | undefined; story: string };

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
        const isOwn = stories.every((one) => one.case === undefined);
        const files = isOwn
          ? await bench.thread.run(
              { kind: 'compare', stories: stories.map((one) => one.story), alignedAt, mask, folder },
              effects,
            )
          : await withStories(bench.spilloverCase, stories, async (compared) =>
              writeComparison(
                await compareStories(compared, { alignedAt, mask: mask ? defaultPublicFigures : null }, effects),
                folder,
              ),
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

const labelOf = (one: Named) => (one.case === undefined ? one.story : `${one.case}:${one.story}`);

/** Opens the cases that are named, each once, and closes them afterwards. */
async function withStories<T>(
  own: Case,
  stories: readonly Named[],
  work: (stories: ComparedStory[]) => Promise<T>,
): Promise<T> {
  const names = [...new Set(stories.flatMap((one) => (one.case === undefined ? [] : [one.case])))];
  const open = new Map<string, Case>();
  const next = async (): Promise<T> => {
    const name = names.find((one) => !open.has(one));
    if (name !== undefined)
      return withCaseBeside(own, name, (other) => {
        open.set(name, other);
        return next();
      });
    for (const one of stories) {
      const other = one.case === undefined ? undefined : open.get(one.case);
      if (other && (await traceHolds(other, one.story)) !== 'holds')
        throw new UserError(
          `"${one.story}" of the case ${one.case} was not traced by this version, or changed since.`,
          'Open that case and trace it again; other cases are only read from here.',
        );
    }
    return work(
      stories.map((one) => ({ spilloverCase: one.case === undefined ? own : open.get(one.case)!, story: one.story })),
    );
  };
  return next();
}
