import type { TraceResult } from '../../src/analyses/trace/trace-result.ts';
import { count, shortCount } from '../format/reader-locale.ts';
import { binLength } from './bin-length.ts';
import type { MapFrame, PlacedLane } from './map-frame.ts';
import { areaPath, type Volume } from './volume-bins.ts';

interface LaneAreaProps {
  lane: PlacedLane;
  frame: MapFrame;
  volume: Volume | null;
  result: TraceResult;
  played: boolean;
}

/** One platform: name and tier, posts over time on its own scale, and beneath it when it was collected. */
export function LaneArea({ lane, frame, volume, result, played }: LaneAreaProps) {
  const counts = volume?.platforms.get(lane.platform);
  const most = Math.max(1, ...Array.from(counts ?? [0]));
  const path =
    volume && counts
      ? areaPath(counts, (bin) => frame.x(volume.from + bin * volume.binMs), lane.floor, lane.height - 20, most)
      : '';
  return (
    <g>
      <rect x={frame.left} y={lane.top} width={frame.plotWidth} height={lane.height} fill="var(--lane)" />
      <g clipPath="url(#spread-inside)">
        <path d={path} fill={`var(--${lane.tier})`} opacity={played ? 0.14 : 0.72} />
        {played && <path d={path} fill={`var(--${lane.tier})`} opacity={0.8} clipPath="url(#spread-played)" />}
      </g>
      <line
        x1={frame.left}
        x2={frame.left + frame.plotWidth}
        y1={lane.floor}
        y2={lane.floor}
        stroke={`var(--${lane.tier})`}
      />
      {frame.narrow ? (
        <text x={6} y={lane.top + 14} className="lane-name">
          {lane.platform}
          <tspan className="lane-small" dx={6}>
            {lane.tier} · {shortCount(lane.posts)}
          </tspan>
        </text>
      ) : (
        <g>
          <rect x={0} y={lane.top} width={4} height={lane.height} fill={`var(--${lane.tier})`} />
          <text x={14} y={lane.top + 20} className="lane-name">
            {lane.platform}
          </text>
          <text x={14} y={lane.top + 37} className="lane-small">
            {lane.tier}
          </text>
          <text x={14} y={lane.top + 53} className="lane-small">
            {shortCount(lane.posts)} {lane.posts === 1 ? 'post' : 'posts'}
          </text>
        </g>
      )}
      {volume && counts && (
        <text x={frame.left + frame.plotWidth - 5} y={lane.top + 13} textAnchor="end" className="lane-small">
          ↑ {count(most)} per {binLength(volume.binMs)}
        </text>
      )}
      <CoverageStrip lane={lane} frame={frame} result={result} />
    </g>
  );
}

function CoverageStrip({ lane, frame, result }: Pick<LaneAreaProps, 'lane' | 'frame' | 'result'>) {
  const entry = result.coverage.find((one) => one.platform === lane.platform);
  if (!entry) return null;
  const y = lane.floor + 4;
  const bar = (from: string, to: string, fill: string, key: string) => {
    const a = Math.max(frame.left, frame.x(Date.parse(from)));
    const b = Math.min(frame.left + frame.plotWidth, frame.x(Date.parse(to)));
    return b > a ? <rect key={key} x={a} y={y} width={b - a} height={3} fill={fill} /> : null;
  };
  return (
    <g>
      <line
        x1={frame.left}
        x2={frame.left + frame.plotWidth}
        y1={y + 1.5}
        y2={y + 1.5}
        stroke="var(--dim)"
        strokeWidth={1}
        strokeDasharray="1 4"
      />
      {bar(entry.from, entry.to, entry.declared ? 'var(--collected)' : 'var(--participant)', 'all')}
      {entry.gaps.map(([a, b]) => bar(a, b, 'var(--paper)', `gap ${a}`))}
      {entry.capped.map(([a, b]) => bar(a, b, 'url(#hatch)', `cap ${a}`))}
    </g>
  );
}
