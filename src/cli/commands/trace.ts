import type { Command } from 'commander';
import { traceOptions } from '../../analyses/trace/trace-options.ts';
import { UserError } from '../../base/errors.ts';
import { openCase } from '../../case/case.ts';
import { caseMask } from '../../case/case-mask.ts';
import { trace } from '../../case/trace.ts';
import { traceReport } from '../../reports/trace-report.ts';
import { globals, print } from '../command-context.ts';
import { flagOf } from '../plant-flags.ts';
import { terminalEffects } from '../terminal.ts';
import { traceText } from '../trace-text.ts';
import { writeText } from '../write-text.ts';

export function registerTrace(program: Command): void {
  const command = program
    .command('trace')
    .summary('trace a story from its first post to the mainstream')
    .description(
      'Who had it first, how it crossed platforms, who carried and boosted it, how it reached the mainstream, who was silent; each statement with an interval, a method and the posts behind it.',
    )
    .argument('<story>', 'name of the story')
    .option('--report <file>', 'also write one self-contained HTML page')
    .option(
      '--mask',
      'in the report, replace the names of accounts that are no public figures (outlets, declared voices, 100,000 followers) by stable pseudonyms',
      false,
    );
  for (const option of traceOptions)
    command.option(`--${flagOf(option.name)} <n>`, `${option.help} (${option.unit}, default ${option.default})`);
  command
    .addHelpText(
      'after',
      "\nExamples:\n  $ spillover trace macronleaks --report macronleaks.html\n  $ spillover trace macronleaks --json | jq '.stages'",
    )
    .action(async (story: string, flags: Record<string, string | boolean | undefined>, self: Command) => {
      const options = globals(self);
      const given: Record<string, number> = {};
      for (const { name } of traceOptions) {
        const value = flags[name];
        if (value === undefined) continue;
        given[name] = Number(value);
        if (!Number.isFinite(given[name]) || given[name] < 0)
          throw new UserError(`--${flagOf(name)} takes a number, not "${value}".`);
      }
      const effects = terminalEffects();
      const spilloverCase = await openCase(options.case, { mustExist: true, purpose: `spillover trace ${story}` });
      try {
        const result = await trace(spilloverCase, story, given, effects);
        effects.finish();
        if (typeof flags.report === 'string')
          writeText(
            flags.report,
            traceReport(result, { mask: flags.mask === true ? await caseMask(spilloverCase) : false }),
          );
        print(
          options,
          result,
          () => traceText(result) + (typeof flags.report === 'string' ? `\n\nreport: ${flags.report}` : ''),
        );
      } finally {
        effects.finish();
        spilloverCase.close();
      }
    });
}
