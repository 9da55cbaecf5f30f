import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { writingTo } from '../exports/writing-to.ts';
import type { Case } from './case.ts';
import { caseMask, type PublicFigures } from './case-mask.ts';
import type { Effects } from './effects.ts';
import { type ExportForm, type ExportRequest, exportForms } from './export-forms.ts';
import type { WrittenFile } from './export-tables.ts';
import { getStory } from './stories.ts';

export interface ExportReport {
  story: string | null;
  as: string;
  out: string;
  masked: boolean;
  files: WrittenFile[];
}

/** @throws UserError that lists the forms there are. */
export function findExportForm(id: string): ExportForm {
  const found = exportForms.find((form) => form.id === id);
  if (found) return found;
  throw new UserError(`There is no export form "${id}".`, `Forms: ${exportForms.map((form) => form.id).join(', ')}`);
}

/**
 * Writes a story (or, where the form allows it, the whole case) in another tool's form. Folders are made; a folder that holds
 * something else is refused, and files of an earlier export that this one does not write are removed.
 * @throws UserError for an unknown form or story, an option that the form does not take, and a place that cannot be written.
 */
export async function exportStory(
  spilloverCase: Case,
  request: { story: string | null; as: string; out: string; mask: PublicFigures | null } & ExportRequest,
  effects: Effects,
): Promise<ExportReport> {
  const form = findExportForm(request.as);
  if (request.story === null && !form.wholeCase)
    throw new UserError(`${form.id} is made of one story.`, 'Name it: spillover export STORY --as …');
  refuseUnused(form, request);
  if (request.story !== null) await getStory(spilloverCase, request.story);
  const asFile = form.file?.test(request.out) === true;
  if (!asFile && !form.folder)
    throw new UserError(
      `${form.id} is one file; "${request.out}" does not look like one.`,
      `Name it like ${form.example}`,
    );
  if (asFile) makeFolder(dirname(request.out));
  else claimFolder(request.out, form.id);
  effects.onProgress({ step: `${form.id}: preparing`, done: null, total: null, unit: 'steps' });
  const mask = request.mask ? await caseMask(spilloverCase, request.mask) : null;
  const files = await form.write(
    { spilloverCase, story: request.story, mask, out: request.out, asFile, request },
    {
      ...effects,
      onProgress: (progress) => effects.onProgress({ ...progress, step: `${form.id}: ${progress.step}` }),
    },
  );
  if (!asFile)
    for (const name of form.varying)
      if (!files.some(({ file }) => file === name)) rmSync(join(request.out, name), { force: true });
  return { story: request.story, as: form.id, out: request.out, masked: mask !== null, files };
}

const marker = '.spillover-export';

/** Makes the folder, or takes one that is empty or that an export of the same form made. */
function claimFolder(folder: string, form: string): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory())
      throw new UserError(`${folder} is a file; ${form} makes a folder.`, 'Name another place.');
    const names = readdirSync(folder);
    if (names.length > 0 && !names.includes(marker))
      throw new UserError(`${folder} holds other files.`, 'Name an empty or a new folder.');
    const earlier = names.length > 0 ? readFileSync(join(folder, marker), 'utf8').trim() : form;
    if (earlier !== form)
      throw new UserError(`${folder} holds an export as ${earlier}.`, 'Name an empty or a new folder.');
  }
  makeFolder(folder);
  writingTo(folder, () => writeFileSync(join(folder, marker), `${form}\n`));
}

/** Step by step: where a place refuses folders, as /proc does, Node's own recursive way never ends. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    if (statSync(folder).isDirectory()) return;
    throw new UserError(`${folder} is a file, not a folder.`, 'Name another place.');
  }
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  writingTo(folder, () => mkdirSync(folder));
}

const optionNames: Record<keyof ExportRequest, string> = {
  network: '--network coordination',
  dynamic: '--dynamic',
  eras: '--eras',
  without: '--without',
  actor: '--actor',
};

function refuseUnused(form: ExportForm, request: ExportRequest): void {
  const given: Record<keyof ExportRequest, boolean> = {
    network: request.network === 'coordination',
    dynamic: request.dynamic === true,
    eras: request.eras !== undefined,
    without: (request.without ?? []).length > 0,
    actor: request.actor !== undefined,
  };
  for (const option of Object.keys(given) as (keyof ExportRequest)[])
    if (given[option] && !form.takes.includes(option))
      throw new UserError(
        `${form.id} does not take ${optionNames[option]}.`,
        `It is for ${exportForms
          .filter((one) => one.takes.includes(option))
          .map((one) => one.id)
          .join(', ')}.`,
      );
}
