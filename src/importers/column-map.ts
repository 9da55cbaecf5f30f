import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { UserError } from '../base/errors.ts';
import { compilePosts, platformName } from './column-map-posts.ts';
import { type ColumnMap, columnMapSchema, toFill } from './column-map-schema.ts';
import type { Locate, Located } from './column-map-sql.ts';
import { type DataColumns, readDataColumns } from './data-columns.ts';
import type { Container, FileHead, Importer } from './importer.ts';
import { jsonContainer } from './json-container.ts';
import { jsonErrorPlace } from './json-error-place.ts';

/**
 * The importer that a column map describes, checked against the first rows of a data file.
 * @throws UserError when the map is no JSON (names the line), has unknown or wrong fields, names columns that the data file
 * lacks (lists those it has), or a zone or time pattern that does not exist.
 */
export async function loadColumnMap(path: string, dataFile: string): Promise<Importer> {
  return columnMapImporter(readMap(path), path, dataFile);
}

/** The importer that the text of a column map describes; `name` stands for it in messages. @throws UserError as loadColumnMap. */
export async function columnMapImporter(text: string, name: string, dataFile: string): Promise<Importer> {
  const map = parseColumnMap(text, name);
  return compileColumnMap(map, await readDataColumns(dataFile, map.records), dataFile);
}

function readMap(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      code === 'ENOENT'
        ? `The column map ${path} does not exist.`
        : `The column map ${path} cannot be read (${code ?? error}).`,
      'spillover import --suggest FILE writes a first map.',
      {
        cause: error,
      },
    );
  }
}

/** Reads the text of a column map. */
function parseColumnMap(text: string, path: string): ColumnMap {
  const place = jsonErrorPlace(text);
  if (place) throw new UserError(`${path} is not JSON: line ${place.line}, column ${place.column}: ${place.problem}.`);
  const checked = columnMapSchema.safeParse(withoutRemarks(JSON.parse(text)));
  if (!checked.success)
    throw new UserError(`${path} is no valid column map: ${issueText(checked.error.issues[0]!)}`, mapHint);
  const map = checked.data;
  const open = fieldsToFill(map);
  if (open.length > 0)
    throw new UserError(
      `${path} still says "${toFill}" for ${open.join(' and ')}.`,
      'Open the map in an editor and write the name of the column there; for a time that is not ISO also its format, as {"column": "When", "format": "%d/%m/%Y %H:%M", "zone": "Europe/Paris"}.',
    );
  for (const name of ['time', 'collected_at', 'edited_at', 'deleted_at'] as const) checkTime(path, name, map[name]);
  return map;
}

function fieldsToFill(map: ColumnMap): string[] {
  return Object.entries(map).flatMap(([field, value]) =>
    value === toFill || (typeof value === 'object' && value !== null && 'column' in value && value.column === toFill)
      ? [field]
      : [],
  );
}

const mapHint = `Fields: ${Object.keys(columnMapSchema.shape).join(', ')}. A plain text names a column; platform and kind stand for themselves.`;

function withoutRemarks(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('_') && key !== '$schema'));
}

/** The issue that lies deepest: of the alternatives of a union that is the one the user meant. */
function issueText(issue: z.core.$ZodIssue): string {
  const deepest = (one: z.core.$ZodIssue, path: PropertyKey[]): { path: PropertyKey[]; message: string } => {
    const own = { path: [...path, ...one.path], message: one.message };
    if (one.code !== 'invalid_union') return own;
    const inner = one.errors.flat().map((alternative) => deepest(alternative, own.path));
    return inner.reduce((best, next) => (next.path.length > best.path.length ? next : best), own);
  };
  const { path, message } = deepest(issue, []);
  return `${path.length === 0 ? 'the whole' : path.map(String).join('.')}: ${message}`;
}

const patternLetters = /%(?:-?[aAbBcdfgGHIjmMnpSuUVwWxXyYzZ%])/g;

function checkTime(path: string, name: string, reference: ColumnMap['time'] | undefined): void {
  if (reference === undefined || typeof reference === 'string') return;
  const { format, zone } = reference;
  if (zone !== undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new UserError(
        `${path}: ${name}.zone: there is no time zone "${zone}".`,
        'Use an IANA name such as Europe/Berlin, America/New_York or UTC.',
      );
    }
  }
  if (format === 'iso' || format === 'unix') return;
  const rest = format.replace(patternLetters, '');
  if (rest === format || rest.includes('%')) {
    throw new UserError(
      `${path}: ${name}.format: "${format}" is no time pattern.`,
      'Use iso, unix or letters of strptime: %Y %m %d %H %M %S, %B or %b for names of months, %z for +0200.',
    );
  }
}

/** Turns a checked map into an importer for files with these columns. */
function compileColumnMap(map: ColumnMap, data: DataColumns, dataFile: string): Importer {
  const { locate, used } = locator(map, data, dataFile);
  const posts = compilePosts(map, locate);
  const names = [...used];
  return {
    id: 'column-map',
    title: map.title ?? 'Table read with a column map',
    about: 'Any CSV, NDJSON, JSON array or Parquet, by a file that says what its columns mean.',
    obtain: 'spillover import --suggest FILE writes a first map.',
    platforms: typeof map.platform === 'string' ? [platformName(map.platform)] : [],
    sniff: () => 0,
    container: (head) => containerOf(map, data, names, head),
    posts,
    notes: map.platform === undefined ? ['The map names no platform: give one with --platform.'] : [],
  };
}

function containerOf(map: ColumnMap, data: DataColumns, names: string[], head: FileHead): Container {
  const isJson = data.format === 'json' || data.format === 'ndjson';
  const looksJson = !head.binary && /^\s*[[{]/.test(head.text);
  if (head.bytes > 0 && ((data.format === 'parquet') !== (head.magic === 'parquet') || isJson !== looksJson)) {
    throw new UserError(
      `${head.fileName} is of another kind than the file that the column map was checked with (${data.format}).`,
    );
  }
  if (data.format === 'parquet') return { kind: 'parquet', columns: names };
  if (isJson) {
    const columns = Object.fromEntries(names.map((name) => [name, 'json']));
    const patterns = [data.records || (map.records ?? '[]')];
    const isWrapped = data.format === 'json' && head.jsonLines.length === 1;
    return isWrapped ? { kind: 'document', patterns, columns } : jsonContainer(head, columns, patterns);
  }
  return {
    kind: 'csv',
    columns: names,
    dialect: {
      delimiter: (map.delimiter ?? head.csv?.delimiter ?? ',') as ',',
      ...(map.escape ? { escape: map.escape } : {}),
    },
  };
}

const reserved = new Set(['_row', '_line', '_at', '_context']);

function locator(map: ColumnMap, data: DataColumns, dataFile: string): { locate: Locate; used: Set<string> } {
  const used = new Set<string>();
  const optional = new Set<string>();
  collectOptional(map, optional);
  const take = (column: string, path: string | null, many: boolean): Located => {
    if (reserved.has(column.toLowerCase()))
      throw new UserError(`A column cannot be called "${column}": the name is reserved.`, 'Rename it in the file.');
    const twin = [...used].find((one) => one !== column && one.toLowerCase() === column.toLowerCase());
    if (twin !== undefined)
      throw new UserError(
        `The columns "${twin}" and "${column}" differ in case only.`,
        'Rename one of them in the file.',
      );
    used.add(column);
    return { column, path, many };
  };
  const isJson = data.format === 'json' || data.format === 'ndjson';
  const locate: Locate = (name) => {
    const known = resolve(name, [...data.topLevel]) ?? resolve(name, [...data.columns.keys()]);
    if (known === null && !optional.has(name)) throw unknownColumn(name, data, dataFile);
    const full = known ?? name;
    if (data.topLevel.has(full)) return take(full, isJson || isNested(data, full) ? '$' : null, false);
    if (data.format === 'csv') return take(full, null, false);
    const [first = '', ...rest] = full.split('.');
    const steps = [
      first.endsWith('[]') ? ['[*]'] : [],
      ...rest.map((step) => [`."${bare(step)}"`, ...(step.endsWith('[]') ? ['[*]'] : [])]),
    ].flat();
    return take(bare(first), `$${steps.join('')}`, steps.includes('[*]'));
  };
  return { locate, used };
}

const bare = (step: string) => (step.endsWith('[]') ? step.slice(0, -2) : step).replaceAll('"', '');

const isNested = (data: DataColumns, name: string) =>
  data.format === 'parquet' &&
  (data.columns.get(name) ?? []).some(
    (cell) => Array.isArray(cell) || [...data.columns.keys()].some((other) => other.startsWith(`${name}.`)),
  );

function resolve(name: string, names: string[]): string | null {
  if (names.includes(name)) return name;
  const tidy = (text: string) => text.trim().toLowerCase();
  const alike = names.filter((other) => tidy(other) === tidy(name) || tidy(other).replaceAll('[]', '') === tidy(name));
  return alike.length === 1 ? alike[0]! : null;
}

function unknownColumn(name: string, data: DataColumns, dataFile: string): UserError {
  const names = [...data.columns.keys()];
  const shown = names.slice(0, 60).map((one) => `"${one}"`);
  return new UserError(
    `${dataFile} has no column "${name}". It has: ${shown.join(', ')}${names.length > 60 ? `, and ${names.length - 60} more` : ''}.`,
    data.complete
      ? 'Correct the name in the map.'
      : 'These are the columns of the first records. If the column comes later, write {"column": …, "optional": true}.',
  );
}

function collectOptional(value: unknown, into: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const { optional, column, columns } = value as { optional?: unknown; column?: string; columns?: string[] };
  if (optional === true)
    for (const name of [...(columns ?? []), ...(column === undefined ? [] : [column])]) into.add(name);
  for (const inner of Object.values(value)) collectOptional(inner, into);
}
