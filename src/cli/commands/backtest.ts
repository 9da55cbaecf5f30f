import type { Command } from 'commander';
import { durationMs } from '../../base/duration-ms.ts';
import { UserError } from '../../base/errors.ts';
import { backtest } from '../../case/backtest.ts';
import { openCase } from '../../case/case.ts';
import { planBacktest } from '../../case/plan-backtest.ts';
import { asTime } from '../../case/stories.ts';
import { backtestText } from '../backtest-text.ts';
import { globals, print } from '../command-context.ts';
import { terminalEffects } from '../terminal.ts';

interface Flags {
  from?: string;
  to?: string;
  step?: string;
  horizon: string;
}

const shortestStepMs = 5 * 60_000;

export function registerBacktest(program: Command): void {
  program
    .command('backtest')
    .summary('replay a case against the rules of a watch file')
    .description(
      'Replays a stored case in order of time as if it came in live, asks the rules of a watch file at every step about the posts until then, and reports for each alert ' +
        'how long before the mainstream crossing it came, and what was missed or a false alarm. Nothing is collected, sent or written. ' +
        'All stories of the case serve to judge the alerts; only those of the file are watched.',
    )
    .argument('<file>', 'watch file in YAML')
    .option('--from <time>', 'start here (UTC; default: first post of the case)')
    .option('--to <time>', 'end here (UTC; default: last post of the case)')
    .option('--step <duration>', 'time between two looks (default: schedule.check of the file, at least 5m)')
    .option('--horizon <duration>', 'an alert is right when the crossing follows within this time', '24h')
    .addHelpText(
      'after',
      `
Examples:
  $ spillover backtest election.yaml
  $ spillover backtest election.yaml --from 2017-05-01 --to 2017-05-08 --step 10m
  $ spillover backtest election.yaml --case old-case --json`,
    )
    .action(async (file: string, flags: Flags, command: Command) => {
      const options = globals(command);
      const plan = await planBacktest(file, command.optsWithGlobals<{ case?: string }>().case);
      const [from, to] = [asTime(flags.from, '--from'), asTime(flags.to, '--to')];
      if (from && to && from >= to)
        throw new UserError('The replay ends before it begins.', '--from must be earlier than --to.');
      const stepMs =
        flags.step === undefined ? Math.max(plan.checkMs, shortestStepMs) : durationMs('--step', flags.step);
      const horizonMs = durationMs('--horizon', flags.horizon);
      const spilloverCase = await openCase(plan.caseDirectory, {
        readOnly: true,
        mustExist: true,
        purpose: 'spillover backtest',
      });
      const effects = terminalEffects();
      try {
        const result = await backtest(
          spilloverCase,
          {
            asks: plan.asks,
            from: from?.getTime(),
            to: to?.getTime(),
            stepMinutes: stepMs / 60_000,
            horizonHours: horizonMs / 3_600_000,
          },
          effects,
        );
        effects.finish();
        print(options, result, () => backtestText(result));
      } finally {
        effects.finish();
        spilloverCase.close();
      }
    });
}
