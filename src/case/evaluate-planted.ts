import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openCase } from './case.ts';
import { importPlanted, plantedStory } from './demo.ts';
import { quietEffects } from './effects.ts';
import { type EvaluationRow, readTruth, scoreTrace } from './evaluate.ts';
import { trace } from './trace.ts';

/** Imports a planted folder into a case, unless the case is there already, traces its story and scores the result. */
export async function evaluatePlanted(files: string, caseDirectory: string): Promise<EvaluationRow> {
  const truth = readTruth(files);
  const ready = existsSync(join(caseDirectory, 'case.duckdb'));
  const spilloverCase = await openCase(caseDirectory, { purpose: 'spillover evaluate' });
  try {
    if (!ready) await importPlanted(spilloverCase, files, quietEffects);
    return scoreTrace(await trace(spilloverCase, plantedStory, {}, quietEffects), truth);
  } finally {
    spilloverCase.close();
  }
}
