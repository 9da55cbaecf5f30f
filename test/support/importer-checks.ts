import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Case } from '../../src/case/case.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { type ImportOptions, importFiles } from '../../src/case/import-files.ts';
import type { ImportReport } from '../../src/case/import-report.ts';
import type { Importer } from '../../src/importers/importer.ts';
import { importedCase } from './imported-case.ts';

/** Writes a file of that name (folders in it are made) into a directory that goes when the test ends; returns its path. */
export function sampleFile(name: string, content: string | Uint8Array): string {
  const directory = mkdtempSync(join(tmpdir(), 'spillover-sample-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** A case with each file read by the importer named beside it; closed when the test ends. */
export async function caseOf(
  files: readonly (readonly [file: string, importer: Importer])[],
  options: ImportOptions = {},
): Promise<{ spilloverCase: Case; reports: ImportReport[] }> {
  const { spilloverCase, remove } = await importedCase([]);
  onTestFinished(remove);
  const reports: ImportReport[] = [];
  for (const [file, mapped] of files) {
    reports.push(await importFiles(spilloverCase, [file], { ...options, mapped }, quietEffects));
  }
  return { spilloverCase, reports };
}

/** What the case has of one sample file that is read by one importer. */
export async function postsOf<T extends Record<string, unknown>>(
  importer: Importer,
  file: string,
  columns: string,
  options: ImportOptions = {},
): Promise<{ posts: T[]; problems: { reason: string; detail: string | null }[]; report: ImportReport }> {
  const { spilloverCase, reports } = await caseOf([[file, importer]], options);
  const report = reports[0]!;
  if (report.failed.length > 0) throw new Error(JSON.stringify(report.failed));
  return {
    posts: await spilloverCase.database.rows<T>(
      `select ${columns} from post left join account using (account_key) order by embedded, line, place nulls first, post_id`,
    ),
    problems: await spilloverCase.database.rows(`select reason, detail from problem order by line, place`),
    report,
  };
}
