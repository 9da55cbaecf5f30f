import type { Command } from 'commander';
import { traceOptions } from '../../analyses/trace/trace-options.ts';
import type { TraceResult } from '../../analyses/trace/trace-result.ts';
import { UserError } from '../../base/errors.ts';
import { openCase } from '../../case/case.ts';
import { trace } from '../../case/trace.ts';
import { traceReport } from '../../reports/trace-report.ts';
import { globals, print } from '../command-context.ts';
import { flagOf } from '../plant-flags.ts';
import { table } from '../table.ts';
import { safe, terminalEffects } from '../terminal.ts';
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
      'in the report, replace handles of accounts that are neither outlets nor significant influencers',
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
          writeText(flags.report, traceReport(result, { mask: flags.mask === true }));
        print(
          options,
          result,
          () => describe(result) + (typeof flags.report === 'string' ? `\n\nreport: ${flags.report}` : ''),
        );
      } finally {
        effects.finish();
        spilloverCase.close();
      }
    });
}

/** The result in a terminal: sentences, stages, roles. */
export function describe(result: TraceResult): string {
  const show = (number: number) => number.toFixed(2);
  return [
    `${safe(result.story)}: ${result.posts.toLocaleString('en')} posts of ${result.accounts.toLocaleString('en')} accounts, ${result.window.from.slice(0, 19)} to ${result.window.to.slice(0, 19)} UTC`,
    result.findings
      .map(
        (finding, place) =>
          `${String(place + 1).padStart(2)}. ${safe(finding.text)}${finding.posts.length > 0 ? ` [${finding.posts.slice(0, 2).map(safe).join(', ')}]` : ''}`,
      )
      .join('\n'),
    table(
      ['stage', 'time (UTC)', 'earliest', 'latest', 'platform', 'account', 'post'],
      result.stages.map((s) => [
        s.id,
        s.time.slice(0, 23),
        s.earliest.slice(11, 23),
        s.latest.slice(11, 23),
        s.platform,
        s.account,
        s.post,
      ]),
    ),
    table(
      ['role', 'account', 'handle', 'score', 'interval', 'significant'],
      result.roles
        .filter((role) => role.significant)
        .slice(0, 25)
        .map((r) => [
          r.role,
          r.account,
          r.handle,
          show(r.score),
          `${show(r.low)} to ${show(r.high)}`,
          r.pValue === undefined ? 'yes' : `p = ${r.pValue.toPrecision(2)}`,
        ]),
    ),
    result.caveats.map((one) => `- ${safe(one)}`).join('\n'),
  ].join('\n\n');
}
