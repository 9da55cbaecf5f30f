import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Answer } from '../../../src/server/api-types.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { count } from '../../format/reader-locale.ts';
import { type DataColumn, DataTable } from '../../parts/data-table.tsx';
import { Foreign } from '../../parts/post-text.tsx';
import { ResultFigure } from './result-figure.tsx';

type Table = Answer<'analysisResult'>['tables'][number];
type Row = { cells: Table['rows'][number]; place: number };

const number = new Intl.NumberFormat(navigator.languages?.[0] ?? 'en', { maximumSignificantDigits: 5 });

interface ResultTableProps {
  table: Table;
  csv: string;
  file: string;
  /** The analysis has pictures of its own. */
  drawn: boolean;
}

/** A table of a result with a figure where its columns carry one, to sort and to take along as CSV. */
export function ResultTableView({ table, csv, file, drawn }: ResultTableProps) {
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
          title,
          numeric,
          value: (row) => {
            const cell = row.cells[place] ?? null;
            return typeof cell === 'boolean' ? (cell ? 'yes' : 'no') : cell;
          },
          show: (row) => {
            const cell = row.cells[place] ?? null;
            if (typeof cell === 'number') return number.format(cell);
            if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
            return <Foreign text={cell} most={90} />;
          },
        };
      }),
    [table],
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
