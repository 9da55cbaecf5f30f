import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { count } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';
import { Loading } from '../../parts/state.tsx';

const page = 50;

/** Records that could not become posts: by reason, and one by one with a sample. */
export function Problems() {
  const [reason, setReason] = useState<string | null>(null);
  const [offset, setOffset] = useState(0);
  const problems = useQuery({
    queryKey: ['problems', reason, offset],
    queryFn: ({ signal }) =>
      call('GET /api/problems', { query: { limit: page, offset, ...(reason ? { reason } : {}) }, signal }),
    placeholderData: keepPreviousData,
  });
  if (problems.error) return <p className="dim">{problems.error.message}</p>;
  if (!problems.data) return <Loading height={200} />;
  const { groups, problems: rows, total } = problems.data;
  return (
    <section>
      <h2>Problems</h2>
      <table className="plain-table">
        <tbody>
          {groups.slice(0, 20).map((one) => (
            <tr key={one.file + one.reason + one.detail}>
              <th scope="row">
                <button
                  type="button"
                  className="link"
                  aria-pressed={reason === one.reason}
                  onClick={() => {
                    setReason(reason === one.reason ? null : one.reason);
                    setOffset(0);
                  }}
                >
                  {one.reason}
                </button>{' '}
                <span className="dim">
                  <Foreign text={one.detail} most={80} />
                </span>
              </th>
              <td className="dim">
                <Foreign text={one.file} most={50} />
              </td>
              <td className="n">{count(one.problems)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div
        className="scroll-table"
        style={{ marginTop: 10 }}
        tabIndex={0}
        role="region"
        aria-label="Records that could not be read"
      >
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">File, line</th>
              <th scope="col">Reason</th>
              <th scope="col">Record</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: problems have no name
              <tr key={place}>
                <td>
                  <Foreign text={one.file} most={40} /> {one.line === null ? one.place : `line ${count(one.line)}`}
                </td>
                <td>
                  {one.reason} <Foreign text={one.detail} most={80} />
                </td>
                <td>
                  <code>
                    <Foreign text={one.sample} most={200} />
                  </code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row small">
        {count(Math.min(total, offset + 1))}–{count(Math.min(total, offset + page))} of {count(total)}
        <Button size="compact-xs" variant="default" disabled={offset === 0} onClick={() => setOffset(offset - page)}>
          Before
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={offset + page >= total}
          onClick={() => setOffset(offset + page)}
        >
          Next
        </Button>
      </div>
    </section>
  );
}
