import type { Command } from 'commander';
import type { AnalysisDefinition, AnalysisOption } from '../../analyses/analysis.ts';
import { analyses } from '../../analyses/registry.ts';
import { columnHeading } from '../../base/column-heading.ts';
import { UserError } from '../../base/errors.ts';
import { type AnalysisRun, analyse } from '../../case/analyse.ts';
import { openCase } from '../../case/case.ts';
import { caseMask } from '../../case/case-mask.ts';
import { evidencePosts } from '../../case/evidence-posts.ts';
import { maskAnalysis, maskEvidence } from '../../case/mask-analysis.ts';
import { csvLine } from '../../exports/csv.ts';
import { gexf } from '../../exports/gexf.ts';
import { graphml } from '../../exports/graphml.ts';
import { writeChunks } from '../../exports/write-chunks.ts';
import { analysisReport, citedPosts } from '../../reports/analysis-report.ts';
import { globals, print } from '../command-context.ts';
import { flagOf } from '../plant-flags.ts';
import { table } from '../table.ts';
import { safe, terminalEffects } from '../terminal.ts';
import { writeText } from '../write-text.ts';

const mostRows = 25;

export function registerAnalyse(program: Command): void {
  const parent = program
    .command('analyse')
    .alias('analyze')
    .summary('run one analysis over the case or a story')
    .description('Runs one analysis over the case or a story. spillover analyses lists them with their questions.')
    .addHelpText(
      'after',
      '\nExamples:\n  $ spillover analyse coordination --on url --window 60\n  $ spillover analyse influence --story macronleaks --report influence.html',
    );
  for (const { definition, network } of analyses) addAnalysis(parent, definition, network !== undefined);
  program
    .command('analyses')
    .summary('list the analyses and the questions they answer')
    .description('The analyses that spillover analyse runs, with the questions they answer and their options.')
    .addHelpText('after', '\nExamples:\n  $ spillover analyses\n  $ spillover analyses --json')
    .action((_flags: object, self: Command) => {
      const definitions = analyses.map((one) => one.definition);
      print(globals(self), definitions, () =>
        table(
          ['analysis', 'question', 'looks at'],
          definitions.map((one) => [
            one.id,
            one.question,
            { required: 'a story', optional: 'the case, or a story', none: 'the case' }[one.story],
          ]),
        ),
      );
    });
}

function addAnalysis(parent: Command, definition: AnalysisDefinition, givesNetwork: boolean): void {
  const command = parent
    .command(definition.id)
    .summary(definition.question)
    .description(
      [`${definition.title}. ${definition.question}`, ...definition.caveats.map((one) => `- ${one}`)].join('\n'),
    );
  const takesStory = definition.story !== 'none';
  if (takesStory)
    command.argument('[story]', 'only the posts of this story').option('--story <name>', 'the same, by its name');
  for (const option of definition.options) addOption(command, option);
  if (givesNetwork)
    command
      .option('--gexf <file>', 'also write the network as GEXF 1.3, for Gephi')
      .option('--graphml <file>', 'also write the network as GraphML');
  command
    .option('--csv <file>', 'also write the first table, whole')
    .option('--report <file>', 'also write one self-contained HTML page')
    .option(
      '--mask',
      'replace the names of accounts that are no public figures by stable pseudonyms, in all that is written',
    )
    .option('--case <dir>', 'directory of the case (default: $SPILLOVER_CASE, else ./spillover-case)')
    .option('--json', 'print exactly one JSON document to stdout')
    .exitOverride()
    .addHelpText(
      'after',
      `\nExamples:\n  $ spillover analyse ${definition.id}\n  $ spillover analyse ${definition.id}${definition.story === 'none' ? '' : ' --story macronleaks'} --csv ${definition.id}.csv --report ${definition.id}.html`,
    )
    .action(async (...words: unknown[]) => {
      const self = words.at(-1) as Command;
      const flags = words.at(-2) as Record<string, string | boolean | undefined>;
      const story = chosenStory(takesStory ? words[0] : undefined, flags.story);
      const given = Object.fromEntries(
        definition.options
          .map((option) => [option.name, flags[attributeOf(option)]])
          .filter(([, value]) => value !== undefined),
      );
      const effects = terminalEffects();
      const options = globals(self);
      const purpose = `spillover analyse ${definition.id}`;
      const spilloverCase = await openCase(options.case, { mustExist: true, purpose });
      try {
        const full = await analyse(spilloverCase, definition.id, { story, options: given }, effects);
        const mask = flags.mask === true ? await caseMask(spilloverCase) : null;
        const run = mask ? await maskAnalysis(spilloverCase, full, mask) : full;
        effects.finish();
        const [first] = run.summary.tables;
        if (typeof flags.csv === 'string' && first)
          writeChunks(flags.csv, [csvLine(first.columns)], csvRows(first.rows));
        if (typeof flags.gexf === 'string' && run.network)
          writeChunks(flags.gexf, gexf(run.network, { dynamic: false }));
        if (typeof flags.graphml === 'string' && run.network) writeChunks(flags.graphml, graphml(run.network));
        if (typeof flags.report === 'string') {
          const cited = await evidencePosts(spilloverCase, citedPosts(full.summary));
          const evidence = mask ? await maskEvidence(spilloverCase, cited, mask) : cited;
          writeText(
            flags.report,
            analysisReport({ ...run, title: definition.title, question: definition.question, evidence }),
          );
        }
        const { result, summary: _, network: __, ...head } = run;
        print(options, { ...head, ...result }, () =>
          describe(run, [
            ...[flags.csv, flags.gexf, flags.graphml].flatMap((file) =>
              typeof file === 'string' ? [`written: ${file}`] : [],
            ),
            ...(typeof flags.report === 'string' ? [`report: ${flags.report}`] : []),
          ]),
        );
      } finally {
        effects.finish();
        spilloverCase.close();
      }
    });
}

/** A story may stand alone, as with `trace`, or behind its flag. */
function chosenStory(alone: unknown, flag: unknown): string | null {
  const [first = null, ...others] = [...new Set([alone, flag].filter((one) => typeof one === 'string'))];
  if (others.length > 0)
    throw new UserError(`Two stories are named: ${first} and ${others.join(', ')}.`, 'An analysis looks at one.');
  return first;
}

function* csvRows(rows: Iterable<readonly (string | number | boolean | null)[]>): Iterable<string> {
  for (const row of rows) yield csvLine(row);
}

function addOption(command: Command, option: AnalysisOption): void {
  const flag = option.flag ?? flagOf(option.name);
  if (option.kind === 'yes/no') {
    command.option(option.default === true ? `--no-${flag}` : `--${flag}`, option.help);
    return;
  }
  const usual =
    option.default === null ? 'default: chosen from the data' : `default ${[option.default].flat().join(',')}`;
  const choices = option.choices ? `: ${option.choices.join(', ')}` : '';
  command.option(`--${flag} <${option.kind}>`, `${option.help}${choices} (${option.unit}, ${usual})`);
}

/** The name under which commander keeps the option's value. */
function attributeOf(option: AnalysisOption): string {
  return (option.flag ?? flagOf(option.name)).replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function describe(run: AnalysisRun, written: readonly string[]): string {
  const { findings, tables } = run.summary;
  return [
    `${run.analysis} of ${run.story === null ? 'the whole case' : safe(run.story)} (${run.version})`,
    findings
      .map(
        ({ text, posts }) => `- ${safe(text)}${posts.length > 0 ? ` [${posts.slice(0, 2).map(safe).join(', ')}]` : ''}`,
      )
      .join('\n'),
    ...tables.map((one) => {
      const rows = firstRows(one.rows);
      const cells = rows.shown.map((row) =>
        row.map((cell) => (typeof cell === 'boolean' ? (cell ? 'yes' : 'no') : cell)),
      );
      const more = rows.more ? `\n… more rows: --json${one === tables[0] ? ' or --csv FILE' : ''} gives all` : '';
      return rows.shown.length === 0
        ? `${one.title}: none`
        : `${one.title}\n${table(one.columns.map(columnHeading), cells)}${more}`;
    }),
    run.caveats.map((one) => `- ${safe(one)}`).join('\n'),
    ...written.map(safe),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function firstRows<T>(rows: Iterable<T>): { shown: T[]; more: boolean } {
  const shown: T[] = [];
  for (const row of rows) {
    if (shown.length === mostRows) return { shown, more: true };
    shown.push(row);
  }
  return { shown, more: false };
}
