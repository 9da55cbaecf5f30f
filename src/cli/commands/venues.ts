import type { Command } from 'commander';
import { openCase } from '../../case/case.ts';
import { openCaseToRead } from '../../case/open-case-to-read.ts';
import { caseVenues, replaceVenues } from '../../case/venues.ts';
import { globals, print } from '../command-context.ts';
import { table } from '../table.ts';
import { tell } from '../terminal.ts';
import { writeText } from '../write-text.ts';

const examples =
  '\nExamples:\n  $ spillover venues list\n  $ spillover venues export venues.json && spillover venues replace venues.json\n  $ spillover venues reset';

export function registerVenues(program: Command): void {
  const venues = program
    .command('venues')
    .summary('show or replace the list of fringe, social and mainstream venues')
    .description(
      'Platforms and domains with their tier. Single venues and accounts are overridden in the context file; a whole list is replaced here.',
    )
    .addHelpText('after', examples);
  venues
    .command('list')
    .summary('show the list in force')
    .action(async (_flags: object, command: Command) =>
      withVenues(command, true, async (options, spilloverCase) => {
        const { venues: list, own } = await caseVenues(spilloverCase);
        print(options, list, () => {
          const rows = [
            ...Object.entries(list.platforms).map(([name, tier]) => ['platform', name, tier]),
            ...Object.entries(list.domains).map(([name, tier]) => ['domain', name, tier]),
          ];
          return `${table(['kind', 'venue', 'tier'], rows)}\n\n${own ? "the case's own list" : 'the list that comes with Spillover'}`;
        });
      }),
    );
  venues
    .command('export')
    .summary('write the list in force to a file')
    .argument('<file>')
    .action(async (file: string, _flags: object, command: Command) =>
      withVenues(command, true, async (options, spilloverCase) => {
        const { venues: list } = await caseVenues(spilloverCase);
        writeText(file, `${JSON.stringify(list, null, 2)}\n`);
        print(options, { file }, () => `written: ${file}`);
      }),
    );
  venues
    .command('replace')
    .summary('make a file the list of this case')
    .argument('<file>')
    .action(async (file: string, _flags: object, command: Command) =>
      withVenues(command, false, async (options, spilloverCase) => {
        const list = await replaceVenues(spilloverCase, file);
        print(
          options,
          list,
          () =>
            `${Object.keys(list.platforms).length} platforms, ${Object.keys(list.domains).length} domains. Back with: spillover venues reset`,
        );
      }),
    );
  venues
    .command('reset')
    .summary('go back to the list that comes with Spillover')
    .action(async (_flags: object, command: Command) =>
      withVenues(command, false, async (options, spilloverCase) => {
        const list = await replaceVenues(spilloverCase, null);
        print(options, list, () => 'The list that comes with Spillover is in force again.');
      }),
    );
  for (const sub of venues.commands) {
    sub
      .option('--case <dir>', 'directory of the case')
      .option('--json', 'print exactly one JSON document to stdout')
      .addHelpText('after', examples)
      .exitOverride();
  }
}

async function withVenues(
  command: Command,
  readOnly: boolean,
  work: (options: ReturnType<typeof globals>, spilloverCase: Awaited<ReturnType<typeof openCase>>) => Promise<void>,
): Promise<void> {
  const options = globals(command);
  const spilloverCase = readOnly
    ? await openCaseToRead(options.case, tell)
    : await openCase(options.case, { purpose: 'spillover venues' });
  try {
    await work(options, spilloverCase);
  } finally {
    spilloverCase.close();
  }
}
