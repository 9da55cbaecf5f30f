import type { Command } from 'commander';
import { UserError } from '../../base/errors.ts';
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
      const rows = chosen.map(({ id, title, about, platforms, notes }) => ({
        id,
        title,
        about,
        platforms,
        notes: notes ?? [],
      }));
      print(options, rows, () =>
        id === undefined
          ? table(
              ['format', 'platform', 'what it is'],
              rows.map((row) => [row.id, row.platforms.join(', ') || 'any', row.title]),
            )
          : rows.map((row) => [row.title, row.about, ...row.notes].join('\n')).join('\n'),
      );
    });
}
