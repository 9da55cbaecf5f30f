import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { Comparison } from '../../analyses/comparison/comparison-result.ts';
import { duration } from '../../base/duration.ts';
import { type Case, openCase } from '../../case/case.ts';
import { defaultPublicFigures } from '../../case/case-mask.ts';
import { compareStories } from '../../case/compare.ts';
import { compareReport } from '../../reports/compare-report.ts';
import { globals, print } from '../command-context.ts';
import { table } from '../table.ts';
import { safe, terminalEffects } from '../terminal.ts';
import { writeText } from '../write-text.ts';

interface Flags {
  align: 'first-seen' | 'crossing';
  report?: string;
  withCase?: string;
  mask?: boolean;
}

export function registerCompare(program: Command): void {
  program
    .command('compare')
    .summary('put two or more campaigns side by side')
    .description(
      'Lags between stages, order of platforms, roles, accounts and groups that recur with their significance, shared artifacts and texts.',
    )
    .argument('<stories...>', 'names of stories; DIR:STORY takes a story of another case')
    .addOption(
      new Option('--align <stage>', 'count lags from this stage')
        .choices(['first-seen', 'crossing'])
        .default('first-seen'),
    )
    .option('--with-case <dir>', 'take the last story from this case')
    .option('--report <file>', 'also write one self-contained HTML page')
    .option('--mask', 'replace the names of accounts that are no public figures by stable pseudonyms')
    .addHelpText(
      'after',
      '\nExamples:\n  $ spillover compare macronleaks macrongate --report compare.html\n  $ spillover compare macronleaks ../syria:syriahoax',
    )
    .action(async (stories: string[], flags: Flags, self: Command) => {
      const options = globals(self);
      const effects = terminalEffects();
      const open = new Map<string, Case>();
      const caseOf = async (directory: string) => {
        const known = open.get(directory);
        if (known) return known;
        const opened = await openCase(directory, { mustExist: true, purpose: 'spillover compare' });
        open.set(directory, opened);
        return opened;
      };
      try {
        const compared = [];
        for (const [at, name] of stories.entries()) {
          const last = at === stories.length - 1 && flags.withCase !== undefined;
          const { directory, story } = last ? { directory: flags.withCase!, story: name } : placeOf(name, options.case);
          compared.push({ spilloverCase: await caseOf(directory), story });
        }
        const comparison = await compareStories(
          compared,
          { alignedAt: flags.align, mask: flags.mask ? defaultPublicFigures : null },
          effects,
        );
        effects.finish();
        if (flags.report !== undefined) writeText(flags.report, compareReport(comparison));
        print(
          options,
          comparison,
          () => describe(comparison) + (flags.report === undefined ? '' : `\n\nreport: ${safe(flags.report)}`),
        );
      } finally {
        effects.finish();
        for (const one of open.values()) one.close();
      }
    });
}

/** `DIR:STORY` where DIR holds a case; else a story of the case in hand. */
function placeOf(name: string, directory: string): { directory: string; story: string } {
  const at = name.lastIndexOf(':');
  if (at > 0 && existsSync(join(name.slice(0, at), 'case.duckdb')))
    return { directory: name.slice(0, at), story: name.slice(at + 1) };
  return { directory, story: name };
}

function describe(comparison: Comparison): string {
  const names = comparison.campaigns.map((one) => one.label);
  const keys = [...new Set(comparison.campaigns.flatMap((one) => one.stages.map((stage) => stage.id)))];
  return [
    safe(comparison.sentence),
    table(
      [`stage (from ${comparison.alignedAt})`, ...names],
      keys.map((key) => [
        key,
        ...comparison.campaigns.map((one) => {
          const stage = one.stages.find((candidate) => candidate.id === key);
          return stage?.lagSeconds === undefined || stage.lagSeconds === null
            ? '–'
            : `${stage.lagSeconds < 0 ? '-' : '+'}${duration(stage.lagSeconds)} ${stage.platform}`;
        }),
      ]),
    ),
    table(
      ['overlap', 'of', 'first', 'second', 'both', 'expected', 'p adjusted'],
      comparison.overlaps.map((one) => [
        one.what,
        one.population,
        one.inFirst,
        one.inSecond,
        one.both,
        one.expected.toFixed(1),
        one.adjusted.toPrecision(2),
      ]),
    ),
    comparison.recurring.length === 0
      ? 'No account recurs.'
      : table(
          ['recurring account', 'handle', ...names],
          comparison.recurring.slice(0, 25).map((one) => [
            one.account,
            one.handle,
            ...names.map((_, at) => {
              const part = one.parts.find((candidate) => candidate.campaign === at);
              return part
                ? `${part.role}${part.significant ? '' : '?'}, ${part.posts} ${part.posts === 1 ? 'post' : 'posts'}`
                : '–';
            }),
          ]),
        ) +
        (comparison.recurring.length > 25 ? `\n… ${comparison.recurring.length - 25} more: --json or --report` : ''),
    ...(comparison.candidates.length === 0
      ? []
      : [
          table(
            ['possibly the same hand', 'and', 'why'],
            comparison.candidates.slice(0, 10).map((one) => [...one.accounts, one.reasons.join('; ')]),
          ),
        ]),
    comparison.caveats.map((one) => `- ${safe(one)}`).join('\n'),
  ].join('\n\n');
}
