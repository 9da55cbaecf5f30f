import { Button, Checkbox, Menu } from '@mantine/core';
import {
  type ColumnDef,
  columnFilteringFeature,
  columnVisibilityFeature,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useMemo, useRef } from 'react';
import { count } from '../format/reader-locale.ts';

/** A column: `value` sorts and is searched, `show` draws it (else the value is written as it is). */
export interface DataColumn<Row> {
  id: string;
  title: string;
  value: (row: Row) => string | number | null;
  show?: (row: Row) => ReactNode;
  numeric?: boolean;
  help?: string;
  /** Hidden until the reader chooses it. */
  hidden?: boolean;
  width?: number;
}

interface DataTableProps<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly DataColumn<Row>[];
  rowKey: (row: Row) => string;
  /** `id` ascending or `-id` descending. */
  sort: string | null;
  onSort: (sort: string) => void;
  /** Columns that differ from how they begin, comma-separated. */
  toggled: string;
  onToggled: (toggled: string | null) => void;
  search: string;
  onOpen: (row: Row) => void;
  height?: string;
  tools?: ReactNode;
}

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  columnVisibilityFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
  sortFns: { alphanumeric: sortFn_alphanumeric },
});

/** A table for many rows: sorted and searched here, columns to choose, only what is in view is drawn; arrow keys move along rows, Enter opens one. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowKey, sort, onSort, toggled, onToggled, search, onOpen, tools } = props;
  const data = useMemo(() => [...rows], [rows]);
  const switched = useMemo(() => new Set(toggled.split(',').filter((one) => one !== '')), [toggled]);
  const definitions = useMemo(() => {
    return columns.map(
      (column): ColumnDef<typeof features, Row> => ({
        id: column.id,
        header: column.title,
        accessorFn: (row) => column.value(row) ?? undefined,
        sortUndefined: 'last',
        ...(column.numeric ? {} : { sortFn: 'alphanumeric' as const }),
      }),
    );
  }, [columns]);
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const columnVisibility = Object.fromEntries(
    columns.map((column) => [column.id, (column.hidden ?? false) === switched.has(column.id)]),
  );
  const sorting: SortingState = sort ? [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }] : [];
  const table = useTable({
    features,
    data,
    columns: definitions,
    state: { sorting, columnVisibility, globalFilter: search },
    globalFilterFn: 'includesString',
    getColumnCanGlobalFilter: () => true,
    getRowId: rowKey,
  });
  const shown = table.getRowModel().rows;
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 33,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const visible = columns.filter((column) => columnVisibility[column.id]);
  const keys = (event: KeyboardEvent<HTMLTableRowElement>, place: number, row: Row) => {
    if (event.key === 'Enter' && event.target === event.currentTarget) return onOpen(row);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = place + step;
    if (step === 0 || next < 0 || next >= shown.length) return;
    event.preventDefault();
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus());
  };
  return (
    <div className="data-table">
      <div className="data-table-tools">
        <span className="dim small">
          {shown.length === rows.length ? count(rows.length) : `${count(shown.length)} of ${count(rows.length)}`}{' '}
          {rows.length === 1 ? 'row' : 'rows'}
        </span>
        <div className="page-tools">
          {tools}
          <Menu closeOnItemClick={false} position="bottom-end">
            <Menu.Target>
              <Button size="xs" variant="default">
                Columns
              </Button>
            </Menu.Target>
            <Menu.Dropdown mah={380} style={{ overflowY: 'auto' }}>
              {columns.map((column) => (
                <Menu.Item
                  key={column.id}
                  onClick={() => {
                    const next = new Set(switched);
                    if (!next.delete(column.id)) next.add(column.id);
                    onToggled(next.size === 0 ? null : [...next].join(','));
                  }}
                >
                  <Checkbox
                    size="xs"
                    label={column.title}
                    checked={columnVisibility[column.id] ?? false}
                    readOnly
                    tabIndex={-1}
                    style={{ pointerEvents: 'none' }}
                  />
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
      <div className="scroll-table" ref={scroll} style={{ maxHeight: props.height ?? '68vh' }}>
        <table className="plain-table rows" aria-label={label} aria-rowcount={shown.length + 1}>
          <thead>
            <tr>
              {visible.map((column) => {
                const sorted =
                  sort?.replace(/^-/, '') === column.id ? (sort.startsWith('-') ? 'descending' : 'ascending') : 'none';
                return (
                  <th
                    key={column.id}
                    scope="col"
                    className={column.numeric ? 'n' : ''}
                    aria-sort={sorted}
                    style={column.width ? { width: column.width } : {}}
                  >
                    <button
                      type="button"
                      className="plain"
                      title={column.help}
                      onClick={() =>
                        onSort(
                          sorted === 'none'
                            ? `${column.numeric ? '-' : ''}${column.id}`
                            : sorted === 'ascending'
                              ? `-${column.id}`
                              : column.id,
                        )
                      }
                    >
                      {column.title}
                      <span aria-hidden="true" className="sort-sign">
                        {sorted === 'ascending' ? ' ▲' : sorted === 'descending' ? ' ▼' : ''}
                      </span>
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr className="filler" style={{ height: before }} />}
            {items.map((item) => {
              const row = shown[item.index]!;
              return (
                <tr
                  key={row.id}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  data-place={item.index}
                  aria-rowindex={item.index + 2}
                  tabIndex={0}
                  onClick={() => onOpen(row.original)}
                  onKeyDown={(event) => keys(event, item.index, row.original)}
                >
                  {row.getVisibleCells().map((cell) => {
                    const column = byId.get(cell.column.id)!;
                    return (
                      <td key={cell.id} className={column.numeric ? 'n' : ''}>
                        {column.show ? column.show(row.original) : column.value(row.original)}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
            {after > 0 && <tr className="filler" style={{ height: after }} />}
          </tbody>
        </table>
        {shown.length === 0 && (
          <p className="empty-rows">Nothing fits the search and filters. Clear one of them to see more.</p>
        )}
      </div>
    </div>
  );
}
