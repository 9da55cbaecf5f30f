import { traceOptions } from '../../analyses/trace/trace-options.ts';
import type { Bridge } from '../../analyses/trace/trace-result.ts';
import type { Case } from '../../case/case.ts';
import { csvText } from '../../case/result-csv.ts';
import { currentRevision, listResults } from '../../case/results.ts';
import { showVolume } from '../../case/show-volume.ts';
import { filterBridges, filterRoles } from '../../case/stored-trace.ts';
import { addStory, listStories, removeStory, type Story } from '../../case/stories.ts';
import { checkStoryQuery, storyCounts } from '../../case/story-counts.ts';
import { suggestForStory } from '../../case/suggest-for-story.ts';
import { ApiFault } from '../api-fault.ts';
import type { storyEndpoints } from '../contract/stories.ts';
import { csvAnswer } from '../csv-answer.ts';
import type { Handlers } from '../handler.ts';
import { filterOf, relationOf } from '../post-query.ts';
import { traceOf } from '../stored-traces.ts';
import { storyNamed } from '../workbench.ts';

export const storyHandlers: Handlers<keyof typeof storyEndpoints> = {
  stories: ({ connections }) =>
    connections.read(async (reader) => {
      const stories = await listStories(reader);
      const traces = new Map((await listResults(reader, { analysis: 'trace' })).map((head) => [head.story, head]));
      return { stories: stories.map((one) => ({ ...one, traced: tracedOf(traces.get(one.name)) })) };
    }),
  addStory: async (bench, { body }) => {
    const { name, query, from, to, replace } = body;
    const story = await bench.connections.edit((editor) =>
      addStory(editor, { name, query, replace, ...(from ? { from } : {}), ...(to ? { to } : {}) }),
    );
    await bench.changed('stories', name);
    return bench.connections.read((reader) => withTrace(reader, story));
  },
  story: ({ cache, connections, stories }, { params }) =>
    cache.get(`story ${params.story}`, () =>
      connections.read(async (reader) => {
        const story = await storyNamed(reader, params.story);
        const counts = await stories.use(reader, story, (table) => storyCounts(reader, table.name, table.withoutTime));
        return { ...(await withTrace(reader, story)), counts };
      }),
    ),
  removeStory: async (bench, { params }) => {
    await bench.connections.edit(async (editor) => {
      await storyNamed(editor, params.story);
      await removeStory(editor, params.story);
    });
    await bench.changed('stories', params.story);
    return { removed: params.story };
  },
  checkQuery: ({ cache, connections }, { body: { query, from, to }, request }) => {
    const selection = { query, from: from ? new Date(from) : null, to: to ? new Date(to) : null };
    return cache.get(`query ${JSON.stringify(selection)}`, () =>
      connections.read((reader) => checkStoryQuery(reader, selection), request.signal),
    );
  },
  suggestions: ({ cache, connections }, { params, query }) =>
    cache.get(`suggestions ${params.story} ${query.limit}`, () =>
      connections.read(async (reader) => {
        await storyNamed(reader, params.story);
        return suggestForStory(reader, params.story, query.limit);
      }),
    ),
  runTrace: async (bench, { params, body }) => {
    await bench.connections.read((reader) => storyNamed(reader, params.story));
    const known = new Set<string>(traceOptions.map(({ name }) => name));
    for (const name of Object.keys(body.options))
      if (!known.has(name))
        throw new ApiFault(400, 'bad-request', `A trace has no option "${name}".`, '/api/trace-options lists them.');
    const job = bench.jobs.start('trace', `Trace of ${params.story}`, params.story, async (effects) => {
      await bench.thread.run({ kind: 'trace', story: params.story, options: body.options }, effects);
      await bench.changed('results', params.story);
      return { href: `/api/stories/${params.story}/trace` };
    });
    return { job };
  },
  traceOptions: async () => ({
    options: traceOptions.map(({ name, default: value, unit, help }) => ({ name, default: value, unit, help })),
  }),
  trace: (bench, { params, mask }) => traceOf(bench, params.story, mask),
  volume: ({ cache, connections, stories }, { query }) =>
    cache.get(`volume ${JSON.stringify(query)}`, () =>
      connections.read(async (reader) => ({
        revision: await currentRevision(reader),
        ...(await relationOf(reader, stories, query.story, (relation) =>
          showVolume(reader, relation, filterOf(query), query.bins),
        )),
      })),
    ),
  roles: async (bench, { params, query, mask }) => {
    const { result } = await traceOf(bench, params.story, mask);
    const rows = filterRoles(result.roles, { ...query, significant: asYesNo(query.significant) });
    const counts: Record<string, number> = {};
    for (const one of result.roles) counts[one.role] = (counts[one.role] ?? 0) + 1;
    return {
      total: rows.length,
      counts,
      evidence: [...new Set(result.roles.flatMap((one) => Object.keys(one.evidence)))],
      roles: rows.slice(query.offset, query.offset + query.limit),
    };
  },
  rolesCsv: async (bench, { params, query, mask }) => {
    const { result } = await traceOf(bench, params.story, mask);
    const rows = filterRoles(result.roles, { ...query, significant: asYesNo(query.significant) });
    const evidence = [...new Set(rows.flatMap((one) => Object.keys(one.evidence)))];
    const columns = [
      'account',
      'platform',
      'handle',
      'role',
      'score',
      'low',
      'high',
      'significant',
      'p_value',
      ...evidence,
      'posts',
    ];
    return csvAnswer(
      `${params.story}-roles.csv`,
      csvText(
        columns,
        rows.map((one) => [
          one.account,
          one.platform,
          one.handle,
          one.role,
          one.score,
          one.low,
          one.high,
          one.significant,
          one.pValue ?? null,
          ...evidence.map((name) => one.evidence[name] ?? null),
          one.posts.join(' '),
        ]),
      ),
    );
  },
  bridges: async (bench, { params, query, mask }) => {
    const { result } = await traceOf(bench, params.story, mask);
    const rows = filterBridges(result.bridges, query);
    const kinds = new Map<string, number>();
    for (const one of result.bridges as Bridge[]) kinds.set(one.kind, (kinds.get(one.kind) ?? 0) + 1);
    return {
      total: rows.length,
      bridges: rows.slice(query.offset, query.offset + query.limit),
      matrix: result.bridgeMatrix,
      kinds: [...kinds].map(([kind, bridges]) => ({ kind, bridges })),
    };
  },
};

const asYesNo = (text: 'true' | 'false' | undefined) => (text === undefined ? undefined : text === 'true');

async function withTrace(reader: Case, { name, query, from, to }: Story) {
  const [head] = await listResults(reader, { analysis: 'trace', story: name });
  return { name, query, from, to, traced: tracedOf(head) };
}

function tracedOf(head: { version: string; created: string; caseRevision: number; stale: boolean } | undefined) {
  if (!head) return null;
  const { version, created, caseRevision, stale } = head;
  return { version, created, caseRevision, stale };
}
