import type { Command } from 'commander';
import { type Case, openCase } from '../case/case.ts';
import { openCaseToRead } from '../case/open-case-to-read.ts';
import { type GlobalOptions, globals } from './command-context.ts';
import { tell } from './terminal.ts';

/** Opens the case of a command, that it only reads unless `writes`, and closes it when the work is done. */
export async function withCase(
  command: Command,
  purpose: string,
  writes: boolean,
  work: (spilloverCase: Case, options: GlobalOptions) => Promise<void>,
): Promise<void> {
  const options = globals(command);
  const spilloverCase = writes
    ? await openCase(options.case, { mustExist: true, purpose: `spillover ${purpose}` })
    : await openCaseToRead(options.case, tell);
  try {
    await work(spilloverCase, options);
  } finally {
    spilloverCase.close();
  }
}
