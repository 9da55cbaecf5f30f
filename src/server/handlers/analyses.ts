import { analyses } from '../../analyses/registry.ts';
import { analyse, findAnalysis } from '../../case/analyse.ts';
import { csvText } from '../../case/result-csv.ts';
import { listResults, storedResult } from '../../case/results.ts';
import { ApiFault } from '../api-fault.ts';
import type { analysisEndpoints } from '../contract/analyses.ts';
import { csvAnswer } from '../csv-answer.ts';
import type { Handlers } from '../handler.ts';
import type { Workbench } from '../workbench.ts';

const shownRows = 500;
const largestResult = 20_000_000;

export const analysisHandlers: Handlers<keyof typeof analysisEndpoints> = {
  analyses: ({ connections }) =>
    connections.read(async (reader) => {
      const ids = new Set(analyses.map(({ definition }) => definition.id));
      return {
        analyses: analyses.map(({ definition }) => ({
          ...definition,
          caveats: [...definition.caveats],
          options: definition.options.map(({ flag: _, choices, default: value, ...option }) => ({
            ...option,
            default: copied(value),
            ...(choices ? { choices: [...choices] } : {}),
          })),
        })),
        results: (await listResults(reader))
          .filter(({ analysis }) => ids.has(analysis))
          .map(({ analysis, story, created, stale }) => ({ analysis, story, created, stale })),
      };
    }),
  runAnalysis: async (bench, { params, body }) => {
    const { definition } = named(params.analysis);
    const story = body.story ?? null;
    const job = bench.jobs.start('analysis', definition.title, story, async (effects) => {
      await analyse(bench.spilloverCase, definition.id, { story, options: body.options }, effects);
      await bench.changed('results', story);
      return { href: `/api/analyses/${definition.id}${story === null ? '' : `?story=${encodeURIComponent(story)}`}` };
    });
    return { job };
  },
  analysisResult: async (bench, { params, query }) => {
    const { head, summary, result, size } = await resultOf(bench, params.analysis, query.story ?? null);
    return {
      ...head,
      caveats: [...named(params.analysis).definition.caveats],
      findings: summary.findings.map(({ text, posts }) => ({ text, posts: [...posts] })),
      tables: summary.tables.map(({ title, columns, rows }) => {
        const all = [...rows];
        return {
          title,
          columns: [...columns],
          rows: all.slice(0, shownRows).map((row) => [...row]),
          total: all.length,
        };
      }),
      result: size > largestResult ? null : result,
    };
  },
  analysisTable: async (bench, { params, query }) => {
    const { summary } = await resultOf(bench, params.analysis, query.story ?? null);
    const table = summary.tables[query.table];
    if (!table) throw new ApiFault(404, 'not-found', `The result has no table ${query.table}.`);
    return csvAnswer(
      `${params.analysis}-${query.story ?? 'case'}-${query.table}.csv`,
      csvText(table.columns, table.rows),
    );
  },
};

const copied = <T>(value: T) =>
  (Array.isArray(value) ? [...value] : value) as T extends readonly string[] ? string[] : T;

function named(id: string) {
  if (!analyses.some(({ definition }) => definition.id === id))
    throw new ApiFault(
      404,
      'not-found',
      `There is no analysis "${id}".`,
      `Analyses: ${analyses.map((one) => one.definition.id).join(', ')}`,
    );
  return findAnalysis(id);
}

async function resultOf({ connections }: Workbench, id: string, story: string | null) {
  const analysis = named(id);
  return connections.read(async (reader) => {
    const [head] = await listResults(reader, { analysis: id, story });
    const result = await storedResult<Record<string, unknown>>(reader, story, id);
    if (!head || !result) throw new ApiFault(404, 'not-run', `"${id}" was not run here yet.`, 'Start it first.');
    const { version, created, caseRevision, stale, options } = head;
    return {
      head: {
        version,
        created,
        caseRevision,
        stale,
        analysis: id,
        story,
        options: JSON.parse(options) as Record<string, string | number | boolean | string[] | null>,
      },
      summary: analysis.summarise(result),
      result,
      size: JSON.stringify(result).length,
    };
  });
}
