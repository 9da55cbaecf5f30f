import { analyses } from '../../analyses/registry.ts';
import { analyse, findAnalysis } from '../../case/analyse.ts';
import { caseMask } from '../../case/case-mask.ts';
import { evidencePosts } from '../../case/evidence-posts.ts';
import { maskAnalysis, maskEvidence } from '../../case/mask-analysis.ts';
import { csvText } from '../../case/result-csv.ts';
import { listResults, storedResult } from '../../case/results.ts';
import { analysisFigures } from '../../reports/analysis-figures.ts';
import { analysisReport, citedPosts } from '../../reports/analysis-report.ts';
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
    const { head, summary, result, size } = await resultOf(bench, params.analysis, query);
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
      figures: analysisFigures(params.analysis, result).map(({ caption, svg, small }) => ({
        caption,
        svg,
        small: small ?? false,
      })),
      result: size > largestResult ? null : result,
    };
  },
  analysisPage: async (bench, { params, query }) => {
    const { definition } = named(params.analysis);
    const { head, summary, result, evidence } = await resultOf(bench, params.analysis, query);
    const page = analysisReport({
      ...head,
      title: definition.title,
      question: definition.question,
      caveats: definition.caveats,
      result,
      summary,
      evidence: await evidence(),
    });
    return new Response(page, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${params.analysis}-${query.story ?? 'case'}.html`)}`,
      },
    });
  },
  analysisTable: async (bench, { params, query }) => {
    const { summary } = await resultOf(bench, params.analysis, query);
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

/** A stored result, masked where that is asked, and a way to its cited posts. @throws ApiFault 404 */
async function resultOf(
  { connections }: Workbench,
  id: string,
  query: { story?: string | undefined; mask?: string | undefined },
) {
  const analysis = named(id);
  const story = query.story ?? null;
  return connections.read(async (reader) => {
    const [head] = await listResults(reader, { analysis: id, story });
    const stored = await storedResult<Record<string, unknown>>(reader, story, id);
    if (!head || !stored) throw new ApiFault(404, 'not-run', `"${id}" was not run here yet.`, 'Start it first.');
    const { version, created, caseRevision, stale, options } = head;
    const mask = query.mask === 'true' ? await caseMask(reader) : null;
    const masked = mask ? await maskAnalysis(reader, { analysis: id, result: stored }, mask) : null;
    const summary = masked?.summary ?? analysis.summarise(stored);
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
      summary,
      result: (masked?.result ?? stored) as Record<string, unknown>,
      size: JSON.stringify(stored).length,
      evidence: () =>
        connections.read(async (other) => {
          const cited = await evidencePosts(other, citedPosts(analysis.summarise(stored)));
          return mask ? maskEvidence(other, cited, mask) : cited;
        }),
    };
  });
}
