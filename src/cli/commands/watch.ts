import type { Command } from 'commander';
import { durationMs } from '../../base/duration-ms.ts';
import { UserError } from '../../base/errors.ts';
import { planWatch, type WatchPlan, watchedCase } from '../../case/plan-watch.ts';
import { readWatchFile } from '../../case/read-watch-file.ts';
import { testOutputs } from '../../case/test-outputs.ts';
import { watch } from '../../case/watch.ts';
import { watchExample } from '../../case/watch-example.ts';
import { watchJsonSchema } from '../../case/watch-file-schema.ts';
import { readWatchState, type WatchState } from '../../case/watch-state.ts';
import { globals, print } from '../command-context.ts';
import { flagOf } from '../plant-flags.ts';
import { runLive } from '../run-live.ts';
import { table } from '../table.ts';
import { safe } from '../terminal.ts';
import { watchLine, watchPlanText, watchStateText } from '../watch-text.ts';

interface Flags {
  once?: boolean;
  for?: string;
  check?: boolean;
  status?: boolean;
  testOutputs?: boolean;
  example?: boolean;
  schema?: boolean;
}

export function registerWatch(program: Command): void {
  program
    .command('watch')
    .summary('collect, trace again and again, and warn')
    .description(
      'Keeps a case current from one YAML file and warns when a story starts to spill over: collects beside each other, traces stories that ' +
        'changed, asks the rules, keeps every alert in the case and delivers it to terminal, webhook, mail and feed, until Ctrl-C. ' +
        'The same command goes on where it stopped.',
    )
    .argument('[file]', 'watch file in YAML')
    .option('--once', 'one round and end, for cron: collect, check, deliver')
    .option(
      '--for <duration>',
      'with --once: how long to collect (default: schedule.once of the file); 0s collects nothing',
    )
    .option('--check', 'check the file and say what it would do')
    .option('--status', 'show how the watch stands')
    .option('--test-outputs', 'send a test message to every output and end')
    .option('--example', 'print a watch file to start from')
    .option('--schema', 'print the JSON Schema of watch files')
    .addHelpText(
      'after',
      `
Examples:
  $ spillover watch --example > election.yaml
  $ spillover watch election.yaml --check
  $ spillover watch election.yaml
  $ spillover watch election.yaml --once --for 5m
  $ spillover watch election.yaml --status`,
    )
    .action(async (file: string | undefined, flags: Flags, command: Command) => {
      refuseContradictions(flags);
      if (flags.example) {
        process.stdout.write(watchExample);
        return;
      }
      if (flags.schema) {
        process.stdout.write(`${JSON.stringify(watchJsonSchema(), null, 2)}\n`);
        return;
      }
      if (file === undefined)
        throw new UserError('Name a watch file.', 'spillover watch --example > watch.yaml makes one to start from.');
      const options = globals(command);
      const given = command.optsWithGlobals<{ case?: string }>().case;
      const read = await readWatchFile(file);
      if (flags.status) {
        showStatus(given ?? watchedCase(read), file, options);
        return;
      }
      const plan = planWatch(read, process.env, given);
      if (flags.check) print(options, plan, () => safe(watchPlanText(plan)));
      else if (flags.testOutputs) await sendTests(plan, options);
      else await run(plan, flags, options);
    });
}

const modes = ['once', 'check', 'status', 'testOutputs', 'example', 'schema'] as const;

function refuseContradictions(flags: Flags): void {
  const chosen = modes.filter((mode) => flags[mode]).map((mode) => `--${flagOf(mode)}`);
  if (chosen.length > 1) throw new UserError(`${chosen.join(' and ')} do not go together.`, 'Choose one of them.');
  if (flags.for !== undefined && !flags.once)
    throw new UserError('--for belongs to --once.', 'Without --once the watch runs until it is stopped.');
}

function showStatus(caseDirectory: string, file: string, options: ReturnType<typeof globals>): void {
  const found = readWatchState(caseDirectory);
  if (found === null)
    throw new UserError(`The case ${caseDirectory} was never watched.`, `Start it: spillover watch ${file}`);
  print(options, found, () => safe(watchStateText(found.state, found.running)));
}

async function sendTests(plan: WatchPlan, options: ReturnType<typeof globals>): Promise<void> {
  const tests = await testOutputs(plan, process.env, {
    fetch: globalThis.fetch,
    now: Date.now,
    print: (text) => process.stderr.write(safe(text)),
  });
  print(options, tests, () =>
    safe(
      table(
        ['output', 'target', 'arrived', 'remark'],
        tests.map((one) => [one.output, one.target, one.arrived ? 'yes' : 'NO', one.says]),
      ),
    ),
  );
  if (tests.some(({ arrived }) => !arrived)) process.exitCode = 2;
}

async function run(plan: WatchPlan, flags: Flags, options: ReturnType<typeof globals>): Promise<void> {
  const collectMs =
    flags.for === undefined
      ? plan.onceMs
      : /^0+(ms|s|m|min|h|d|w)?$/.test(flags.for)
        ? 0
        : durationMs('--for', flags.for);
  const display = {
    lineOf: watchLine,
    plainEveryMs: 600_000,
    plainFirst: 'later' as const,
    stopping: 'stopping: what came is being imported … (Ctrl-C again ends at once; nothing is lost)',
  };
  const state = await runLive<WatchState, WatchState>(display, ({ effects, show, clear }) =>
    watch(plan, flags.once ? { once: { collectMs } } : {}, {
      ...effects,
      onState: show,
      print: (text) => {
        clear();
        (options.json ? process.stderr : process.stdout).write(safe(text));
      },
    }),
  );
  if (options.json) print(options, state, () => '');
  else process.stderr.write(`${safe(watchStateText(state, null))}\n`);
  const isTroubled =
    state.sources.some(({ failures }) => failures > 0) || state.outputs.some(({ trouble }) => trouble !== null);
  if (flags.once && isTroubled) process.exitCode = 2;
}
