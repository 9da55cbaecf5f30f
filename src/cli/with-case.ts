import type { Command } from 'commander';
import { type Case, openCase } from '../case/case.ts';
import { type GlobalOptions, globals } from './command-context.ts';

/** Opens the case of a command, that it only reads unless `writes`, and closes it when the work is done. */
export async function withCase(
  command: Command,
  purpose: string,
  writes: boolean,
  work: (spilloverCase: Case, options: GlobalOptions) => Promise<void>,
): Promise<void> {
  const options = globals(command);
  const spilloverCase = await openCase(options.case, {
    readOnly: !writes,
    mustExist: true,
    purpose: `spillover ${purpose}`,
  });
  try {
    await work(spilloverCase, options);
  } finally {
    spilloverCase.close();
  }
}
