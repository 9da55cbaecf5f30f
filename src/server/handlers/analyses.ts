import { analyses } from '../../analyses/registry.ts';
import { accountNames } from '../../case/account-names.ts';
import { findAnalysis } from '../../case/analyse.ts';
import type { Case } from '../../case/case.ts';
import { csvText } from '../../case/result-csv.ts';
import { listResults } from '../../case/results.ts';
import { analysisPage, shownAnalysis } from '../../case/shown-analysis.ts';
import type { Mask } from '../../domain/mask.ts';
import { ApiFault } from '../api-fault.ts';
import type { analysisEndpoints } from '../contract/analyses.ts';
import { csvAnswer } from '../csv-answer.ts';
import type { Handlers } from '../handler.ts';
import { maskOf } from '../mask-of.ts';
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
      await bench.thread.run({ kind: 'analysis', id: definition.id, story, options: body.options }, effects);
      await bench.changed('results', story);
      return { href: `/api/analyses/${definition.id}${story === null ? '' : `?story=${encodeURIComponent(story)}`}` };
    });
    return { job };
  },
  analysisResult: async (bench, { params, query, mask }) => {
    const asked = { ...query, given: mask };
    const { summary, figures, result, options, ...head } = await shown(bench, params.analysis, asked, shownAnalysis);
    const tables = summary.tables.map(({ title, columns, rows }) => {
      const all = [...rows];
      return {
        title,
        columns: [...columns],
        rows: all.slice(0, shownRows).map((row) => [...row]),
        total: all.length,
      };
    });
    const texts = [...summary.findings.map(({ text }) => text), ...tables.flatMap(({ rows }) => rows.flat())];
    const isMasked = mask !== null || query.mask === 'true';
    return {
      ...head,
      options: Object.fromEntries(Object.entries(options).map(([name, value]) => [name, copied(value)])),
      caveats: [...named(params.analysis).definition.caveats],
      findings: summary.findings.map(({ text, posts }) => ({ text, posts: [...posts] })),
      tables,
      names: isMasked ? {} : await bench.connections.read((reader) => accountNames(reader, texts)),
      figures: figures.map(({ caption, svg, small }) => ({ caption, svg, small: small ?? false })),
      result: JSON.stringify(result).length > largestResult ? null : (result as Record<string, unknown>),
    };
  },
  analysisPage: async (bench, { params, query, mask }) =>
    new Response(await shown(bench, params.analysis, { ...query, given: mask }, analysisPage), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${params.analysis}-${query.story ?? 'case'}.html`)}`,
      },
    }),
  analysisTable: async (bench, { params, query, mask }) => {
    const { summary } = await shown(bench, params.analysis, { ...query, given: mask }, shownAnalysis);
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

/** A stored result as it is shown. @throws ApiFault 404 */
async function shown<T>(
  { connections }: Workbench,
  id: string,
  { story = null, mask, given }: { story?: string | null | undefined; mask?: string | undefined; given: Mask | null },
  read: (reader: Case, id: string, options: { story: string | null; mask: Mask | null }) => Promise<T | null>,
): Promise<T> {
  named(id);
  const found = await connections.read(async (reader) =>
    read(reader, id, { story, mask: given ?? (await maskOf(reader, mask)) }),
  );
  if (found === null) throw new ApiFault(404, 'not-run', `"${id}" was not run here yet.`, 'Start it first.');
  return found;
}
