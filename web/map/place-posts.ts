import type { Post } from '../../src/server/api-types.ts';
import type { MapFrame } from './map-frame.ts';

/** A post as a dot of its lane. */
export interface DrawnPost {
  post: Post;
  time: number;
  x: number;
  y: number;
  radius: number;
  colour: string;
}

/** Posts as dots over their lane's base line; posts that would lie on each other are stacked. */
export function placePosts(posts: readonly Post[], frame: MapFrame, roleOf: ReadonlyMap<string, string>): DrawnPost[] {
  const lanes = new Map(frame.lanes.map((lane) => [lane.platform, lane]));
  const taken = new Map<string, number>();
  return posts.flatMap((post): DrawnPost[] => {
    const lane = lanes.get(post.platform);
    if (!lane || post.time === null) return [];
    const time = Date.parse(post.time);
    const x = frame.x(time);
    const column = `${post.platform} ${Math.round(x / 8)}`;
    const row = taken.get(column) ?? 0;
    taken.set(column, row + 1);
    const role = (post.account && roleOf.get(post.account)) || 'participant';
    const y = lane.floor - 9 - ((row * 9) % Math.max(9, lane.height - 24));
    return [{ post, time, x, y, radius: role === 'participant' ? 3 : 4, colour: `var(--${role})` }];
  });
}
