import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { analyses } from '../src/analyses/registry.ts';
import { traceOptions } from '../src/analyses/trace/trace-options.ts';
import { watchJsonSchema } from '../src/case/watch-file-schema.ts';
import { buildProgram } from '../src/cli/main.ts';
import { stagedAccountColumns, stagedColumns } from '../src/domain/staged-post.ts';
import { allNotes } from '../src/importers/importer.ts';
import { importers } from '../src/importers/registry.ts';
import { plantOptions } from '../src/plant/plant-options.ts';
import { contract } from '../src/server/contract/contract.ts';
import { importFunctions } from '../src/store/import-functions.ts';
import { importMacros } from '../src/store/import-macros.ts';
import { migrations } from '../src/store/migrations.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'reference');
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (headings: string[], rows: (string | number | boolean)[][]) =>
  [
    `| ${headings.join(' | ')} |`,
    `|${headings.map(() => '---|').join('')}`,
    ...rows.map((row) => `| ${row.map((one) => cell(String(one))).join(' | ')} |`),
  ].join('\n');

function commandPage(): string {
  const lines = ['# Command line', '', 'Generated from the commands themselves.'];
  const add = (command: Command, path: string) => {
    if (command.name() === 'complete') return;
    lines.push('', `## ${path}`, '', '```', helpOf(command), '```');
    for (const sub of command.commands) add(sub, `${path} ${sub.name()}`);
  };
  const program = buildProgram();
  lines.push('', '```', helpOf(program), '```');
  for (const command of program.commands) add(command, `spillover ${command.name()}`);
  return lines.join('\n');
}

/** The help as the user sees it, at a fixed width and with the examples. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => (text += part),
    getOutHelpWidth: () => 110,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trimEnd();
}

const pages: Record<string, string> = {
  'cli.md': commandPage(),
  'formats.md': [
    '# Formats',
    '',
    'Recognised by content; gzip and zstd are unpacked. Everything else goes through a column map (`spillover import --suggest FILE`).',
    '',
    table(
      ['id', 'platform', 'what it is'],
      importers.map((one) => [`\`${one.id}\``, one.platforms.join(', ') || 'any', one.title]),
    ),
    '',
    ...importers.flatMap((one) => [
      `## ${one.id}`,
      '',
      one.about,
      '',
      `How to get it: ${one.obtain}`,
      '',
      ...allNotes(one).map((note) => `- ${note}`),
      '',
    ]),
  ].join('\n'),
  'importer-sql.md': [
    '# SQL of importers',
    '',
    'An importer selects these columns from the relation `record`; what it does not select is NULL.',
    '',
    table(
      ['column', 'type'],
      Object.entries(stagedColumns).map(([name, type]) => [`\`${name}\``, type]),
    ),
    '',
    'Account snapshots:',
    '',
    table(
      ['column', 'type'],
      Object.entries(stagedAccountColumns).map(([name, type]) => [`\`${name}\``, type]),
    ),
    '',
    '## Macros and functions',
    '',
    table(
      ['name', 'what it gives'],
      [
        ...Object.entries(importMacros).map(([name, { about }]) => [`\`${name}\``, about]),
        ...Object.entries(importFunctions).map(([name, { about, list }]) => [
          `\`${name}\``,
          `${about}${list ? ' (a list, NULL when empty)' : ''}`,
        ]),
        ['`snowflake_time`', 'UTC timestamp in an X id; NULL for anything else.'],
        ['`normalised_text`', 'The text as fingerprints see it.'],
      ],
    ),
  ].join('\n'),
  'schema.md': [
    '# Tables of a case',
    '',
    'Numbered migrations, in order.',
    '',
    ...migrations.flatMap((sql, at) => [`## ${at + 1}`, '', '```sql', sql.trim(), '```', '']),
  ].join('\n'),
  'options.md': [
    '# Options of analyses',
    '',
    '## trace',
    '',
    table(
      ['option', 'default', 'unit', 'help'],
      traceOptions.map((one) => [`\`${one.name}\``, one.default, one.unit, one.help]),
    ),
    '',
    ...analyses.flatMap(({ definition }) => [
      `## ${definition.id}`,
      '',
      `${definition.question} (version ${definition.version})`,
      '',
      ...definition.caveats.map((one) => `- ${one}`),
      '',
      table(
        ['option', 'default', 'unit', 'help'],
        definition.options.map((one) => [
          `\`${one.name}\``,
          one.default === null ? 'from the data' : [one.default].flat().join(', '),
          one.unit,
          one.choices ? `${one.help} One of: ${one.choices.join(', ')}.` : one.help,
        ]),
      ),
      '',
    ]),
    '## plant',
    '',
    table(
      ['option', 'default', 'unit', 'help'],
      plantOptions.map((one) => [`\`${one.name}\``, one.default, one.unit, one.help]),
    ),
  ].join('\n'),
};

pages['api.md'] = apiPage();
pages['watch.schema.json'] = JSON.stringify(watchJsonSchema(), null, 2);

function apiPage(): string {
  const fields = (schema: unknown) => Object.keys((schema as { shape?: object }).shape ?? {}).join(', ');
  return [
    '# HTTP API of the workbench',
    '',
    'Served by `spillover serve` on loopback; `/api/openapi.json` describes every field. Each request carries the token of this start (cookie or',
    '`Authorization: Bearer`). A failed request answers `{"error":{"code","message","hint"}}`. `docs/decisions/0004-workbench-server.md` says why.',
    '',
    table(
      ['operation', 'name', 'what it does', 'query', 'body', 'answers'],
      Object.entries(contract).map(([name, one]) => [
        `\`${one.method.toUpperCase()} ${one.path}\``,
        name,
        one.summary,
        fields(one.query),
        fields(one.body),
        'media' in one ? String(one.media) : `${one.status === 200 ? '' : `${one.status}: `}${fields(one.answer)}`,
      ]),
    ),
  ].join('\n');
}

const check = process.argv.includes('--check');
mkdirSync(folder, { recursive: true });
const stale: string[] = [];
for (const [name, text] of Object.entries(pages)) {
  const path = join(folder, name);
  const wanted = `${text.trimEnd()}\n`;
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) continue;
  if (check) stale.push(name);
  else writeFileSync(path, wanted);
}
if (stale.length > 0) {
  console.error(`docs/reference is stale: ${stale.join(', ')}. Run npm run reference.`);
  process.exit(1);
}
