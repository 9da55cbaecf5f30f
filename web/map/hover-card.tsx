import { useEffect } from 'react';
import { accountName } from '../format/account-name.ts';
import { count, moment, type Zone } from '../format/reader-locale.ts';
import { PostText } from '../parts/post-text.tsx';
import { binLength } from './bin-length.ts';
import type { DrawnArc } from './drawn-arcs.ts';
import type { MapFrame } from './map-frame.ts';
import type { MapHover } from './use-map-pointer.ts';
import type { Volume } from './volume-bins.ts';

interface HoverCardProps {
  hover: MapHover;
  frame: MapFrame;
  volume: Volume | null;
  zone: Zone;
  arcs: readonly DrawnArc[];
  onArc: (place: number | null) => void;
}

/** What lies under the pointer: the post, or the posts of the bin on that platform. */
export function HoverCard({ hover, frame, volume, zone, arcs, onArc }: HoverCardProps) {
  const arc = hover.dot ? arcs.find((one) => one.bridge.to.post === hover.dot!.post.post) : undefined;
  useEffect(() => onArc(arc?.place ?? null), [arc, onArc]);
  const right = hover.x > frame.width - 330;
  const style = {
    top: Math.max(0, Math.min(frame.height - 150, hover.y + 16)),
    ...(right ? { right: Math.max(0, frame.width - hover.x + 14) } : { left: hover.x + 14 }),
  };
  const bin = volume ? Math.floor((hover.time - volume.from) / volume.binMs) : -1;
  const posts = hover.lane && volume?.platforms.get(hover.lane.platform)?.[bin];
  return (
    <div className="hover-card" style={style} aria-hidden="true">
      {hover.dot ? (
        <>
          <div className="hover-head">
            <strong>{accountName(hover.dot.post.account, hover.dot.post)}</strong> on {hover.dot.post.platform}
          </div>
          <div className="dim small">{moment(hover.dot.time, zone, (hover.dot.post.precisionMs ?? 1000) < 1000)}</div>
          <PostText text={hover.dot.post.text} most={220} />
          <div className="dim small">Click to open the evidence</div>
        </>
      ) : (
        <>
          <div className="dim small">{moment(hover.time, zone, frame.time(1) - frame.time(0) < 500)}</div>
          {hover.lane && volume && (
            <div>
              <strong>{count(posts ?? 0)}</strong> {posts === 1 ? 'post' : 'posts'} on {hover.lane.platform} in{' '}
              {binLength(volume.binMs)}
            </div>
          )}
        </>
      )}
    </div>
  );
}
