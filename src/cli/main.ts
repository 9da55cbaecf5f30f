import { realpathSync } from 'node:fs';
import { script } from '@bomb.sh/tab';
import tab from '@bomb.sh/tab/commander';
import { Command, CommanderError } from 'commander';
import colors from 'picocolors';
import { StoppedError, UserError } from '../base/errors.ts';
import { version } from '../version.ts';
import { bashCompletion } from './bash-completion.ts';
import { registerAlerts } from './commands/alerts.ts';
import { registerAnalyse } from './commands/analyse.ts';
import { registerBacktest } from './commands/backtest.ts';
import { registerCluster } from './commands/cluster.ts';
import { registerCollect } from './commands/collect.ts';
import { registerCompare } from './commands/compare.ts';
import { registerContext } from './commands/context.ts';
import { registerDemo } from './commands/demo.ts';
import { registerEvaluate } from './commands/evaluate.ts';
import { registerExport } from './commands/export.ts';
import { registerFormats } from './commands/formats.ts';
import { registerImport } from './commands/import.ts';
import { registerPlant } from './commands/plant.ts';
import { registerProblems } from './commands/problems.ts';
import { registerServe } from './commands/serve.ts';
import { registerSource } from './commands/source.ts';
import { registerStatus } from './commands/status.ts';
import { registerStory } from './commands/story.ts';
import { registerTimeline } from './commands/timeline.ts';
import { registerTrace } from './commands/trace.ts';
import { registerVenues } from './commands/venues.ts';
import { registerVerify } from './commands/verify.ts';
import { registerWatch } from './commands/watch.ts';
import { completeValues } from './complete-values.ts';
import { safe } from './terminal.ts';

/** The whole command line, without running it. */
export function buildProgram(): Command {
  const program = new Command('spillover')
    .description('Traces how a story jumps from the fringe to the mainstream.')
    .version(version)
    .option('--case <dir>', 'directory of the case (default: $SPILLOVER_CASE, else ./spillover-case)')
    .option('--json', 'print exactly one JSON document to stdout')
    .showHelpAfterError('(spillover --help tells what there is)')
    .enablePositionalOptions(false)
    .exitOverride();
  for (const register of [
    registerDemo,
    registerImport,
    registerCollect,
    registerWatch,
    registerAlerts,
    registerBacktest,
    registerStatus,
    registerSource,
    registerProblems,
    registerFormats,
    registerContext,
    registerStory,
    registerTrace,
    registerAnalyse,
    registerExport,
    registerCompare,
    registerVerify,
    registerTimeline,
    registerServe,
    registerPlant,
    registerEvaluate,
    registerCluster,
    registerVenues,
  ])
    register(program);
  for (const command of program.commands) {
    command
      .option('--case <dir>', 'directory of the case (default: $SPILLOVER_CASE, else ./spillover-case)')
      .option('--json', 'print exactly one JSON document to stdout')
      .exitOverride();
  }
  return program;
}

/** Runs the command line and resolves to the exit code: 0 done, 1 bug, 2 the user can fix it. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = buildProgram();
  completeValues(tab(program), program);
  try {
    if (argv[0] === 'complete' && argv.length === 2 && printCompletion(argv[1]!)) return 0;
    await program.parseAsync([...argv], { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (wasStopped(error)) {
      process.stderr.write('stopped; whole files that were done before are in the case\n');
      return 130;
    }
    if (error instanceof UserError) {
      process.stderr.write(`${colors.red('error')} ${safe(error.message)}\n`);
      if (error.hint) process.stderr.write(`${safe(error.hint)}\n`);
      return 2;
    }
    process.stderr.write(
      `This is a bug in Spillover ${version}.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    for (let cause = error instanceof Error ? error.cause : undefined; cause instanceof Error; cause = cause.cause)
      process.stderr.write(`caused by ${cause.stack}\n`);
    return 1;
  }
}

/** Prints the completion script of a shell that calls the program by its path; false for shells that need another form. */
function printCompletion(shell: string): boolean {
  const call = [process.execPath, realpathSync(process.argv[1]!)]
    .map((part) => `'${part.replaceAll("'", "'\\''")}'`)
    .join(' ');
  if (shell === 'bash') process.stdout.write(bashCompletion(call));
  else if (shell === 'zsh' || shell === 'fish') script(shell, 'spillover', call);
  else return false;
  return true;
}

function wasStopped(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof StoppedError) return true;
  return false;
}
