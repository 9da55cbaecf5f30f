import { closeSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeZip, type ZippedFile } from '../exports/write-zip.ts';
import type { Case } from './case.ts';
import { defaultPublicFigures } from './case-mask.ts';
import type { Effects } from './effects.ts';
import { exportStory, findExportForm } from './export.ts';

export interface PackedRequest {
  story: string;
  form: string;
  mask: boolean;
  network: 'reshare' | 'coordination';
  dynamic: boolean;
}

const endings: Record<string, string> = { misp: 'misp.json', stix: 'stix.json', evidence: 'evidence.zip' };
const pieceBytes = 4 * 1024 ** 2;

/** Whether an export can be made in another thread than the one that holds the database: tables are masked by functions within that. */
export const isMadeAnywhere = ({ form, mask }: PackedRequest): boolean =>
  !mask || (form !== 'csv' && form !== 'parquet');

/** Writes an export into a folder as one file: the file itself, or a zip of what would be a folder. */
export async function packedExport(
  spilloverCase: Case,
  { story, form: id, mask, network, dynamic }: PackedRequest,
  folder: string,
  effects: Effects,
): Promise<{ name: string; path: string; media: string }> {
  const form = findExportForm(id);
  const ending = endings[form.id] ?? form.id;
  const isOneFile = !form.folder || form.file?.test(ending) === true;
  const name = `${story}${mask ? '-masked' : ''}${isOneFile ? `.${ending}` : `-${ending}.zip`}`;
  const path = join(folder, name);
  const out = isOneFile ? path : join(folder, 'files');
  const figures = mask ? defaultPublicFigures : null;
  await exportStory(spilloverCase, { story, as: form.id, out, mask: figures, network, dynamic }, effects);
  if (!isOneFile) {
    effects.onProgress({ step: `${form.id}: packing`, done: null, total: null, unit: 'steps' });
    await writeZip(path, filesIn(out));
    rmSync(out, { recursive: true, force: true });
  }
  return { name, path, media: 'application/octet-stream' };
}

function* filesIn(folder: string): Iterable<ZippedFile> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) yield { path: path.slice(folder.length + 1), content: piecesOf(path) };
}

function* piecesOf(path: string): Iterable<Uint8Array> {
  const handle = openSync(path, 'r');
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(pieceBytes);
      const length = readSync(handle, piece, 0, pieceBytes, null);
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } finally {
    closeSync(handle);
  }
}
