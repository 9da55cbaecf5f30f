import { z } from '@hono/zod-openapi';
import { provenance, storyName, time } from './common.ts';
import { endpoint } from './endpoint.ts';
import { jobAnswer } from './jobs.ts';

const optionValue = z.union([z.number(), z.string(), z.boolean(), z.array(z.string()), z.null()]);
const params = z.strictObject({ analysis: z.string().regex(/^[a-z0-9-]{1,60}$/) });
const yesNo = z.enum(['true', 'false']);
/** `mask=true` puts pseudonyms for accounts that are no public figures. */
const ofStory = z.strictObject({ story: storyName.optional(), mask: yesNo.optional() });

const definition = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  question: z.string(),
  caveats: z.array(z.string()),
  story: z.enum(['required', 'optional', 'none']),
  options: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['number', 'integer', 'text', 'yes/no', 'choice', 'list']),
      default: optionValue,
      choices: z.array(z.string()).optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
      unit: z.string(),
      help: z.string(),
    }),
  ),
});

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const stored = provenance.extend({
  analysis: z.string(),
  story: z.string().nullable(),
  options: z.record(z.string(), optionValue),
  caveats: z.array(z.string()),
  findings: z.array(z.object({ text: z.string(), posts: z.array(z.string()) })),
  /** `rows` holds the first 500; `/table.csv` gives a table whole. */
  tables: z.array(
    z.object({ title: z.string(), columns: z.array(z.string()), rows: z.array(z.array(cell)), total: z.number() }),
  ),
  /** What the accounts are called that these rows name; those without handle and name are left out. */
  names: z.record(z.string(), z.string()),
  /** Drawn pictures of the result: self-contained SVG without scripts, links and fonts. The numbers stand in the tables. */
  figures: z.array(z.object({ caption: z.string(), svg: z.string(), small: z.boolean() })),
  /** The result itself, as `spillover analyse … --json` prints it; null where it is larger than 20 MB. */
  result: z.record(z.string(), z.unknown()).nullable(),
});

export const analysisEndpoints = {
  analyses: endpoint('get', '/api/analyses', 'Analyses, their questions and options, and which were run', {
    masked: 'own',
    answer: z.object({
      analyses: z.array(definition),
      results: z.array(
        z.object({ analysis: z.string(), story: z.string().nullable(), created: time, stale: z.boolean() }),
      ),
    }),
  }),
  runAnalysis: endpoint('post', '/api/analyses/{analysis}', 'Run an analysis over the case or a story', {
    params,
    body: z.strictObject({ story: storyName.optional(), options: z.record(z.string(), optionValue).default({}) }),
    answer: jobAnswer,
    status: 202,
  }),
  analysisResult: endpoint('get', '/api/analyses/{analysis}', 'The stored result of an analysis in words and tables', {
    params,
    query: ofStory,
    masked: 'own',
    answer: stored,
  }),
  analysisPage: endpoint('get', '/api/analyses/{analysis}/report.html', 'A result as one self-contained page', {
    params,
    query: ofStory,
    masked: 'own',
    answer: z.string(),
    media: 'text/html',
  }),
  analysisTable: endpoint('get', '/api/analyses/{analysis}/table.csv', 'A table of a result, whole', {
    params,
    query: ofStory.extend({ table: z.coerce.number().int().min(0).max(50).default(0) }),
    masked: 'own',
    answer: z.string(),
    media: 'text/csv',
  }),
};
