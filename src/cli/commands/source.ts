import type { Command } from 'commander';
import { openCase } from '../../case/case.ts';
import { clusterIfSmall } from '../../case/cluster-texts.ts';
import { openCaseToRead } from '../../case/open-case-to-read.ts';
import { listSources, type RemovedSources, removeSources } from '../../case/sources.ts';
import { globals, print } from '../command-context.ts';
import { table } from '../table.ts';
import { safe, tell, terminalEffects } from '../terminal.ts';

export function registerSource(program: Command): void {
  const source = program
    .command('source')
    .summary('list the imported files, or take one back')
    .description('Every imported file is a source of the case. A wrong file, format or platform can be taken back.')
    .addHelpText(
      'after',
      '\nExamples:\n  $ spillover source list\n  $ spillover source remove 3\n  $ spillover source remove 3 --yes && spillover import tweets.csv --format x-4cat',
    );
  source
    .command('list')
    .summary('show the imported files with their numbers')
    .addHelpText('after', '\nExamples:\n  $ spillover source list\n  $ spillover source list --json')
    .action(async (_flags: object, command: Command) => {
      const options = globals(command);
      const spilloverCase = await openCaseToRead(options.case, tell);
      try {
        const list = await listSources(spilloverCase);
        print(options, list, () =>
          table(
            ['source', 'file', 'format', 'imported', 'records', 'posts', 'duplicates', 'problems', 'embedded'],
            list.map((s) => [
              s.key,
              s.path,
              s.format,
              s.imported,
              s.recordsRead,
              s.postsAdded,
              s.duplicates,
              s.problems,
              s.embedded,
            ]),
          ),
        );
      } finally {
        spilloverCase.close();
      }
    });
  source
    .command('remove')
    .summary('take sources and what only they brought out of the case')
    .description(
      'Shows what would go; with --yes it goes. Posts that another source holds too stay, as the removed file told them, and count for that ' +
        'source. The file can be imported again afterwards.',
    )
    .argument('<source...>', 'numbers or file names, as spillover source list shows them')
    .option('--yes', 'remove, do not only show', false)
    .addHelpText('after', '\nExamples:\n  $ spillover source remove 3\n  $ spillover source remove tweets.csv --yes')
    .action(async (names: string[], flags: { yes: boolean }, command: Command) => {
      const options = globals(command);
      const effects = terminalEffects();
      const spilloverCase = await openCase(options.case, { mustExist: true, purpose: 'spillover source remove' });
      try {
        const result = await removeSources(spilloverCase, names, { tryOnly: !flags.yes });
        if (result.removed) await clusterIfSmall(spilloverCase, effects);
        effects.finish();
        print(options, result, () => describe(result));
      } finally {
        effects.finish();
        spilloverCase.close();
      }
    });
}

function describe(result: RemovedSources): string {
  const n = (count: number, what: string) => `${count.toLocaleString('en')} ${what}`;
  const would = result.removed ? '' : 'would be ';
  const lines = result.sources.map(({ key, path, format }) => `source ${key}: ${safe(path)} (${format})`);
  lines.push(
    `${would}removed: ${[n(result.posts, 'posts'), n(result.embedded, 'embedded posts'), n(result.shares, 'shares'), n(result.problems, 'problems'), n(result.accounts, 'accounts'), n(result.artifacts, 'artifacts')].join(', ')}`,
  );
  if (result.kept > 0)
    lines.push(
      `${would}kept: ${n(result.kept, 'posts')} that source ${result.keptBy.join(', ')} holds too; they stay as the removed file told them. ` +
        `To have them read anew, remove ${result.keptBy.length === 1 ? 'that source' : 'those sources'} as well and import again.`,
    );
  if (!result.removed) lines.push('Nothing was changed. Do it with --yes.');
  return lines.join('\n');
}
