import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { UserError } from '../base/errors.ts';
import type { Case } from './case.ts';
import { defaultPublicFigures } from './case-mask.ts';
import type { Effects } from './effects.ts';
import { exportStory, findExportForm } from './export.ts';

const largestPack = 512 * 1024 ** 2;
const endings: Record<string, string> = { misp: 'json', stix: 'json' };

/** An export as one file in memory: the file itself, or a zip of the folder. @throws UserError beyond 512 MiB. */
export async function packedExport(
  spilloverCase: Case,
  request: { story: string; form: string; mask: boolean; network: 'reshare' | 'coordination'; dynamic: boolean },
  effects: Effects,
): Promise<{ name: string; bytes: Uint8Array }> {
  const form = findExportForm(request.form);
  const folder = mkdtempSync(join(spilloverCase.temporary, 'import-export-'));
  try {
    const file = `${request.story}.${endings[form.id] ?? form.id}`;
    const out = join(folder, form.folder ? 'files' : file);
    await exportStory(
      spilloverCase,
      {
        story: request.story,
        as: form.id,
        out,
        mask: request.mask ? defaultPublicFigures : null,
        network: request.network,
        dynamic: request.dynamic,
      },
      effects,
    );
    if (!form.folder) return { name: file, bytes: within([out], (path) => readFileSync(path)) };
    const paths = filesIn(out);
    const bytes = within(paths, () =>
      zipSync(
        Object.fromEntries(paths.map((path) => [path.slice(out.length + 1), new Uint8Array(readFileSync(path))])),
      ),
    );
    return { name: `${request.story}-${form.id}.zip`, bytes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function within(paths: readonly string[], read: (first: string) => Uint8Array): Uint8Array {
  if (paths.reduce((sum, path) => sum + statSync(path).size, 0) > largestPack)
    throw new UserError(
      'This export is too large for a download.',
      'Write it on the command line: spillover export STORY --as … --out PATH',
    );
  return read(paths[0]!);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
