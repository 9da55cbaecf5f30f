import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Importer } from '../importers/importer.ts';
import type { Bound, Database } from '../store/database.ts';
import { loadRepairedRecords, recordPlaces, stageAccounts, stagePosts, unreadRows } from '../store/staging.ts';
import { linesOfRows, type RecordRows } from './record-rows.ts';

interface Verdict {
  problem: string;
  detail: string;
}

const batch = 20_000;
const emptyElement = { problem: 'not-a-post', detail: 'an empty element' };
const recordProblem = { problem: 'unknown-shape', detail: 'nothing that makes a post was found in this record' };
const lineProblem = { problem: 'unknown-shape', detail: 'nothing that makes a post was found in this line' };

/**
 * Looks again, one by one, at the rows from which the database made nothing: a line with a broken escape is mended, a line of
 * another shape is handed to the importer, what is left becomes a problem. Returns the texts of those rows.
 */
export async function resolveUnreadRows(
  database: Database,
  source: RecordRows,
  importer: Importer,
  bound: Bound,
  spoolDir: string,
): Promise<Map<number, string>> {
  const samples = new Map<number, string>();
  const { records } = source;
  if (records.kind !== 'lines') {
    const unread = await unreadRows(database, source.rows, source.rows);
    const places = unread.length === 0 ? [] : await recordPlaces(database, records, unread);
    await stageProblems(
      database,
      places.map(({ row, line, place, text }) => {
        samples.set(row, text);
        return { row, line, place, ...(text === '' || text === 'null' ? emptyElement : recordProblem) };
      }),
    );
    return samples;
  }
  const nothing = new Set(source.emptyRows);
  for (;;) {
    const rows = (await unreadRows(database, source.rows, batch + nothing.size))
      .filter((row) => !nothing.has(row))
      .slice(0, batch);
    if (rows.length === 0) return samples;
    const texts = await linesOfRows(records, rows);
    const path = join(spoolDir, 'repaired.ndjson');
    const out = createWriteStream(path);
    const verdicts = new Map<number, Verdict>();
    let repaired = 0;
    let longest = 0;
    for (const row of rows) {
      const { text, line: number } = texts.get(row) ?? { text: '', line: row };
      const outcome = mend(text, importer);
      if (outcome === 'no-record') nothing.add(row);
      else if ('problem' in outcome) verdicts.set(row, outcome);
      else {
        repaired++;
        const line = `{"row":${row},"line":${number},"record":${outcome.record}}\n`;
        longest = Math.max(longest, line.length * 3);
        if (!out.write(line)) await once(out, 'drain');
      }
      if (samples.size < 100_000) samples.set(row, text.slice(0, 500));
    }
    out.end();
    await once(out, 'close');
    if (repaired > 0) {
      await loadRepairedRecords(database, path, records.columns, longest);
      await stagePosts(database, importer.posts, bound);
      if (importer.accounts) await stageAccounts(database, importer.accounts, bound);
    }
    await stageProblems(
      database,
      [...verdicts].map(([row, verdict]) => ({ row, line: texts.get(row)?.line ?? row, place: null, ...verdict })),
    );
    const still = await unreadRows(database, source.rows, batch + nothing.size);
    await stageProblems(
      database,
      still
        .filter((row) => texts.has(row) && !nothing.has(row))
        .map((row) => ({ row, line: texts.get(row)!.line, place: null, ...lineProblem })),
    );
  }
}

function mend(text: string, importer: Importer): 'no-record' | Verdict | { record: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: 'invalid-json', detail: error.message.slice(0, 200).toWellFormed() };
  }
  if (value === null) return emptyElement;
  if (typeof value !== 'object' || Array.isArray(value)) {
    return {
      problem: 'unknown-shape',
      detail: `the line is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}`,
    };
  }
  const reshaped = importer.reshape?.(value) ?? null;
  if (reshaped === 'no-record') return 'no-record';
  if (reshaped !== null) return { record: wellFormedJson(JSON.stringify(reshaped)) };
  const wellFormed = wellFormedJson(text);
  return wellFormed === text ? lineProblem : { record: wellFormed };
}

/** Replaces lone surrogate escapes, which JSON.parse takes and DuckDB refuses; numbers keep their digits. */
export function wellFormedJson(text: string): string {
  return text
    .replace(
      /\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g,
      (match) => (match.length === 6 ? '\\ufffd' : match),
    )
    .toWellFormed();
}

interface StagedProblem extends Verdict {
  row: number;
  line: number | null;
  place: string | null;
}

async function stageProblems(database: Database, problems: readonly StagedProblem[]): Promise<void> {
  if (problems.length === 0) return;
  await database.run(
    `insert into staged by name
    with found as (
      select unnest(from_json($items, '[{"row":"bigint","line":"bigint","place":"varchar","problem":"varchar","detail":"varchar"}]'), recursive := true)
    )
    select "row" as _row, line as _line, place as _at, problem, detail from found`,
    { items: JSON.stringify(problems) },
  );
}
