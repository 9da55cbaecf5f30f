import { join } from 'node:path';
import type { Mask } from '../domain/mask.ts';
import { byteOrderMark, csvLine, idText } from '../exports/csv.ts';
import { writeChunkStream } from '../exports/write-chunks.ts';
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

/** Columns of `posts.csv`. Ids carry their platform, so that no spreadsheet takes them for numbers. */
const postColumns = [
  'post',
  'platform',
  'account',
  'handle',
  'name',
  'time_utc',
  'precision_ms',
  'kind',
  'parent',
  'text',
  'lang',
  'permalink',
  'reach',
  'likes',
  'reshares',
  'replies',
  'views',
  'deleted_at',
  'file',
  'line',
];
const accountColumns = [
  'account',
  'platform',
  'handle',
  'name',
  'created_at',
  'followers',
  'following',
  'posts',
  'verified',
  'description',
];
const numbers = new Set([
  'precision_ms',
  'reach',
  'likes',
  'reshares',
  'replies',
  'views',
  'line',
  'followers',
  'following',
  'posts',
]);

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
  const posts = `with chosen as (${selects.get('post')}), who as (${selects.get('account')}), origin as (${selects.get('source')})
    select chosen.platform || '/' || post_id, chosen.platform, chosen.platform || '/' || who.account_id, who.handle, who.name,
      ${time('chosen.time')}, time_precision_ms::double, kind, chosen.platform || '/' || parent_id, text, lang, permalink,
      reach::double, likes::double, reshares::double, replies::double, views::double, ${time('deleted_at')}, origin.file, line::double
    from chosen left join who on who.account_key = chosen.account_key left join origin on origin.source_key = chosen.source_key
    order by chosen.time, chosen.post_key`;
  const accounts = `with who as (${selects.get('account')})
    select platform || '/' || account_id, platform, handle, name, ${time('created_at')}, followers::double, following::double,
      posts::double, verified, description from who order by account_key`;
  return [
    await writeCsv(spilloverCase, posts, postColumns, join(folder, 'posts.csv')),
    await writeCsv(spilloverCase, accounts, accountColumns, join(folder, 'accounts.csv')),
  ];
}

async function writeCsv(
  spilloverCase: Case,
  sql: string,
  columns: readonly string[],
  path: string,
): Promise<WrittenFile> {
  let rows = 0;
  const isText = columns.map((name) => !numbers.has(name));
  async function* lines(): AsyncGenerator<string> {
    yield byteOrderMark + csvLine(columns);
    for await (const chunk of spilloverCase.database.stream(sql)) {
      const count = chunk[0]?.length ?? 0;
      rows += count;
      let block = '';
      for (let row = 0; row < count; row++) {
        block += csvLine(
          chunk.map((column, at) => {
            const value = column[row] as string | number | boolean | null;
            return isText[at] && typeof value === 'string' ? idText(value) : value;
          }),
        );
      }
      yield block;
    }
  }
  await writeChunkStream(path, lines());
  return { file: path.slice(path.lastIndexOf('/') + 1), rows };
}
