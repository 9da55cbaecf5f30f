import { readdirSync } from 'node:fs';
import type tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { exportForms } from '../case/export-forms.ts';
import { problemReasons } from '../domain/problem-reasons.ts';
import { importers } from '../importers/registry.ts';

type Completion = ReturnType<typeof tab>;
type Offer = (complete: (value: string, description: string) => void) => void;

/** Arguments that are files. */
const fileArguments: Record<string, string> = {
  import: 'files',
  evaluate: 'folders',
  verify: 'path',
  watch: 'file',
  backtest: 'file',
  'context add': 'file',
};

const formats = () => importers.map(({ id, title }) => [id, title] as const);
/** Options and arguments whose values are known, by command and name. */
const knownValues: Record<string, () => readonly (readonly [value: string, about: string])[]> = {
  'import format': formats,
  'export as': () => exportForms.map(({ id }) => [id, '']),
  'import zone': () => ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => [zone, '']),
  'problems reason': () => Object.entries(problemReasons).map(([reason, { about }]) => [reason, about]),
};

/** Makes file names candidates where a command takes files, and what may stand elsewhere where it is known. */
export function completeValues(completion: Completion, program: Command): void {
  for (const [name, argument] of Object.entries(fileArguments))
    completion.commands.get(name)?.argument(argument, offerFiles, name !== 'context add' && name !== 'watch');
  completion.commands.get('formats')?.argument('id', offerValues(formats));
  for (const { name, command } of allCommands(program)) {
    const completed = completion.commands.get(name);
    for (const { long, flags, description } of command.options) {
      const option = long?.replace(/^--/, '') ?? '';
      const known = knownValues[`${name} ${option}`];
      if (known) completed?.option(option, description, offerValues(known));
      else if (/<(?:file|path)>/.test(flags)) completed?.option(option, description, offerFiles);
      else if (/<(?:dir|folder)>/.test(flags)) completed?.option(option, description, offerFolders);
    }
  }
  completion.option('case', 'directory of the case', offerFolders);
  for (const command of completion.commands.values()) command.description = command.description.split('\n')[0]!;
}

function allCommands(parent: Command, before = ''): { name: string; command: Command }[] {
  return parent.commands.flatMap((command) => {
    const name = `${before}${command.name()}`;
    return [{ name, command }, ...allCommands(command, `${name} `)];
  });
}

const offerValues =
  (values: (typeof knownValues)[string]): Offer =>
  (complete) => {
    const typed = process.argv.at(-1) ?? '';
    for (const [value, about] of values()) if (value.startsWith(typed)) complete(value, about);
  };

const offerFiles: Offer = (complete) => offerEntries(complete, false);
const offerFolders: Offer = (complete) => offerEntries(complete, true);

function offerEntries(complete: Parameters<Offer>[0], onlyFolders: boolean): void {
  const typed = process.argv.at(-1) ?? '';
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  for (const entry of namesIn(folder === '' ? '.' : folder))
    if (!entry.name.startsWith('.') && `${folder}${entry.name}`.startsWith(typed))
      if (entry.isDirectory() || !onlyFolders) complete(`${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`, '');
}

function namesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
