import { readdirSync } from 'node:fs';
import type tab from '@bomb.sh/tab/commander';

type Completion = ReturnType<typeof tab>;

/** Arguments and options whose values are files; the completion library forbids the shell's own file names everywhere. */
const fileArguments: Record<string, string> = { import: 'files', evaluate: 'folders', 'context add': 'file' };
const fileOptions: Record<string, string[]> = {
  import: ['map', 'suggest', 'out'],
  trace: ['report'],
  plant: ['out'],
  demo: ['out'],
  evaluate: ['out'],
};

/** Makes file names candidates where a command takes files. */
export function completeFileNames(completion: Completion): void {
  for (const [name, argument] of Object.entries(fileArguments))
    completion.commands.get(name)?.argument(argument, offer, name !== 'context add');
  for (const [name, command] of completion.commands) {
    for (const option of ['case', ...(fileOptions[name] ?? [])]) {
      const known = command.options.get(option);
      if (known) command.option(option, known.description, offer);
    }
  }
}

function offer(complete: (value: string, description: string) => void): void {
  const typed = process.argv.at(-1) ?? '';
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  for (const entry of namesIn(folder === '' ? '.' : folder))
    if (!entry.name.startsWith('.') && `${folder}${entry.name}`.startsWith(typed))
      complete(`${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`, '');
}

function namesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
