import { Button, SegmentedControl, Select, Slider, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { call } from '../../api/call.ts';
import { networkQuery } from '../../api/network-query.ts';
import { sessionQuery } from '../../api/queries.ts';
import { ApiError } from '../../api/request.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { useStory } from '../../app/use-story.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { brushOf } from '../../app/view-state.ts';
import { count, moment } from '../../format/reader-locale.ts';
import { JobRow, useJobs } from '../../jobs/job-tray.tsx';
import { ErrorState, Loading, State } from '../../parts/state.tsx';
import { type ColourBy, networkClasses } from './network-classes.ts';
import { NetworkList } from './network-list.tsx';
import { NetworkPicture } from './network-picture.tsx';
import type { Network } from './network-types.ts';

const kinds = { reshare: 'Who reshared whom', coordination: 'Who acted together' } as const;

/** The networks of a story: drawn from a stored layout, coloured, searched, cut by time; what is chosen is listed and opens its posts. */
export function NetworkView() {
  const story = useStory()!;
  const [state, change] = useViewState();
  const kind = state.kind === 'coordination' ? 'coordination' : 'reshare';
  const session = useQuery(sessionQuery);
  const network = useQuery(networkQuery(story, state));
  const job = useJobs().find(
    (one) => one.kind === 'network' && one.story === story && ['running', 'waiting'].includes(one.state),
  );
  const [error, setError] = useState<unknown>(null);
  const missing = network.error instanceof ApiError && network.error.status === 404;
  const build = () => {
    setError(null);
    call('POST /api/stories/{story}/networks/{network}', { params: { story, network: kind } }).catch(setError);
  };
  return (
    <div className="page">
      <header className="page-head">
        <h1>Network</h1>
        <div className="page-tools">
          <SegmentedControl
            size="xs"
            aria-label="Network"
            value={kind}
            data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
            onChange={(value) => change({ kind: value, tab: null, q: null }, true)}
          />
        </div>
        {network.data && <p className="lead">{network.data.statement}</p>}
      </header>
      {job && (
        <div className="panel">
          <JobRow job={job} />
        </div>
      )}
      {error !== null && <ErrorState error={error} />}
      {network.isPending && <Loading height={620} label="Loading the network" />}
      {missing && !job && (
        <State title="This network has not been laid out yet">
          <p>The layout is computed once and kept with the case.</p>
          {session.data?.readOnly ? <p>This workbench is read-only.</p> : <Button onClick={build}>Lay it out</Button>}
        </State>
      )}
      {network.error && !missing && <ErrorState error={network.error} onRetry={() => network.refetch()} />}
      {network.data && <Desk network={network.data} onBuild={session.data?.readOnly ? null : build} />}
    </div>
  );
}

function Desk({ network, onBuild }: { network: Network; onBuild: (() => void) | null }) {
  const [state, change] = useViewState();
  const { zone } = usePreferences();
  const colour = (
    ['role', 'platform', 'community', 'group'].includes(state.colour ?? '') ? state.colour : 'role'
  ) as ColourBy;
  const classes = useMemo(() => networkClasses(network, colour), [network, colour]);
  const begin = network.from ? Date.parse(network.from) : 0;
  const last = useMemo(() => network.edges.first.reduce((most, one) => Math.max(most, one), 0), [network]);
  const [until, setUntil] = useState<number | null>(null);
  const [chosen, setChosen] = useState<{ title: string; nodes: number[] } | null>(null);
  const brush = brushOf(state);
  const window = useMemo(
    () => ({
      from: brush ? (brush.from - begin) / 1000 : Number.NEGATIVE_INFINITY,
      to: Math.min(until ?? Number.POSITIVE_INFINITY, brush ? (brush.to - begin) / 1000 : Number.POSITIVE_INFINITY),
    }),
    [state.from, state.to, until, begin],
  );
  const text = (state.q ?? '').toLowerCase();
  const found = useMemo(
    () =>
      text === ''
        ? null
        : network.nodes.label.flatMap((label, node) =>
            label.toLowerCase().includes(text) || network.nodes.id[node]!.toLowerCase().includes(text) ? [node] : [],
          ),
    [network, text],
  );
  const open = (node: number) => {
    if (network.level === 'communities') change({ tab: String(network.nodes.community[node]), q: null });
    else setChosen({ title: network.nodes.label[node]!, nodes: [node, ...neighbours(network, node)] });
  };
  return (
    <>
      {network.stale && (
        <p className="tag warn">
          The case has changed since this was laid out.{' '}
          {onBuild && (
            <button type="button" className="link" onClick={onBuild}>
              Lay it out again
            </button>
          )}
        </p>
      )}
      <div className="filters">
        {network.community !== null && (
          <Button size="xs" variant="default" onClick={() => change({ tab: null })}>
            ← All communities
          </Button>
        )}
        <Select
          size="xs"
          aria-label="Colour by"
          w={150}
          allowDeselect={false}
          value={colour}
          data={[
            { value: 'role', label: 'Colour: role' },
            { value: 'platform', label: 'Colour: platform' },
            { value: 'community', label: 'Colour: community' },
            { value: 'group', label: 'Colour: group' },
          ]}
          onChange={(value) => change({ colour: value }, true)}
        />
        <TextInput
          size="xs"
          data-search
          aria-label="Search the network"
          placeholder="Search an account  ( / )"
          value={state.q ?? ''}
          w={220}
          onChange={(event) => change({ q: event.currentTarget.value }, true)}
        />
        {found && <span className="dim small">{count(found.length)} found</span>}
        {last > 0 && (
          <div className="network-time">
            <Slider
              size="sm"
              min={0}
              max={last}
              step={Math.max(1, Math.round(last / 300))}
              value={until ?? last}
              onChange={(value) => setUntil(value >= last ? null : value)}
              label={(value) => moment(begin + value * 1000, zone)}
              thumbLabel="Links until this time"
            />
            <span className="dim small">
              {until === null ? 'all links' : `until ${moment(begin + until * 1000, zone)}`}
            </span>
          </div>
        )}
      </div>
      <div className="network-desk">
        <NetworkPicture
          network={network}
          classes={classes}
          window={window}
          found={found}
          chosen={chosen?.nodes ?? null}
          onOpen={open}
        />
        <div className="stack">
          <ul className="network-classes" aria-label="Classes; choose one to list its accounts">
            {classes.list.map((one) => (
              <li key={one.name}>
                <button
                  type="button"
                  className="plain"
                  onClick={() => setChosen({ title: one.name, nodes: one.nodes })}
                >
                  <span className="dot" style={{ background: one.css }} />
                  {one.name} <span className="dim">{count(one.nodes.length)}</span>
                </button>
              </li>
            ))}
          </ul>
          <NetworkList
            network={network}
            chosen={chosen ?? (found ? { title: 'Found', nodes: found } : null)}
            onClear={() => setChosen(null)}
            onOpen={open}
          />
        </div>
      </div>
      <p className="dim small">
        {count(network.accounts)} accounts, {count(network.links)} links
        {network.level === 'communities' ? '; each circle is a community, a click opens it' : ''}. Distance and shape
        carry no exact meaning.
      </p>
    </>
  );
}

function neighbours(network: Network, node: number): number[] {
  const weights = new Map<number, number>();
  const { source, target, weight } = network.edges;
  for (let edge = 0; edge < source.length; edge++) {
    const other = source[edge] === node ? target[edge]! : target[edge] === node ? source[edge]! : -1;
    if (other >= 0) weights.set(other, (weights.get(other) ?? 0) + weight[edge]!);
  }
  return [...weights].sort((a, b) => b[1] - a[1]).map(([other]) => other);
}
