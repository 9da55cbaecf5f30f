import { relative } from 'node:path';
import type { Command } from 'commander';
import { openCaseToRead } from '../../case/open-case-to-read.ts';
import { listProblems } from '../../case/problems.ts';
import { globals, print, wholeNumber } from '../command-context.ts';
import { table } from '../table.ts';
import { safe, tell } from '../terminal.ts';

const noneOfThis = 'No problems of that reason or file. spillover problems lists all of them.';

/** The path of a file as one would write it here. */
function nearest(path: string): string {
  const here = relative(process.cwd(), path);
  return here.startsWith('..') ? path : here;
}

export function registerProblems(program: Command): void {
  program
    .command('problems')
    .summary('list the records that did not become posts, and why')
    .description(
      'Lists records that did not become posts, by reason, then one by one with the beginning of the original text. ' +
        'Some never were posts (likes, service messages): these come last and are marked.',
    )
    .option('--reason <code>', 'only this reason, such as bad-time')
    .option('--source <file>', 'only this file: its name, path or number (spillover source list)')
    .option('--limit <n>', 'how many to show one by one', '20')
    .addHelpText(
      'after',
      '\nExamples:\n  $ spillover problems\n  $ spillover problems --reason invalid-json --limit 100',
    )
    .action(async (flags: { reason?: string; source?: string; limit: string }, command: Command) => {
      const options = globals(command);
      const limit = wholeNumber('--limit', flags.limit);
      const spilloverCase = await openCaseToRead(options.case, tell);
      try {
        const list = await listProblems(spilloverCase, { ...flags, limit });
        print(options, list, () => {
          if (list.total === 0) return flags.reason || flags.source ? noneOfThis : 'No problems.';
          const paths = new Map<string, Set<string>>();
          for (const { file, path } of list.problems) paths.set(file, (paths.get(file) ?? new Set()).add(path));
          const place = ({ file, path }: { file: string; path: string }) =>
            paths.get(file)!.size > 1 ? nearest(path) : file;
          const groups = table(
            ['file', 'reason', 'detail', 'records', 'post lost'],
            list.groups.map((g) => [
              g.files === 1 ? g.file : `${g.file} and ${(g.files - 1).toLocaleString('en')} more`,
              g.reason,
              g.detail,
              g.problems,
              g.notPost ? 'no' : 'yes',
            ]),
          );
          const summary =
            list.notPosts === 0
              ? ''
              : `\n${list.notPosts.toLocaleString('en')} of ${list.total.toLocaleString('en')} never were posts: nothing is lost with them.`;
          const single = list.problems.map(
            (p) =>
              `${safe(place(p))} ${p.place ?? `line ${p.line ?? '?'}`}: ${p.reason}: ${safe(p.detail)}\n    ${safe(p.sample.slice(0, 160)).replaceAll('\n', ' ')}`,
          );
          return `${groups}${summary}\n\n${single.join('\n')}${list.total > list.problems.length ? `\n… ${(list.total - list.problems.length).toLocaleString('en')} more: --limit N` : ''}`;
        });
      } finally {
        spilloverCase.close();
      }
    });
}
