import { noPostReasons, problemReasons } from '../domain/problem-reasons.ts';
import { type Database, literal } from './database.ts';

export interface ProblemEntry {
  line: number | null;
  place: string | null;
  reason: string;
  detail: string;
  sample: string;
}

/** SQL: whether a reason is one of records that never were posts. */
export const neverPost = (reason: string) => `${reason} in (${noPostReasons.map(literal).join(', ')})`;

/** Appends to `problem` what is wrong with staged rows, and faults of records that never became rows, by source key. */
export async function writeProblems(
  database: Database,
  faults: ReadonlyMap<number, readonly ProblemEntry[]>,
  samples: (rows: { row: number; line: number | null }[]) => Promise<Map<number, string>>,
): Promise<void> {
  const found = await database.rows<{
    row: number;
    source: number;
    line: number | null;
    place: string | null;
    reason: string;
    detail: string | null;
  }>(`
    select _row as row, item.source_key as source, _line as line, _at as place, item.problem as reason, staged.detail
    from item join staged on staged.rowid = item.rid where item.problem is not null and not item.embedded order by _row`);
  const texts = await samples(found);
  const columns: (string | null)[][] = Array.from({ length: 6 }, () => []);
  const append = (source: number, { line, place, reason, detail, sample }: ProblemEntry) => {
    const row = [String(source), line === null ? null : String(line), place, reason, detail, sample];
    for (const [at, text] of row.entries()) columns[at]!.push(text);
  };
  for (const [source, some] of faults) for (const fault of some) append(source, fault);
  for (const row of found)
    append(row.source, {
      ...row,
      detail: row.detail ?? describe(row.reason),
      sample: (texts.get(row.row) ?? '').slice(0, 500).toWellFormed(),
    });
  await database.append({ name: 'problem', isTemporary: false }, columns);
}

function describe(reason: string): string {
  return problemReasons[reason]?.about ?? reason;
}
