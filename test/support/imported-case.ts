import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, openCase } from '../../src/case/case.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { type ImportOptions, importFiles } from '../../src/case/import-files.ts';
import type { ImportReport } from '../../src/case/import-report.ts';

/** A case in a new temporary directory with these files imported; call `remove` when done. */
export async function importedCase(
  files: readonly string[],
  options: ImportOptions = {},
): Promise<{ spilloverCase: Case; report: ImportReport; remove: () => void }> {
  const directory = mkdtempSync(join(tmpdir(), 'spillover-test-'));
  const spilloverCase = await openCase(directory, { memoryLimitBytes: 2 * 1024 ** 3 });
  const remove = () => {
    spilloverCase.close();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    return { spilloverCase, report: await importFiles(spilloverCase, files, options, quietEffects), remove };
  } catch (error) {
    remove();
    throw error;
  }
}
