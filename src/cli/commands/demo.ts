import { resolve } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../../base/errors.ts';
import { demo } from '../../case/demo.ts';
import { globals, print } from '../command-context.ts';
import { terminalEffects } from '../terminal.ts';
import { traceText } from '../trace-text.ts';

export function registerDemo(program: Command): void {
  program
    .command('demo')
    .summary('invent a campaign, import it, trace it and write the report')
    .description(
      'Shows the whole in one command, on an invented and harmless campaign: planted files, a case, a traced story, a report.',
    )
    .option('--out <dir>', 'directory to write', 'spillover-demo')
    .option('--seed <n>', 'which campaign to invent', '1')
    .option('--posts <n>', 'how many posts, of the campaign and around it', '50000')
    .addHelpText('after', '\nExamples:\n  $ spillover demo\n  $ spillover demo --seed 7 --posts 20000 --out /tmp/demo')
    .action(async (flags: { out: string; seed: string; posts: string }, command: Command) => {
      const seed = Number(flags.seed);
      const posts = Number(flags.posts);
      if (!Number.isInteger(seed) || !Number.isInteger(posts))
        throw new UserError('--seed and --posts take whole numbers.');
      const effects = terminalEffects();
      try {
        const made = await demo(flags.out, seed, posts, effects);
        effects.finish();
        print(globals(command), made, () =>
          [
            traceText(made.result),
            `All of this is invented: ${resolve(made.directory)}/planted holds the files, truth.json says what was planted.`,
            `report: ${resolve(made.report)}  (open it in a browser)`,
            `case:   ${resolve(made.case)}  (try: bin/spillover status --case ${made.case})`,
          ].join('\n\n'),
        );
      } finally {
        effects.finish();
      }
    });
}
