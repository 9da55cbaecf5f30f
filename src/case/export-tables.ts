import { join } from 'node:path';
import type { Mask } from '../domain/mask.ts';
import { byteOrderMark, csvLine } from '../exports/csv.ts';
import { writeChunkStream } from '../exports/write-chunks.ts';
import { type CsvColumn, csvLines } from '../store/csv-lines.ts';
import { copyToParquet, tableSelects } from '../store/export-tables.ts';
import { loadMaskFunctions } from '../store/mask-functions.ts';
import type { Case } from './case.ts';
import { getStory, selectStory } from './stories.ts';

export interface WrittenFile {
  file: string;
  rows: number | null;
}

/** Every table of the case, or its rows that belong to a story, as Parquet files in a folder. */
export async function exportParquet(
  spilloverCase: Case,
  story: string | null,
  mask: Mask | null,
  folder: string,
  onTable: (table: string) => void,
): Promise<WrittenFile[]> {
  const { database } = spilloverCase;
  if (story !== null) await selectStory(spilloverCase, await getStory(spilloverCase, story));
  if (mask) await loadMaskFunctions(database, mask);
  const written: WrittenFile[] = [];
  for (const { table, sql } of tableSelects({ story: story !== null, masked: mask !== null })) {
    onTable(table);
    const file = `${table}.parquet`;
    written.push({ file, rows: await copyToParquet(database, sql, join(folder, file)) });
  }
  return written;
}

const time = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
const id = (name: string, sql = name): CsvColumn => ({ name, sql, kind: 'id' });
const number = (name: string, sql = name): CsvColumn => ({ name, sql, kind: 'number' });

/** Columns of `posts.csv`. Ids carry their platform, so that no spreadsheet takes them for numbers. */
const postColumns: readonly CsvColumn[] = [
  id('post', `chosen.platform || '/' || post_id`),
  id('platform', 'chosen.platform'),
  id('account', `chosen.platform || '/' || who.account_id`),
  id('handle', 'who.handle'),
  id('name', 'who.name'),
  id('time_utc', time('chosen.time')),
  number('precision_ms', 'time_precision_ms'),
  id('kind'),
  id('parent', `chosen.platform || '/' || parent_id`),
  id('text'),
  id('lang'),
  id('permalink'),
  number('reach'),
  number('likes'),
  number('reshares'),
  number('replies'),
  number('views'),
  id('deleted_at', time('deleted_at')),
  id('file', 'origin.file'),
  number('line'),
];
const accountColumns: readonly CsvColumn[] = [
  id('account', `platform || '/' || account_id`),
  id('platform'),
  id('handle'),
  id('name'),
  id('created_at', time('created_at')),
  number('followers'),
  number('following'),
  number('posts'),
  id('verified'),
  id('description'),
];

/** The posts and accounts of the case or of a story as CSV files for spreadsheets: UTF-8 with mark, no formulas, ids as text. */
export async function exportPostsCsv(
  spilloverCase: Case,
  story: string | null,
  mask: Mask | null,
  folder: string,
): Promise<WrittenFile[]> {
  const { database } = spilloverCase;
  if (story !== null) await selectStory(spilloverCase, await getStory(spilloverCase, story));
  if (mask) await loadMaskFunctions(database, mask);
  const selects = new Map(
    tableSelects({ story: story !== null, masked: mask !== null }).map((one) => [one.table, one.sql]),
  );
  const posts = {
    before: `with chosen as (${selects.get('post')}), who as (${selects.get('account')}), origin as (${selects.get('source')})`,
    from: `from chosen left join who on who.account_key = chosen.account_key left join origin on origin.source_key = chosen.source_key
      order by chosen.time, chosen.post_key`,
  };
  const accounts = { before: `with who as (${selects.get('account')})`, from: 'from who order by account_key' };
  return [
    await writeCsv(spilloverCase, posts, postColumns, join(folder, 'posts.csv')),
    await writeCsv(spilloverCase, accounts, accountColumns, join(folder, 'accounts.csv')),
  ];
}

async function writeCsv(
  spilloverCase: Case,
  select: { before: string; from: string },
  columns: readonly CsvColumn[],
  path: string,
): Promise<WrittenFile> {
  let rows = 0;
  async function* pieces(): AsyncGenerator<string> {
    yield byteOrderMark + csvLine(columns.map((column) => column.name));
    for await (const lines of csvLines(spilloverCase.database, columns, select)) {
      rows += lines.length;
      yield lines.join('');
    }
  }
  await writeChunkStream(path, pieces());
  return { file: path.slice(path.lastIndexOf('/') + 1), rows };
}
