import { Autocomplete, JsonInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../src/server/api-types.ts';
import { Foreign } from '../../parts/post-text.tsx';
import { type ColumnMap, columnFields, columnOf, listFields, withColumn, withTime } from './column-map-fields.ts';

interface ColumnMapEditorProps {
  map: ColumnMap;
  columns: Answer<'preview'>['columns'];
  onChange: (map: ColumnMap) => void;
}

const zones = Intl.supportedValuesOf('timeZone');

/** What the columns of a table mean: suggested with reasons, changed here, the rest as JSON. */
export function ColumnMapEditor({ map, columns, onChange }: ColumnMapEditorProps) {
  const why = (map._why ?? {}) as Record<string, string>;
  const names = columns.map((one) => one.name);
  const samples = (column: string | null | undefined) =>
    columns.find((one) => one.name === column)?.samples.join(' · ') ?? '';
  const time = (typeof map.time === 'string' ? { column: map.time } : (map.time ?? {})) as Record<string, string>;
  return (
    <fieldset className="column-map">
      <legend>What the columns mean</legend>
      <p className="dim small">
        Suggested from names and values of the first rows. The posts below change with it; nothing is imported yet.
      </p>
      <div className="scroll-table plain-scroll" tabIndex={0} role="region" aria-label="Columns and what they mean">
        <table className="plain-table form-table">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Column</th>
              <th scope="col">Its first values</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Time</th>
              <td>
                <div className="stack tight">
                  <Select
                    size="xs"
                    aria-label="Column of the time"
                    data={names}
                    value={names.includes(time.column ?? '') ? time.column! : null}
                    error={names.includes(time.column ?? '') ? null : 'Choose the column of the time'}
                    searchable
                    onChange={(column) => onChange(withTime(map, 'column', column))}
                  />
                  <Autocomplete
                    size="xs"
                    aria-label="Format of the time"
                    placeholder="Format: iso"
                    data={['iso', 'unix', '%d.%m.%Y %H:%M', '%m/%d/%Y %H:%M', '%Y-%m-%d %H:%M:%S']}
                    value={time.format ?? ''}
                    onChange={(format) => onChange(withTime(map, 'format', format))}
                  />
                  <Autocomplete
                    size="xs"
                    aria-label="Zone of the time"
                    placeholder="Zone, where the values have none"
                    data={['UTC', ...zones]}
                    limit={20}
                    value={time.zone ?? ''}
                    onChange={(zone) => onChange(withTime(map, 'zone', zone))}
                  />
                </div>
              </td>
              <td className="small">
                <Foreign text={samples(time.column)} most={80} />
              </td>
              <td className="dim small">{[why.time, why.zone].filter(Boolean).join('. ')}</td>
            </tr>
            <tr>
              <th scope="row">Platform</th>
              <td>
                {typeof map.platform === 'object' && map.platform !== null ? (
                  <Select
                    size="xs"
                    aria-label="Column of the platform"
                    data={names}
                    value={columnOf(map, 'platform') ?? null}
                    clearable
                    onChange={(column) => onChange(withColumn(map, 'platform', column))}
                  />
                ) : (
                  <TextInput
                    size="xs"
                    aria-label="Platform of all rows"
                    placeholder="x, telegram, facebook, …"
                    value={typeof map.platform === 'string' ? map.platform : ''}
                    onChange={(event) => onChange(withColumn(map, 'platform', event.currentTarget.value || null))}
                  />
                )}
              </td>
              <td />
              <td className="dim small">{why.platform}</td>
            </tr>
            {columnFields.map(([field, label]) => {
              const column = columnOf(map, field);
              return (
                <tr key={field}>
                  <th scope="row">{label}</th>
                  <td>
                    <Select
                      size="xs"
                      aria-label={label}
                      placeholder={column === undefined ? 'several columns, see the JSON' : 'none'}
                      data={[...(listFields.has(field) ? ['from text'] : []), ...names]}
                      value={column ?? null}
                      searchable
                      clearable
                      onChange={(next) => onChange(withColumn(map, field, next))}
                    />
                  </td>
                  <td className="small">
                    <Foreign text={samples(column)} most={80} />
                  </td>
                  <td className="dim small">{why[field]}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <MapAsJson map={map} onChange={onChange} />
    </fieldset>
  );
}

function MapAsJson({ map, onChange }: { map: ColumnMap; onChange: (map: ColumnMap) => void }) {
  const { _why: why, ...shown } = map;
  const [text, setText] = useState<string | null>(null);
  const change = (next: string) => {
    setText(next);
    try {
      const value: unknown = JSON.parse(next);
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        onChange({ ...(value as ColumnMap), ...(why ? { _why: why } : {}) });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  };
  return (
    <details>
      <summary>The whole map, as spillover import --map takes it</summary>
      <JsonInput
        aria-label="Column map as JSON"
        size="xs"
        autosize
        minRows={4}
        maxRows={18}
        formatOnBlur
        validationError="This is not JSON yet."
        value={text ?? JSON.stringify(shown, null, 2)}
        onChange={change}
        onBlur={() => setText(null)}
        styles={{ input: { fontFamily: 'var(--mono)' } }}
      />
    </details>
  );
}
