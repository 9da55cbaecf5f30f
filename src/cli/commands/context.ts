import type { Command } from 'commander';
import { openCase } from '../../case/case.ts';
import { addContext, caseContext } from '../../case/context.ts';
import { openCaseToRead } from '../../case/open-case-to-read.ts';
import { globals, print } from '../command-context.ts';
import { tell } from '../terminal.ts';

const examples = '\nExamples:\n  $ spillover context add context.json\n  $ spillover context show';

export function registerContext(program: Command): void {
  const context = program
    .command('context')
    .summary('tell what you know besides the posts')
    .description(
      'One JSON file per case: what was collected when (coverage), tiers of venues, voices, players to watch, eras. Every key is optional.',
    )
    .addHelpText('after', examples);
  context
    .command('add')
    .summary('make a file the context of the case (it replaces the one before)')
    .argument('<file>')
    .action(async (file: string, _flags: object, command: Command) => {
      const options = globals(command);
      const spilloverCase = await openCase(options.case, { purpose: `spillover context add ${file}` });
      try {
        const { context: added, replaced } = await addContext(spilloverCase, file);
        print(
          options,
          added,
          () =>
            `${added.coverage.length} coverage spans, ${Object.keys(added.venues.domains).length + Object.keys(added.venues.accounts).length + Object.keys(added.venues.platforms).length} venues, ${added.voices.length} voices, ${added.watch.length} players to watch, ${added.eras.length} eras.${replaced ? `\nIt replaces:\n${JSON.stringify(replaced)}` : ''}`,
        );
      } finally {
        spilloverCase.close();
      }
    });
  context
    .command('show')
    .summary('print the context of the case as JSON')
    .action(async (_flags: object, command: Command) => {
      const options = globals(command);
      const spilloverCase = await openCaseToRead(options.case, tell);
      try {
        process.stdout.write(`${JSON.stringify(await caseContext(spilloverCase), null, 2)}\n`);
      } finally {
        spilloverCase.close();
      }
    });
  for (const sub of context.commands) {
    sub
      .option('--case <dir>', 'directory of the case')
      .option('--json', 'print exactly one JSON document to stdout')
      .addHelpText('after', examples)
      .exitOverride();
  }
}
