import { useQuery } from '@tanstack/react-query';
import { volumeQuery } from '../../api/queries.ts';
import { tierOrder } from '../../map/map-lanes.ts';
import { areaPath } from '../../map/volume-bins.ts';

const width = 300;
const row = 22;

/** A story in small: a strip per platform, each on its own scale. */
export function StorySparkline({ story }: { story: string }) {
  const volume = useQuery(volumeQuery(story, null, 150));
  const platforms = [...(volume.data?.platforms ?? [])]
    .sort((a, b) => tierOrder[a.tier] - tierOrder[b.tier])
    .slice(0, 6);
  return (
    <svg viewBox={`0 0 ${width} ${Math.max(5, platforms.length) * row}`} className="story-sparkline" aria-hidden="true">
      {platforms.map((platform, place) => (
        <g key={platform.platform} transform={`translate(0 ${place * row})`}>
          <line x1={0} x2={width} y1={row - 3} y2={row - 3} stroke={`var(--${platform.tier})`} strokeWidth={0.8} />
          <path
            d={areaPath(
              platform.counts,
              (bin) => (bin * width) / platform.counts.length,
              row - 3,
              row - 6,
              Math.max(1, ...platform.counts),
            )}
            fill={`var(--${platform.tier})`}
          />
        </g>
      ))}
    </svg>
  );
}
