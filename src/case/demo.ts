import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { UserError } from '../base/errors.ts';
import { plantCampaign } from '../plant/plant-campaign.ts';
import { resolvePlantOptions } from '../plant/plant-options.ts';
import { traceReport } from '../reports/trace-report.ts';
import { openCase } from './case.ts';
import { addContext } from './context.ts';
import type { Effects } from './effects.ts';
import { importFiles } from './import-files.ts';
import type { ImportReport } from './import-report.ts';
import { addStory } from './stories.ts';
import { trace } from './trace.ts';

export interface DemoResult {
  directory: string;
  report: string;
  case: string;
  imported: ImportReport['totals'];
  result: TraceResult;
}

/** Name under which a planted story is traced. */
export const plantedStory = 'ferry-papers';

const marker = 'made-by-spillover-demo';

/** Files of a planted campaign that a case imports: everything but the truth, the context and the story. */
export const plantedSources = ['4chan', 'telegram', 'x.jsonl', 'bluesky.ndjson'];

/** Plants an invented campaign, imports its files, traces its story and writes the report: the whole of Spillover in one step. */
export async function demo(directory: string, seed: number, posts: number, effects: Effects): Promise<DemoResult> {
  const planted = join(directory, 'planted');
  const caseDirectory = join(directory, 'case');
  if (existsSync(directory)) {
    if (!existsSync(join(directory, marker))) {
      throw new UserError(
        `${directory} exists and was not made by the demo.`,
        'Choose another directory with --out DIR.',
      );
    }
    rmSync(planted, { recursive: true, force: true });
    rmSync(caseDirectory, { recursive: true, force: true });
  }
  await plantCampaign(resolvePlantOptions({ seed, posts }), planted, {
    ...(effects.signal ? { signal: effects.signal } : {}),
    onProgress: (done, total) => effects.onProgress({ step: 'inventing a campaign', done, total, unit: 'records' }),
  });
  writeFileSync(join(directory, marker), 'This directory may be overwritten by spillover demo.\n');
  const spilloverCase = await openCase(caseDirectory, { purpose: 'spillover demo' });
  try {
    const { totals } = await importPlanted(spilloverCase, planted, effects);
    const result = await trace(spilloverCase, plantedStory, {}, effects);
    const report = join(directory, 'report.html');
    writeFileSync(report, traceReport(result, { mask: false }));
    return { directory, report, case: caseDirectory, imported: totals, result };
  } finally {
    spilloverCase.close();
  }
}

/** Imports a planted folder, makes its context that of the case and adds its query as the story `ferry-papers`. */
export async function importPlanted(
  spilloverCase: Awaited<ReturnType<typeof openCase>>,
  planted: string,
  effects: Effects,
): Promise<ImportReport> {
  const report = await importFiles(
    spilloverCase,
    [...plantedSources, ...feeds(planted)].map((name) => join(planted, name)).filter((path) => existsSync(path)),
    {},
    effects,
  );
  if (report.failed.length > 0) throw new Error(`a planted file was not imported: ${report.failed[0]!.error}`);
  await addContext(spilloverCase, join(planted, 'context.json'));
  await addStory(spilloverCase, {
    name: plantedStory,
    query: readFileSync(join(planted, 'story.txt'), 'utf8').trim(),
    replace: true,
    given: true,
  });
  return report;
}

function feeds(planted: string): string[] {
  return readdirSync(planted)
    .filter((name) => name.endsWith('.xml'))
    .sort();
}
