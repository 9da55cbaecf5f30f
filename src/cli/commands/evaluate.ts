import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../../base/errors.ts';
import { openCase } from '../../case/case.ts';
import { importPlanted, plantedStory } from '../../case/demo.ts';
import { quietEffects } from '../../case/effects.ts';
import { type EvaluationRow, readTruth, scoreTrace } from '../../case/evaluate.ts';
import { trace } from '../../case/trace.ts';
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
          const folder = seed === null ? name : join(work, `planted-${seed}`);
          if (seed !== null)
            await plantCampaign(
              resolvePlantOptions({ ...givenPlantOptions(flags), seed }),
              folder,
              effects.signal ? { signal: effects.signal } : {},
            );
          rows.push({
            name,
            row: await evaluateFolder(folder, join(work, `case-${done}`)),
            seconds: (Date.now() - began) / 1000,
          });
          rmSync(join(work, `case-${done}`), { recursive: true, force: true });
          if (seed !== null) rmSync(folder, { recursive: true, force: true });
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

async function evaluateFolder(folder: string, directory: string): Promise<EvaluationRow> {
  const truth = readTruth(folder);
  const spilloverCase = await openCase(directory, { purpose: 'spillover evaluate' });
  try {
    await importPlanted(spilloverCase, folder, quietEffects);
    return scoreTrace(await trace(spilloverCase, plantedStory, {}, quietEffects), truth);
  } finally {
    spilloverCase.close();
  }
}

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

function cells({ name, row }: { name: string; row: EvaluationRow }): string[] {
  return [
    name,
    shown(row.originProbability),
    shown(row.leftEdgeClean),
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
    row.falseRoles.join(', ') || '-',
  ];
}

const median = (values: (number | null)[]) => {
  const known = values.filter((value): value is number => value !== null).sort((a, b) => a - b);
  return known.length === 0
    ? null
    : (known[Math.floor((known.length - 1) / 2)]! + known[Math.ceil((known.length - 1) / 2)]!) / 2;
};

function summary(rows: readonly { row: EvaluationRow }[]): string[] {
  const all = rows.map(({ row }) => row);
  const yes = (values: (boolean | null)[]) =>
    `${values.filter((one) => one === true).length} of ${values.filter((one) => one !== null).length}`;
  return [
    `median origin P ${shown(median(all.map((one) => one.originProbability)))}; left edge clean in ${yes(all.map((one) => one.leftEdgeClean))}`,
    `catalysts precision@3 ${shown(median(all.map((one) => (one.catalystsInTop3 === null ? null : one.catalystsInTop3 / 3))))} (median); best catalyst in the top 3 in ${yes(all.map((one) => one.bestCatalystInTop3))}`,
    `boosters AUC ${shown(median(all.map((one) => one.boosterAuc)))}, precision@60 ${shown(median(all.map((one) => one.boosterPrecision60)))}, groups ARI ${shown(median(all.map((one) => one.groupAri)))} (medians)`,
    `influencer found in ${yes(all.map((one) => one.influencerFound))}; p <= .01 in ${all.filter((one) => one.influencerP !== null && one.influencerP <= 0.01).length}`,
    `mainstream crossing exact in ${yes(all.map((one) => one.mainstreamExact))}; stages within one bin ${all.reduce((sum, one) => sum + one.stagesWithinBin[0], 0)} of ${all.reduce((sum, one) => sum + one.stagesWithinBin[1], 0)}; absent players right ${all.reduce((sum, one) => sum + one.absentCorrect[0], 0)} of ${all.reduce((sum, one) => sum + one.absentCorrect[1], 0)}`,
    `runs with a role that was not planted: ${all.filter((one) => one.falseRoles.length > 0).length} of ${all.length}`,
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
