import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Case } from '../../src/case/case.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { type ImportOptions, importFiles } from '../../src/case/import-files.ts';
import type { ImportReport } from '../../src/case/import-report.ts';
import { readFileHead } from '../../src/importers/file-head.ts';
import type { Importer } from '../../src/importers/importer.ts';
import { differences, readExpected } from './expected-records.ts';
import { importedCase } from './imported-case.ts';
import { sharedData } from './shared-data.ts';

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

/** How a folder with an expected.json comes out: every difference, and the totals found and expected. */
export async function contractOf(
  folder: string,
  importerOf: (file: string) => Importer,
  options: ImportOptions & { skip?: (file: string) => boolean } = {},
): Promise<{ differences: string[]; found: object; expected: object }> {
  const { skip, ...given } = options;
  const expected = readExpected(folder);
  const files = expected.files.filter((file) => !skip?.(file));
  const { spilloverCase, reports } = await caseOf(
    files.map((file) => [join(folder, file), importerOf(file)]),
    given,
  );
  const found = { records: 0, posts: 0, duplicates: 0, problems: 0 };
  for (const { totals, failed } of reports) {
    if (failed.length > 0) throw new Error(JSON.stringify(failed));
    found.records += totals.recordsRead;
    found.posts += totals.postsAdded;
    found.duplicates += totals.duplicates;
    found.problems += totals.problems;
  }
  return { differences: await differences(spilloverCase, expected, 'unknown'), found, expected: expected.totals };
}

/** Files of the shared samples that the importer takes for its own, as `folder/file`, sorted. */
export async function recognisedSamples(importer: Importer): Promise<string[]> {
  const root = sharedData('formats');
  if (root === null) return [];
  const found: string[] = [];
  for (const file of filesBelow(root)) {
    if (/\.(json|jsonl|ndjson|csv|html|zst)$/.test(file) && !file.endsWith('expected.json')) {
      if (importer.sniff(await readFileHead(file)) >= 0.5) found.push(file.slice(root.length + 1));
    }
  }
  return found.sort();
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
