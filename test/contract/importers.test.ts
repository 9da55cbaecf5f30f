import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { differences, type ExpectedFile, readExpected } from '../support/expected-records.ts';
import { importedCase } from '../support/imported-case.ts';
import { sharedData } from '../support/shared-data.ts';

/** What the user must say because the files of a folder do not. */
const given: Record<string, { platform?: string; board?: string }> = {
  coortweet_csv: { platform: 'x' },
  coordination_toolkit_csv: { platform: 'x' },
  fourchan_api: { board: 'syn' },
};

const shared = sharedData('formats/synthetic');
const own = fileURLToPath(new URL('../data/formats', import.meta.url));
const foldersIn = (root: string | null) =>
  root && existsSync(root)
    ? readdirSync(root)
        .map((name) => join(root, name))
        .filter((folder) => existsSync(join(folder, 'expected.json')))
    : [];
const telegram = sharedData('formats/telegram_desktop');
const folders = [...foldersIn(shared), ...(telegram ? [telegram] : []), ...foldersIn(own)];

/** Compressed twins of a file hold the same records: they are imported into a case of their own, without the others. */
const twins = (expected: ExpectedFile) =>
  expected.files.filter((file) => file.endsWith('.zst') || file.endsWith('.gz'));

describe('importers, record by record', () => {
  it.skipIf(shared !== null)('SKIPPED the shared samples: ../shared/data is not on this machine', () => {});

  it.each(folders.map((folder) => [folder.split('/').slice(-1)[0]!, folder]))('%s', async (name, folder) => {
    const expected = readExpected(folder);
    const options = given[name] ?? {};
    const plain = expected.files.filter((file) => !twins(expected).includes(file));
    for (const files of [plain, twins(expected)]) {
      if (files.length === 0) continue;
      const { spilloverCase, report, remove } = await importedCase(
        files.map((file) => join(folder, file)),
        options,
      );
      try {
        expect(report.failed).toEqual([]);
        if (files === plain) {
          expect(await differences(spilloverCase, expected, options.platform ?? 'unknown')).toEqual([]);
        }
        expect({
          records: report.totals.recordsRead,
          posts: report.totals.postsAdded,
          duplicates: report.totals.duplicates,
          problems: report.totals.problems,
        }).toEqual(expected.totals);
        for (const source of report.sources) {
          expect(source.recordsRead).toBe(source.postsAdded + source.duplicates + source.problems);
        }
      } finally {
        remove();
      }
    }
  });
});
