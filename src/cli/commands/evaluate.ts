import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../../base/errors.ts';
import type { EvaluationRow, Spread } from '../../case/evaluate.ts';
import { evaluatePlanted } from '../../case/evaluate-planted.ts';
import { plantCampaign } from '../../plant/plant-campaign.ts';
import { resolvePlantOptions } from '../../plant/plant-options.ts';
import { globals, print } from '../command-context.ts';
import { addPlantFlags, givenPlantOptions } from '../plant-flags.ts';
import { table } from '../table.ts';
import { terminalEffects } from '../terminal.ts';
import { writeText } from '../write-text.ts';

export function registerEvaluate(program: Command): void {
  const command = program
    .command('evaluate')
    .summary('score the trace against invented campaigns whose truth is known')
    .description(
      'Traces planted folders, or plants and traces the given seeds, and scores the results against truth.json.',
    )
    .argument('[folders...]', 'folders made by spillover plant')
    .option('--seeds <from-to>', 'plant and trace these seeds instead, such as 1-20')
    .option(
      '--keep <dir>',
      'with --seeds: keep the planted files and the case in this directory, and use those that are there',
    )
    .option('--out <file>', 'also write the table as Markdown');
  addPlantFlags(command, ['seed']);
  command
    .addHelpText(
      'after',
      '\nExamples:\n  $ spillover evaluate planted\n  $ spillover evaluate --seeds 1-20\n  $ spillover evaluate --seeds 1-20 --no-campaign',
    )
    .action(async (folders: string[], flags: Record<string, string | boolean | undefined>, self: Command) => {
      const effects = terminalEffects();
      const work = mkdtempSync(join(tmpdir(), 'spillover-evaluate-'));
      const rows: { name: string; row: EvaluationRow; seconds: number }[] = [];
      try {
        const jobs =
          typeof flags.seeds === 'string'
            ? seedsOf(flags.seeds).map((seed) => ({ name: `seed ${seed}`, seed }))
            : folders.map((folder) => ({ name: folder, seed: null }));
        if (jobs.length === 0)
          throw new UserError('Nothing to evaluate.', 'spillover evaluate FOLDER…, or --seeds 1-20');
        for (const [done, { name, seed }] of jobs.entries()) {
          effects.signal?.throwIfAborted();
          effects.onProgress({ step: 'evaluating', done, total: jobs.length, unit: 'steps' });
          const began = Date.now();
          const place =
            seed === null
              ? { files: name, case: join(work, `case-${done}`) }
              : plantedPlace(typeof flags.keep === 'string' ? flags.keep : work, seed);
          if (seed !== null && !existsSync(join(place.files, 'truth.json')))
            await plantCampaign(
              resolvePlantOptions({ ...givenPlantOptions(flags), seed }),
              place.files,
              effects.signal ? { signal: effects.signal } : {},
            );
          rows.push({
            name,
            row: await evaluatePlanted(place.files, place.case),
            seconds: (Date.now() - began) / 1000,
          });
          if (typeof flags.keep === 'string') continue;
          rmSync(place.case, { recursive: true, force: true });
          if (seed !== null) rmSync(place.files, { recursive: true, force: true });
        }
        effects.finish();
        const text = evaluationTable(rows);
        if (typeof flags.out === 'string') writeText(flags.out, `${markdown(rows)}\n`);
        print(globals(self), rows, () => text);
      } finally {
        effects.finish();
        rmSync(work, { recursive: true, force: true });
      }
    });
}

const plantedPlace = (directory: string, seed: number) => ({
  files: join(directory, `seed-${seed}`, 'files'),
  case: join(directory, `seed-${seed}`, 'case'),
});

function seedsOf(text: string): number[] {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) throw new UserError(`--seeds "${text}" is not a range.`, 'Write it as 7 or 1-20.');
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

const headings = [
  'planted',
  'origin P',
  'clean',
  'earliest only',
  'catalysts',
  'best',
  'AUC',
  'prec@60',
  'ARI',
  'influencer',
  'p',
  'mainstream',
  'stages',
  'missed',
  'absent',
  'catalyst score',
  'booster score',
  'false',
];
const shown = (value: number | boolean | null) =>
  value === null
    ? '-'
    : typeof value === 'boolean'
      ? value
        ? 'yes'
        : 'no'
      : Number.isInteger(value)
        ? String(value)
        : value.toPrecision(3);

const spreadOf = (spread: Spread | null) =>
  spread === null ? '-' : `${spread.score.toFixed(2)} ± ${(spread.width / 2).toFixed(2)}`;

function cells({ name, row }: { name: string; row: EvaluationRow }): string[] {
  return [
    name,
    shown(row.originProbability),
    shown(row.leftEdgeClean),
    shown(row.earliestOnly),
    row.catalystsInTop3 === null ? '-' : `${row.catalystsInTop3} of 3`,
    shown(row.bestCatalystInTop3),
    shown(row.boosterAuc),
    shown(row.boosterPrecision60),
    shown(row.groupAri),
    shown(row.influencerFound),
    shown(row.influencerP),
    shown(row.mainstreamExact),
    row.stagesWithinBin.join(' of '),
    row.stagesMissed.join(', ') || '-',
    row.absentCorrect.join(' of '),
    spreadOf(row.catalystScore),
    spreadOf(row.boosterScore),
    row.falseClaims.join(', ') || '-',
  ];
}

const median = (values: (number | null)[]) => {
  const known = values.filter((value): value is number => value !== null).sort((a, b) => a - b);
  return known.length === 0
    ? null
    : (known[Math.floor((known.length - 1) / 2)]! + known[Math.ceil((known.length - 1) / 2)]!) / 2;
};

function meanSpread(spreads: readonly (Spread | null)[]): string {
  const known = spreads.filter((one): one is Spread => one !== null);
  const mean = (of: (one: Spread) => number) => known.reduce((sum, one) => sum + of(one), 0) / known.length;
  return known.length === 0 ? '-' : spreadOf({ score: mean((one) => one.score), width: mean((one) => one.width) });
}

function summary(rows: readonly { row: EvaluationRow }[]): string[] {
  const all = rows.map(({ row }) => row);
  const yes = (values: (boolean | null)[]) =>
    `${values.filter((one) => one === true).length} of ${values.filter((one) => one !== null).length}`;
  return [
    `median origin P ${shown(median(all.map((one) => one.originProbability)))}; left edge clean in ${yes(all.map((one) => one.leftEdgeClean))}; "earliest in this collection" in ${yes(all.map((one) => one.earliestOnly))}`,
    `catalysts precision@3 ${shown(median(all.map((one) => (one.catalystsInTop3 === null ? null : one.catalystsInTop3 / 3))))} (median); best catalyst in the top 3 in ${yes(all.map((one) => one.bestCatalystInTop3))}`,
    `boosters AUC ${shown(median(all.map((one) => one.boosterAuc)))}, precision@60 ${shown(median(all.map((one) => one.boosterPrecision60)))}, groups ARI ${shown(median(all.map((one) => one.groupAri)))} (medians)`,
    `mean score and half the interval: catalysts ${meanSpread(all.map((one) => one.catalystScore))}, boosters ${meanSpread(all.map((one) => one.boosterScore))}`,
    `influencer found in ${yes(all.map((one) => one.influencerFound))}; p <= .01 in ${all.filter((one) => one.influencerP !== null && one.influencerP <= 0.01).length}`,
    `mainstream crossing exact in ${yes(all.map((one) => one.mainstreamExact))}; stages within one bin ${all.reduce((sum, one) => sum + one.stagesWithinBin[0], 0)} of ${all.reduce((sum, one) => sum + one.stagesWithinBin[1], 0)}; absent players right ${all.reduce((sum, one) => sum + one.absentCorrect[0], 0)} of ${all.reduce((sum, one) => sum + one.absentCorrect[1], 0)}`,
    `runs that say something false for certain (a role, group, origin or absence that was not planted): ${all.filter((one) => one.falseClaims.length > 0).length} of ${all.length}`,
  ];
}

function evaluationTable(rows: readonly { name: string; row: EvaluationRow; seconds: number }[]): string {
  return `${table(headings, rows.map(cells))}\n\n${summary(rows).join('\n')}`;
}

function markdown(rows: readonly { name: string; row: EvaluationRow; seconds: number }[]): string {
  return [
    `| ${headings.join(' | ')} |`,
    `|${headings.map(() => '---|').join('')}`,
    ...rows.map((row) => `| ${cells(row).join(' | ')} |`),
    '',
    ...summary(rows).map((line) => `- ${line}`),
  ].join('\n');
}
