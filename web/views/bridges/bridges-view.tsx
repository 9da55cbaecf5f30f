import { Button, SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import type { Bridge, TraceResult } from '../../../src/analyses/trace/trace-result.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { useStory } from '../../app/use-story.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { brushOf } from '../../app/view-state.ts';
import { accountName } from '../../format/account-name.ts';
import { count, duration, moment } from '../../format/reader-locale.ts';
import { mapLanes } from '../../map/map-lanes.ts';
import { type DataColumn, DataTable } from '../../parts/data-table.tsx';
import { Foreign } from '../../parts/post-text.tsx';
import { Traced } from '../../parts/traced.tsx';
import { bridgeWords } from './bridge-words.ts';

type Placed = Bridge & { place: number };

export function BridgesView() {
  const story = useStory()!;
  return <Traced story={story}>{(result) => <Bridges result={result} />}</Traced>;
}

/** Who carried what from where to where: a matrix of platforms, then every crossing. */
function Bridges({ result }: { result: TraceResult }) {
  const [state, change] = useViewState();
  const { zone } = usePreferences();
  const brush = brushOf(state);
  const [fromPlatform, toPlatform] = state.platform?.split('>') ?? [];
  const lanes = useMemo(() => mapLanes(result), [result]);
  const kinds = [...new Set(result.bridges.map((one) => one.kind))];
  const inWindow = useMemo<Placed[]>(
    () =>
      result.bridges
        .map((bridge, place) => ({ ...bridge, place }))
        .filter((one) => {
          const time = Date.parse(one.to.time);
          return brush === null || (time >= brush.from && time <= brush.to);
        }),
    [result, state.from, state.to],
  );
  const rows = useMemo(
    () =>
      inWindow.filter(
        (one) =>
          (!state.kind || one.kind === state.kind) &&
          (!fromPlatform || one.from.platform === fromPlatform) &&
          (!toPlatform || one.to.platform === toPlatform),
      ),
    [inWindow, state.kind, fromPlatform, toPlatform],
  );
  const names = useMemo(() => new Map(result.cited.map((post) => [post.account, post])), [result]);
  const texts = useMemo(() => new Map(result.cited.map((post) => [post.post, post.text])), [result]);
  /** What was brought over; of a text its beginning instead of its fingerprint. */
  const carried = (row: Placed) =>
    row.kind === 'same-text' ? (texts.get(row.to.post)?.replace(/\s+/g, ' ').trim() ?? 'the same words') : row.artifact;
  const columns = useMemo<DataColumn<Placed>[]>(
    () => [
      { id: 'time', title: 'When', value: (row) => row.to.time, show: (row) => moment(row.to.time, zone) },
      {
        id: 'way',
        title: 'Way',
        value: (row) => `${row.from.platform} ${row.to.platform}`,
        show: (row) => (
          <>
            {row.from.platform} <span aria-hidden="true">→</span>
            <span className="sr-only"> to </span> {row.to.platform}
          </>
        ),
      },
      {
        id: 'kind',
        title: 'How',
        value: (row) => row.kind,
        show: (row) => (
          <>
            {bridgeWords[row.kind]}
            {!row.certain && <span className="dim"> (order uncertain)</span>}
          </>
        ),
      },
      {
        id: 'who',
        title: 'Carried by',
        value: (row) => accountName(row.to.account, names.get(row.to.account)),
        show: (row) => <Foreign text={accountName(row.to.account, names.get(row.to.account))} most={32} />,
      },
      {
        id: 'artifact',
        title: 'What',
        value: (row) => carried(row),
        show: (row) => <Foreign text={carried(row)} most={60} />,
      },
      {
        id: 'lag',
        title: 'After',
        numeric: true,
        value: (row) => row.lagSeconds,
        show: (row) => duration(row.lagSeconds),
      },
    ],
    [zone, names, texts],
  );
  return (
    <div className="page">
      <header className="page-head">
        <h1>How it crossed</h1>
        <p className="lead">
          A bridge is a post by which something of the story enters a platform after it was seen on another. It shows
          order and content, not who took it from whom.
        </p>
      </header>
      <div className="bridge-columns">
        <Matrix
          lanes={lanes.map((lane) => lane.platform)}
          bridges={inWindow}
          chosen={state.platform ?? null}
          onChoose={(way) => change({ platform: way }, true)}
        />
        <FirstCarriers bridges={inWindow} names={names} onOpen={(place) => change({ evidence: `bridge:${place}` })} />
      </div>
      <div className="filters" style={{ marginTop: 18 }}>
        <SegmentedControl
          size="xs"
          aria-label="Kind of bridge"
          value={state.kind ?? 'all'}
          onChange={(value) => change({ kind: value === 'all' ? null : value }, true)}
          data={[{ value: 'all', label: 'All' }, ...kinds.map((kind) => ({ value: kind, label: bridgeWords[kind] }))]}
        />
        {state.platform && (
          <Button size="compact-xs" variant="default" onClick={() => change({ platform: null }, true)}>
            {fromPlatform} → {toPlatform} ✕<span className="sr-only"> clear</span>
          </Button>
        )}
      </div>
      <DataTable<Placed>
        label="Bridges"
        rows={rows}
        columns={columns}
        rowKey={(row) => String(row.place)}
        sort={state.sort ?? 'time'}
        onSort={(sort) => change({ sort }, true)}
        toggled={state.hide ?? ''}
        onToggled={(hide) => change({ hide }, true)}
        search={state.q ?? ''}
        onOpen={(row) => change({ evidence: `bridge:${row.place}` })}
        height="56vh"
      />
    </div>
  );
}

function Matrix({
  lanes,
  bridges,
  chosen,
  onChoose,
}: {
  lanes: string[];
  bridges: readonly Placed[];
  chosen: string | null;
  onChoose: (way: string | null) => void;
}) {
  const many = new Map<string, { bridges: number; first: number }>();
  for (const bridge of bridges) {
    const way = `${bridge.from.platform}>${bridge.to.platform}`;
    const known = many.get(way) ?? { bridges: 0, first: Number.POSITIVE_INFINITY };
    many.set(way, { bridges: known.bridges + 1, first: Math.min(known.first, bridge.lagSeconds) });
  }
  const most = Math.max(1, ...[...many.values()].map((one) => one.bridges));
  return (
    <section className="panel">
      <h2>From platform to platform</h2>
      <div className="scroll-table plain-scroll" tabIndex={0} role="region" aria-label="Matrix of platforms">
        <table className="matrix">
          <caption className="dim small">Bridges, and the shortest time after which something crossed</caption>
          <thead>
            <tr>
              <th scope="col">From ↓ to →</th>
              {lanes.map((one) => (
                <th scope="col" key={one}>
                  {one}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lanes.map((from) => (
              <tr key={from}>
                <th scope="row">{from}</th>
                {lanes.map((to) => {
                  const way = `${from}>${to}`;
                  const cell = many.get(way);
                  if (!cell)
                    return (
                      <td key={to} className="none">
                        {from === to ? '' : '·'}
                      </td>
                    );
                  return (
                    <td key={to}>
                      <button
                        type="button"
                        className="plain matrix-cell"
                        aria-pressed={chosen === way}
                        style={{
                          background: `color-mix(in srgb, var(--social) ${Math.round(12 + (34 * Math.sqrt(cell.bridges)) / Math.sqrt(most))}%, var(--card))`,
                        }}
                        onClick={() => onChoose(chosen === way ? null : way)}
                        aria-label={`From ${from} to ${to}: ${cell.bridges} bridges, shortest ${duration(cell.first)}`}
                      >
                        <b>{count(cell.bridges)}</b>
                        <span>{duration(cell.first)}</span>
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function FirstCarriers({
  bridges,
  names,
  onOpen,
}: {
  bridges: readonly Placed[];
  names: Map<string | null, { handle: string | null; name: string | null }>;
  onOpen: (place: number) => void;
}) {
  const { zone } = usePreferences();
  const lists: [string, Placed[]][] = [
    ['Linked the thread', bridges.filter((one) => one.kind === 'cites-thread')],
    ['Linked the same thing', bridges.filter((one) => one.kind === 'direct')],
    ['Announced it without a link', bridges.filter((one) => one.kind === 'announced')],
  ];
  return (
    <section className="panel stack">
      {lists.map(([title, list]) => (
        <div key={title}>
          <h3>
            {title} <span className="dim">{count(list.length)}</span>
          </h3>
          {list.length === 0 ? (
            <p className="dim small">Nobody in this {bridges.length === 0 ? 'window' : 'collection'}.</p>
          ) : (
            <ol className="carriers">
              {list
                .toSorted((a, b) => a.to.time.localeCompare(b.to.time))
                .slice(0, 5)
                .map((one) => (
                  <li key={one.place}>
                    <button type="button" className="link" onClick={() => onOpen(one.place)}>
                      <Foreign text={accountName(one.to.account, names.get(one.to.account))} most={30} />
                    </button>{' '}
                    <span className="dim small">
                      on {one.to.platform}, {moment(one.to.time, zone)}, {duration(one.lagSeconds)} after{' '}
                      {one.from.platform}
                    </span>
                  </li>
                ))}
            </ol>
          )}
        </div>
      ))}
    </section>
  );
}
