import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Answer } from '../../../src/server/api-types.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { evidenceOf } from '../../evidence/evidence-source.ts';
import { columnHeading } from '../../format/column-heading.ts';
import { count, measure } from '../../format/reader-locale.ts';
import { type DataColumn, DataTable } from '../../parts/data-table.tsx';
import { Foreign } from '../../parts/post-text.tsx';
import { postsIn, withNames } from './account-words.ts';
import { ResultFigure } from './result-figure.tsx';

type Table = Answer<'analysisResult'>['tables'][number];
type Row = { cells: Table['rows'][number]; place: number };

interface ResultTableProps {
  table: Table;
  /** What accounts are called. */
  names: Readonly<Record<string, string>>;
  csv: string;
  file: string;
  /** The analysis has pictures of its own. */
  drawn: boolean;
}

/** A table of a result with a figure where its columns carry one, to sort and to take along as CSV. */
export function ResultTableView({ table, names, csv, file, drawn }: ResultTableProps) {
  const [, change] = useViewState();
  const [sort, setSort] = useState<string | null>(null);
  const [toggled, setToggled] = useState<string | null>(null);
  const rows = useMemo<Row[]>(() => table.rows.map((cells, place) => ({ cells, place })), [table]);
  const columns = useMemo(
    () =>
      table.columns.map((title, place): DataColumn<Row> => {
        const numeric = table.rows.some((row) => typeof row[place] === 'number');
        return {
          id: String(place),
          title: columnHeading(title),
          numeric,
          value: (row) => {
            const cell = row.cells[place] ?? null;
            if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
            return typeof cell === 'string' ? withNames(cell, names) : cell;
          },
          show: (row) => {
            const cell = row.cells[place] ?? null;
            if (typeof cell === 'number') return measure(cell);
            if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
            const posts = title === 'posts' && cell !== null ? postsIn(cell, names) : null;
            if (posts === null) return <Foreign text={cell === null ? null : withNames(cell, names)} most={90} />;
            return (
              <button
                type="button"
                className="link"
                onClick={(event) => {
                  event.stopPropagation();
                  change({ evidence: evidenceOf(posts) });
                }}
              >
                {posts.length === 1 ? 'the post' : `${count(posts.length)} posts`}
              </button>
            );
          },
        };
      }),
    [table, names, change],
  );
  const open = (row: Row) => {
    const named = row.cells.find(
      (cell): cell is string => typeof cell === 'string' && /^[a-z0-9_-]+\/\S+$/i.test(cell),
    );
    if (named) change({ evidence: `account:${named}` });
  };
  return (
    <section className="panel">
      <h2>{table.title}</h2>
      {!drawn && <ResultFigure table={table} />}
      <DataTable<Row>
        label={table.title}
        rows={rows}
        columns={columns}
        rowKey={(row) => String(row.place)}
        sort={sort}
        onSort={setSort}
        toggled={toggled ?? ''}
        onToggled={setToggled}
        search=""
        onOpen={open}
        height="380px"
        tools={
          <Button size="xs" variant="default" component="a" href={csv} download={file}>
            CSV
          </Button>
        }
      />
      {table.total > table.rows.length && (
        <p className="dim small">
          The first {count(table.rows.length)} of {count(table.total)} rows; the CSV has all of them.
        </p>
      )}
    </section>
  );
}
