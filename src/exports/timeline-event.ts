import type { CitedPost } from '../analyses/trace/trace-result.ts';

/** One moment of a timeline, in plain text; nothing in it is HTML. */
export interface TimelineEvent {
  /** Stays the same as long as the trace finds the same moment; analysts' edits name it. */
  id: string;
  /** ISO UTC. */
  time: string;
  /** Bounds of what is known, where the time is not certain. */
  earliest: string | null;
  latest: string | null;
  /** Length of the unit to which the time is known: 1 is a millisecond, 86,400,000 a day. */
  precisionMs: number;
  /** Lane: a platform, or what the analyst wrote. */
  group: string;
  headline: string;
  text: string;
  /** Why it is on the timeline. */
  reason: string;
  /** Posts that it cites, `platform/post_id`. */
  posts: string[];
  /** Larger is more important when there are too many. */
  weight: number;
  origin: 'trace' | 'analyst';
  edited: boolean;
  hidden: boolean;
}

export interface TimelineEra {
  name: string;
  from: string;
  to: string;
}

export interface Timeline {
  story: string;
  title: string;
  introduction: string;
  version: string;
  events: TimelineEvent[];
  eras: TimelineEra[];
  /** The posts that events cite. */
  cited: CitedPost[];
}
