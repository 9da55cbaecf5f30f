import { UserError } from '../base/errors.ts';
import { readParquetHead } from '../spool/parquet-head.ts';
import { readFileHead } from './file-head.ts';
import type { FileHead } from './importer.ts';
import { documentInHead, isOneDocument, onlyValueInHead } from './json-container.ts';

/** What kind of table a file is, and what its columns hold in the first rows. */
export interface DataColumns {
  format: 'csv' | 'ndjson' | 'json' | 'parquet';
  head: FileHead;
  /** Place of the records in a JSON document, such as `[]` or `data.items[]`. */
  records: string;
  /** Columns, for JSON by dotted path (`user.name`, `urls[].url`), with the values of the first rows; lists stay lists. */
  columns: Map<string, Cell[]>;
  /** Names at the top of a record, which may themselves hold dots. */
  topLevel: Set<string>;
  /** True where the file is wholly in the head: a name that is not in `columns` does not exist. */
  complete: boolean;
}

export type Cell = string | null | Cell[];

const sampleRows = 200;

/**
 * Looks at the columns of a CSV, NDJSON, JSON or Parquet file. `recordsAt` names the records of a JSON document; without it the
 * array with the most objects is taken.
 * @throws UserError when the file is empty or holds no table.
 */
export async function readDataColumns(file: string, recordsAt?: string): Promise<DataColumns> {
  const head = await readFileHead(file);
  if (head.bytes === 0 || (!head.binary && head.text.trim() === '')) {
    throw new UserError(`${file} is empty.`, 'A column map needs a file with a header or at least one record.');
  }
  if (head.magic === 'parquet') {
    const { columns, rows } = await readParquetHead(file, sampleRows);
    const found = new Map<string, Cell[]>(columns.map(({ name }) => [name, rows.map((row) => cellOf(row[name]))]));
    for (const row of rows) {
      for (const { name } of columns.filter((column) => column.nested)) addNested(found, name, row[name]);
    }
    return {
      format: 'parquet',
      head,
      records: '',
      columns: found,
      topLevel: new Set(columns.map(({ name }) => name)),
      complete: true,
    };
  }
  if (head.binary) throw new UserError(`${file} is not a text or Parquet file.`);
  if (/^\s*[[{]/.test(head.text)) return jsonColumns(file, head, recordsAt);
  if (head.csv === null || head.csv.header.length < 2) {
    throw new UserError(
      `${file} does not read as CSV, JSON or Parquet.`,
      'A CSV needs a header and at least two columns.',
    );
  }
  const columns = new Map<string, Cell[]>();
  head.csv.header.forEach((name, index) => {
    if (name.trim() === '' || columns.has(name)) return;
    columns.set(
      name,
      head.csv!.rows.slice(0, sampleRows).map((row) => row[index] || null),
    );
  });
  return { format: 'csv', head, records: '', columns, topLevel: new Set(columns.keys()), complete: true };
}

function jsonColumns(file: string, head: FileHead, recordsAt: string | undefined): DataColumns {
  const wrapped = recordsAt === undefined ? wrappedRecords(head) : onlyValueInHead(head);
  const isDocument = isOneDocument(head) || wrapped !== null;
  const document = documentInHead(head) ?? wrapped;
  const records = isDocument ? (recordsAt ?? placeOfRecords(document)) : '';
  const rows = (isDocument ? valuesAt(document, records) : head.jsonLines).filter(isObject).slice(0, sampleRows);
  if (rows.length === 0) {
    throw new UserError(
      recordsAt === undefined
        ? `${file} holds no JSON objects in its first part.`
        : `${file} has no JSON objects at "${recordsAt}".`,
      'Name the place of the records with "records", for example "data.items[]".',
    );
  }
  const columns = new Map<string, Cell[]>();
  for (const row of rows) for (const [name, value] of Object.entries(row)) addNested(columns, name, value);
  return {
    format: isDocument ? 'json' : 'ndjson',
    head,
    records,
    columns,
    topLevel: new Set(rows.flatMap((row) => Object.keys(row))),
    complete: head.complete,
  };
}

/** The one value of a file in one line where it only wraps a list of records, as answers of APIs do; else null. */
function wrappedRecords(head: FileHead): object | null {
  const value = onlyValueInHead(head);
  if (isOneDocument(head) || !isObject(value)) return null;
  const ownFields = Object.values(value).filter((one) => typeof one !== 'object' || one === null).length;
  const place = placeOfRecords(value);
  return ownFields < 4 && /^\w+(?:\.\w+)?\[\]$/.test(place) && valuesAt(value, place).length > 1 ? value : null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Adds a value under its name and, where it is an object or a list of objects, its parts under their dotted paths. */
function addNested(columns: Map<string, Cell[]>, name: string, value: unknown, depth = 0): void {
  const cells = columns.get(name);
  if (cells) cells.push(cellOf(value));
  else columns.set(name, [cellOf(value)]);
  if (depth > 5) return;
  if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) addNested(columns, `${name}.${key}`, inner, depth + 1);
  } else if (Array.isArray(value) && value.some(isObject)) {
    const keys = new Set(value.filter(isObject).flatMap((one) => Object.keys(one)));
    for (const key of keys)
      addNested(
        columns,
        `${name}[].${key}`,
        value.filter(isObject).map((one) => one[key]),
        depth + 1,
      );
  }
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.map(cellOf);
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

function valuesAt(document: unknown, place: string): unknown[] {
  let values: unknown[] = [document];
  for (const step of place.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]))) {
    if (step === '') continue;
    values = values.flatMap((value) =>
      step === '[]' ? (Array.isArray(value) ? value : []) : isObject(value) ? [value[step]] : [],
    );
  }
  return values;
}

/** The array of objects with the most members, nearest to the top. */
function placeOfRecords(document: unknown): string {
  let best = { place: '[]', size: 0 };
  const look = (value: unknown, place: string, depth: number): void => {
    if (Array.isArray(value)) {
      const size = value.filter(isObject).length;
      if (size > best.size) best = { place: `${place}[]`, size };
    } else if (isObject(value) && depth < 4) {
      for (const [key, inner] of Object.entries(value)) look(inner, place === '' ? key : `${place}.${key}`, depth + 1);
    }
  };
  look(document, '', 0);
  return best.place;
}
