import type { Command } from 'commander';
import { UserError } from '../../base/errors.ts';
import { openCase } from '../../case/case.ts';
import { importFiles } from '../../case/import-files.ts';
import type { ImportReport } from '../../case/import-report.ts';
import { loadColumnMap } from '../../importers/column-map.ts';
import { suggestMap } from '../../importers/suggest-map.ts';
import { globals, print } from '../command-context.ts';
import { table } from '../table.ts';
import { safe, terminalEffects } from '../terminal.ts';
import { writeText } from '../write-text.ts';

interface Flags {
  format?: string;
  map?: string;
  platform?: string;
  board?: string;
  zone?: string;
  suggest?: string;
  out?: string;
}

export function registerImport(program: Command): void {
  program
    .command('import')
    .summary('read exports of any tool into the case')
    .description(
      'Reads files and folders into the case. The format of each file is recognised by its content (gzip and zstd are unpacked). ' +
        'Records read = posts added + duplicates + problems, for every file; spillover problems lists what could not be read and why.',
    )
    .argument('[files...]', 'files or folders')
    .option('--format <id>', 'read every file as this format (see spillover formats)')
    .option('--map <file>', 'read every file by this column map (JSON); write a first one with --suggest')
    .option('--platform <name>', 'platform of files that name none (x, facebook, …)')
    .option('--board <name>', 'board of imageboard files that name none (pol, …)')
    .option('--zone <zone>', 'time zone of clock times without one, such as Europe/Paris')
    .option('--suggest <file>', 'do not import: write a first column map for this file to stdout (or --out)')
    .option('--out <file>', 'where --suggest writes')
    .addHelpText(
      'after',
      `
Examples:
  $ spillover import tweets.jsonl telegram/ChatExport_2026-05-01 pol-archive.csv.gz
  $ spillover import shares.csv --platform facebook
  $ spillover import --suggest survey.csv --out map.json && spillover import survey.csv --map map.json
  $ spillover import downloads/ --json | jq .totals`,
    )
    .action(async (files: string[], flags: Flags, command: Command) => {
      const options = globals(command);
      if (flags.suggest !== undefined) {
        const text = `${JSON.stringify(await suggestMap(flags.suggest), null, 2)}\n`;
        if (flags.out === undefined) process.stdout.write(text);
        else writeText(flags.out, text);
        return;
      }
      if (files.length === 0)
        throw new UserError('No files were named.', 'spillover import FILE|FOLDER…  (spillover import --help)');
      const effects = terminalEffects();
      const spilloverCase = await openCase(options.case, {
        purpose: `spillover import ${files.slice(0, 3).join(' ')}`,
      });
      try {
        const mapped = flags.map === undefined ? undefined : await loadColumnMap(flags.map, files[0]!);
        const report = await importFiles(
          spilloverCase,
          files,
          {
            ...(mapped ? { mapped } : {}),
            ...(flags.format === undefined ? {} : { format: flags.format }),
            ...(flags.platform === undefined ? {} : { platform: flags.platform }),
            ...(flags.board === undefined ? {} : { board: flags.board }),
            ...(flags.zone === undefined ? {} : { zone: flags.zone }),
          },
          effects,
        );
        effects.finish();
        print(options, report, () => describe(report, options.case));
        if (report.failed.length > 0 || report.sources.length === 0) process.exitCode = 2;
      } finally {
        effects.finish();
        spilloverCase.close();
      }
    });
}

function describe(report: ImportReport, directory: string): string {
  const lines: string[] = [];
  if (report.sources.length > 0) {
    const rows = report.sources.map((s) => [
      s.file,
      s.alreadyImported ? `${s.format} (already in the case)` : s.format,
      s.recordsRead,
      s.postsAdded,
      s.duplicates,
      s.problems,
      s.embedded,
    ]);
    if (report.sources.length > 1) {
      const t = report.totals;
      rows.push(['total', '', t.recordsRead, t.postsAdded, t.duplicates, t.problems, t.embedded]);
    }
    lines.push(table(['file', 'format', 'records', 'posts added', 'duplicates', 'problems', 'embedded'], rows));
  }
  const notes = new Map<string, string[]>();
  for (const source of report.sources)
    for (const note of source.notes) notes.set(note, [...(notes.get(note) ?? []), source.file]);
  for (const [note, files] of notes)
    lines.push(
      `note: ${safe(note)}${report.sources.length > 1 ? ` (${files.length === 1 ? safe(files[0]!) : `${files.length} files`})` : ''}`,
    );
  for (const failure of report.failed)
    lines.push(
      `not imported: ${failure.error.includes(failure.file) ? '' : `${safe(failure.file)}: `}${safe(failure.error)}${failure.hint ? `\n  ${safe(failure.hint)}` : ''}`,
    );
  lines.push(...passedOverLines(report), ...problemLines(report, directory));
  return lines.join('\n');
}

/** Files beside the posts: Spillover's own each with what it is good for, the others counted. */
function passedOverLines({ passedOver }: ImportReport): string[] {
  const own = passedOver
    .filter(({ kind }) => kind === 'own')
    .map(
      ({ file, what, hint }) => `no posts in ${safe(file)}: it holds ${what}${hint === null ? '' : ` (${safe(hint)})`}`,
    );
  const others = passedOver.filter(({ kind }) => kind === 'accessory');
  if (others.length === 0) return own;
  const kinds = [...new Set(others.map(({ what }) => what))].join(', ');
  const files =
    others.length === 1
      ? safe(others[0]!.file)
      : `${others.length.toLocaleString('en')} files such as ${safe(others[0]!.file)}`;
  return [...own, `no posts in ${files} (${kinds})`];
}

/** Records that are no posts alarm nobody; those that were lost say where to look. */
function problemLines({ sources, totals }: ImportReport, directory: string): string[] {
  const notPosts = sources.reduce((sum, source) => sum + source.notPosts, 0);
  const lost = totals.problems - notPosts;
  const look = `spillover problems --case ${directory}`;
  return [
    ...(lost > 0
      ? [
          `${lost.toLocaleString('en')} ${lost === 1 ? 'record' : 'records'} could not be read: ${look} says which and why`,
        ]
      : []),
    ...(notPosts > 0
      ? [
          `${notPosts.toLocaleString('en')} of the problems ${notPosts === 1 ? 'is a record that is no post' : 'are records that are no posts'} (likes, profiles, service messages, …): nothing is lost with ${notPosts === 1 ? 'it' : 'them'}${lost > 0 ? '' : `. ${look} lists ${notPosts === 1 ? 'it' : 'them'}`}`,
        ]
      : []),
  ];
}
