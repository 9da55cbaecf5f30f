import type { Command } from 'commander';
import { durationMs } from '../../base/duration-ms.ts';
import {
  type CollectOptions,
  type CollectProgress,
  type CollectReport,
  collectBesideOthers,
} from '../../case/collect.ts';
import { type Collector, type CollectorOption, collectors } from '../../collectors/registry.ts';
import { collectLine } from '../collect-line.ts';
import { globals, print, wholeNumber } from '../command-context.ts';
import { flagOf } from '../plant-flags.ts';
import { runLive } from '../run-live.ts';
import { table } from '../table.ts';
import { safe } from '../terminal.ts';

interface CommonFlags {
  name?: string;
  baseUrl?: string;
  credentials?: string;
  contact?: string;
  for?: string;
  max?: string;
  importEvery?: string;
  respectDeletions?: boolean;
}

/** Names that people look for. */
const alsoCalled: Readonly<Record<string, string>> = { fourchan: '4chan', x: 'twitter', feed: 'rss' };

export function registerCollect(program: Command): void {
  const parent = program
    .command('collect')
    .summary('collect posts as they appear')
    .description(
      'Collects from one live source until it is stopped (Ctrl-C), and puts the posts into the case as it goes. ' +
        'Raw records are on disk before anything else happens to them; the same command goes on where it stopped. ' +
        'Gaps, drops and caps stand in spillover status with their cause.',
    )
    .addHelpText(
      'after',
      `\nExamples:\n${collectors.map((one) => `  $ ${one.examples[0]}`).join('\n')}\n\nspillover collect SOURCE --help tells the options of a source.`,
    );
  for (const collector of collectors) addCollector(parent, collector);
}

function addCollector(parent: Command, collector: Collector): void {
  const secrets = collector.credentials.map(
    ({ variable, required, about }) => `  ${variable}  ${about}${required ? '' : ' (optional)'}`,
  );
  const command = parent
    .command(collector.id)
    .summary(collector.title)
    .description(`${collector.title}. ${collector.about}\n\n${collector.manners}`);
  if (alsoCalled[collector.id]) command.alias(alsoCalled[collector.id]!);
  for (const option of collector.options) addOption(command, option);
  command
    .option('--name <name>', 'name of the collection (default: made from the options)')
    .option('--for <duration>', 'stop after this time: 90s, 15m, 6h, 2d')
    .option('--max <records>', 'stop at this many records; what comes together with the last ones is kept')
    .option('--import-every <duration>', 'how often records go into the case (default: 30s)')
    .option('--respect-deletions', 'forget text, links and raw records of posts that their source deletes')
    .option('--base-url <url>', `another server than ${collector.baseUrl}`)
    .option('--contact <address>', 'mail or web address of who collects, told to the servers')
    .option('--credentials <file>', 'JSON file with mode 600 that holds secrets; the environment goes before it')
    .option('--case <dir>', 'directory of the case (default: $SPILLOVER_CASE, else ./spillover-case)')
    .option('--json', 'print exactly one JSON document to stdout')
    .exitOverride()
    .addHelpText(
      'after',
      `${secrets.length > 0 ? `\nSecrets, from the environment or --credentials:\n${secrets.join('\n')}\n` : ''}
Examples:
${collector.examples.map((example) => `  $ ${example}`).join('\n')}`,
    )
    .action(async (flags: Record<string, unknown> & CommonFlags, self: Command) => {
      const options = globals(self);
      const display = {
        lineOf: collectLine,
        plainEveryMs: 30_000,
        plainFirst: 'at once' as const,
        stopping: 'stopping: what came is being imported … (Ctrl-C again ends at once; nothing on disk is lost)',
      };
      const report = await runLive<CollectProgress, CollectReport>(display, ({ effects, show }) =>
        collectBesideOthers(options.case, collector.id, optionsFrom(collector, flags), {
          ...effects,
          onCollected: show,
        }),
      );
      print(options, report, () => describe(report));
    });
}

function optionsFrom(collector: Collector, flags: Record<string, unknown> & CommonFlags): CollectOptions {
  const own = Object.fromEntries(
    collector.options.map(({ name }) => [name, flags[name]]).filter(([, value]) => value !== undefined),
  );
  return {
    options: own,
    called: (name) => `--${flagOf(name)}`,
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }),
    ...(flags.credentials === undefined ? {} : { credentialsFile: flags.credentials }),
    ...(flags.contact === undefined ? {} : { contact: flags.contact }),
    ...(flags.for === undefined ? {} : { forMs: durationMs('--for', flags.for) }),
    ...(flags.max === undefined ? {} : { max: wholeNumber('--max', flags.max) }),
    ...(flags.importEvery === undefined ? {} : { importEveryMs: durationMs('--import-every', flags.importEvery) }),
    ...(flags.respectDeletions ? { respectDeletions: true } : {}),
  };
}

function addOption(command: Command, option: CollectorOption): void {
  const { name, kind, help, choices, required } = option;
  const flag = flagOf(name);
  const usual = option.default === null || [option.default].flat().length === 0 ? '' : ` (default: ${option.default})`;
  const text = `${help}${choices ? `: ${choices.join(', ')}` : ''}${required ? ' (required)' : kind === 'yes/no' ? '' : usual}`;
  if (kind === 'yes/no') command.option(option.default === true ? `--no-${flag}` : `--${flag}`, text);
  else if (kind === 'list') {
    command.option(
      `--${flag} <${kind === 'list' ? 'text' : kind}>`,
      text,
      (value: string, all: string[] | undefined) => [...(all ?? []), value],
    );
  } else command.option(`--${flag} <${kind === 'integer' ? 'number' : kind}>`, text);
}

function describe(report: CollectReport): string {
  const { imported } = report;
  const lines = [
    `${report.ended}: ${collectLine(report)}`,
    `${report.platform}, ${report.scope}: ${imported.postsAdded.toLocaleString('en')} posts added, ${imported.duplicates.toLocaleString('en')} duplicates, ${imported.problems.toLocaleString('en')} problems, ${imported.markedDeleted.toLocaleString('en')} posts marked as deleted`,
    report.coverage.length === 0
      ? 'No span of time is complete yet: the first look did not come to its end. The same command goes on.'
      : table(
          ['complete from (UTC)', 'to (UTC)', 'records'],
          report.coverage.map((span) => [span.from, span.to, span.posts]),
        ),
  ];
  if (report.gapList.length > 0) {
    lines.push(
      table(
        ['missing from (UTC)', 'to (UTC)', 'kind', 'why'],
        report.gapList.map((gap) => [gap.from, gap.to, gap.flag, gap.cause]),
      ),
    );
  }
  if (report.waitingSegments > 0) {
    lines.push(
      `${report.waitingSegments} segments could not be imported yet: they wait in ${report.directory} for the next run of this command.`,
    );
  }
  return safe(lines.join('\n'));
}
