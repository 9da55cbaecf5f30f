import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { TraceResult } from '../../../src/analyses/trace/trace-result.ts';
import { call } from '../../api/call.ts';
import { isoRange, volumeQuery } from '../../api/queries.ts';
import { useStory } from '../../app/use-story.ts';
import { brushChange, spanChange, useViewState } from '../../app/use-view-state.ts';
import { brushOf, spanOf, type TimeRange } from '../../app/view-state.ts';
import { mapMarks } from '../../map/map-marks.ts';
import { niceBins } from '../../map/nice-bins.ts';
import { SpreadMap } from '../../map/spread-map.tsx';
import { openingSpan, wholeSpan, zoomSpan } from '../../map/time-span.ts';
import { storedVolume, type Volume } from '../../map/volume-bins.ts';
import { Traced } from '../../parts/traced.tsx';
import { Chronology } from './chronology.tsx';
import { MapLegend } from './map-legend.tsx';
import { usePlay } from './use-play.ts';
import { VolumeTable } from './volume-table.tsx';
import { WindowSummary } from './window-summary.tsx';

/** Most posts in view that are drawn one by one. */
const mostDots = 400;

export function MapView() {
  const story = useStory()!;
  return <Traced story={story}>{(result, stale) => <StoryMap story={story} result={result} stale={stale} />}</Traced>;
}

function StoryMap({ story, result }: { story: string; result: TraceResult; stale: boolean }) {
  const [state, change] = useViewState();
  const opening = useMemo(() => openingSpan(result), [result]);
  const whole = useMemo(() => wholeSpan(result), [result]);
  const asked = spanOf(state);
  const [span, setSpan] = useState<TimeRange>(asked ?? opening);
  const askedText = state.span;
  useEffect(() => setSpan(spanOf({ ...(askedText ? { span: askedText } : {}) }) ?? opening), [askedText, opening]);
  const settled = useSettled(span, 160);
  useEffect(() => {
    if (settled !== span || settled === opening) return;
    const next = spanChange(settled);
    if (next.span !== askedText) change(next, true);
  }, [settled, span, opening, askedText, change]);
  const brush = brushOf(state);
  const marks = useMemo(() => mapMarks(result), [result]);
  const grid = useMemo(() => niceBins(settled, 170), [settled]);
  const counted = useQuery(volumeQuery(story, grid, grid.bins));
  const inView = counted.data?.total ?? Number.POSITIVE_INFINITY;
  const single = useQuery({
    queryKey: ['posts', 'dots', story, settled.from, settled.to],
    queryFn: ({ signal }) =>
      call('GET /api/posts', { query: { story, ...isoRange(settled), limit: mostDots }, signal }),
    enabled: inView <= mostDots && !counted.isPlaceholderData,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (old) => old,
  });
  const volume = useMemo<Volume | null>(() => {
    const data = counted.data;
    if (!data?.from) return storedVolume(result.openingVolume, span) ?? storedVolume(result.volume, span);
    return {
      from: Date.parse(data.from),
      binMs: data.binMs,
      platforms: new Map(data.platforms.map((one) => [one.platform, one.counts])),
    };
  }, [counted.data, result, span]);
  const roleOf = useMemo(() => strongestRoles(result), [result]);
  const posts = inView <= mostDots ? (single.data?.posts ?? []) : [];
  const [lit, setLit] = useState<string | null>(null);
  const play = usePlay(span, marks);
  const open = useCallback((evidence: string) => change({ evidence }), [change]);
  const select = useCallback((range: TimeRange | null) => change(brushChange(range), true), [change]);
  const [table, setTable] = useState(false);
  const middle = (span.from + span.to) / 2;
  return (
    <div className="page map-page">
      <header className="page-head">
        <h1>How it spread</h1>
        <div className="page-tools" role="toolbar" aria-label="Map">
          <SegmentedControl
            size="xs"
            aria-label="Span of the map"
            value={span === opening ? 'opening' : 'other'}
            data={[
              { value: 'opening', label: 'Opening' },
              { value: 'whole', label: 'Whole story' },
              ...(span === opening ? [] : [{ value: 'other', label: 'Zoomed' }]),
            ]}
            onChange={(value) => {
              if (value === 'opening') {
                setSpan(opening);
                change({ span: null }, true);
              } else if (value === 'whole') setSpan(whole);
            }}
          />
          <Button size="xs" variant="default" disabled={!brush} onClick={() => brush && setSpan(brush)}>
            Zoom to selection
          </Button>
          <Button.Group>
            <Button
              size="xs"
              variant="default"
              aria-label="Zoom out"
              onClick={() => setSpan(zoomSpan(span, 2, middle))}
            >
              −
            </Button>
            <Button
              size="xs"
              variant="default"
              aria-label="Zoom in"
              onClick={() => setSpan(zoomSpan(span, 0.5, middle))}
            >
              +
            </Button>
          </Button.Group>
          <Button size="xs" variant={play.running ? 'filled' : 'default'} onClick={play.toggle}>
            {play.running ? '❚❚ Pause' : '▶ Play'}
          </Button>
          <Button size="xs" variant="default" aria-pressed={table} onClick={() => setTable(!table)}>
            Table
          </Button>
        </div>
      </header>
      <div className="map-columns">
        <div className="stack">
          <SpreadMap
            result={result}
            marks={marks}
            volume={volume}
            span={span}
            brush={brush}
            posts={posts}
            roleOf={roleOf}
            playhead={play.head}
            lit={lit}
            onLit={setLit}
            onSpan={setSpan}
            onBrush={select}
            onOpen={open}
          />
          <MapLegend dots={posts.length > 0} />
          {table && volume && <VolumeTable volume={volume} />}
          {brush && <WindowSummary story={story} range={brush} onOpen={open} />}
        </div>
        <Chronology result={result} marks={marks} lit={lit} onLit={setLit} onOpen={open} />
      </div>
    </div>
  );
}

function strongestRoles(result: TraceResult): Map<string, string> {
  const roles = new Map<string, string>();
  const strength = ['booster', 'catalyst', 'influencer', 'mainstream', 'origin'];
  for (const { account, role, significant } of result.roles) {
    if (!significant) continue;
    const known = roles.get(account);
    if (!known || strength.indexOf(role) > strength.indexOf(known)) roles.set(account, role);
  }
  return roles;
}

/** The value once it has not changed for a while. */
function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
