import type { Command } from 'commander';
import { UserError } from '../../base/errors.ts';
import { allNotes } from '../../importers/importer.ts';
import { importers } from '../../importers/registry.ts';
import { globals, print } from '../command-context.ts';
import { table } from '../table.ts';

export function registerFormats(program: Command): void {
  program
    .command('formats')
    .summary('list the formats that import reads')
    .description(
      'Lists the formats that spillover import recognises. Everything else goes through a column map (import --suggest).',
    )
    .argument('[id]', 'tell more about one format')
    .addHelpText('after', '\nExamples:\n  $ spillover formats\n  $ spillover formats x-api-v2')
    .action((id: string | undefined, _flags: object, command: Command) => {
      const options = globals(command);
      const chosen = importers.filter((importer) => id === undefined || importer.id === id);
      if (chosen.length === 0) throw new UserError(`There is no format "${id}".`, 'spillover formats lists them.');
      const rows = chosen.map((importer) => ({
        id: importer.id,
        title: importer.title,
        about: importer.about,
        obtain: importer.obtain,
        platforms: importer.platforms,
        notes: allNotes(importer),
      }));
      print(options, rows, () =>
        id === undefined
          ? `${table(
              ['format', 'platform', 'what it is'],
              rows.map((row) => [row.id, row.platforms.join(', ') || 'any', row.title]),
            )}\n\nspillover formats FORMAT says how to get such a file, and what it cannot tell.`
          : rows
              .map((row) =>
                [row.title, row.about, `How to get it: ${row.obtain}`, ...row.notes.map((note) => `- ${note}`)].join(
                  '\n',
                ),
              )
              .join('\n'),
      );
    });
}
