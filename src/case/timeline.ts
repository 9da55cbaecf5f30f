import { maskPost } from '../analyses/trace/mask-trace.ts';
import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { UserError } from '../base/errors.ts';
import type { Mask } from '../domain/mask.ts';
import { selectTimeline } from '../exports/select-timeline.ts';
import { applyTimelineEdits, parseTimelineEdits, type TimelineEdit } from '../exports/timeline-edits.ts';
import type { Timeline, TimelineEra } from '../exports/timeline-event.ts';
import { type TimelineJs, timelineJs } from '../exports/timelinejs.ts';
import type { Case } from './case.ts';
import { citedPosts } from './cited-posts.ts';
import { caseContext } from './context.ts';
import type { Effects } from './effects.ts';
import { readSetting, writeSetting } from './settings.ts';
import { tracedStory } from './traced.ts';

interface KeptEdits {
  done: TimelineEdit[];
  undone: TimelineEdit[];
}

/** What can be undone and done again, newest first to go. */
export interface TimelineHistory {
  undo: TimelineEdit | null;
  redo: TimelineEdit | null;
  edits: number;
  /** Edits of events that the trace no longer chooses. */
  lost: TimelineEdit[];
}

const settingOf = (story: string) => `timeline/${story}`;

/**
 * The timeline of a story: 20 to 60 moments of its trace with the analyst's edits, the posts they cite, and eras of the context or of
 * `eras`. With a mask, everything in it is masked, the analyst's words too.
 */
export async function storyTimeline(
  spilloverCase: Case,
  story: string,
  options: { mask?: Mask | null; eras?: readonly TimelineEra[] | null },
  effects: Effects,
): Promise<Timeline & { history: TimelineHistory }> {
  const traced = await tracedStory(spilloverCase, story, effects);
  const kept = await keptEdits(spilloverCase, story);
  const { events, lost } = applyTimelineEdits(selectTimeline(traced), kept.done, { strict: false });
  const known = new Map(traced.cited.map((post) => [post.post, post]));
  const others = events.flatMap((event) => event.posts).filter((post) => !known.has(post));
  const wanted = new Set(events.flatMap((event) => event.posts));
  const cited = [...traced.cited.filter((post) => wanted.has(post.post)), ...(await citedPosts(spilloverCase, others))];
  const timeline: Timeline = {
    story,
    title: `How ${story} spread`,
    introduction: introduction(traced),
    version: traced.version,
    events,
    eras: [...(options.eras ?? (await caseContext(spilloverCase)).eras)],
    cited,
  };
  return {
    ...(options.mask ? maskTimeline(timeline, options.mask) : timeline),
    history: { undo: kept.done.at(-1) ?? null, redo: kept.undone.at(-1) ?? null, edits: kept.done.length, lost },
  };
}

/** Adds edits to a story's timeline; all of them or none. What was undone before is forgotten. @throws UserError for an edit that cannot be made. */
export async function editTimeline(
  spilloverCase: Case,
  story: string,
  edits: readonly TimelineEdit[],
  effects: Effects,
): Promise<void> {
  const traced = await tracedStory(spilloverCase, story, effects);
  const kept = await keptEdits(spilloverCase, story);
  const { events } = applyTimelineEdits(selectTimeline(traced), kept.done, { strict: false });
  applyTimelineEdits(events, edits, { strict: true });
  const named = edits.flatMap((one) => (one.edit === 'add' || one.edit === 'cite' ? one.posts : []));
  const found = new Set((await citedPosts(spilloverCase, named)).map((post) => post.post));
  const missing = named.find((post) => !found.has(post));
  if (missing) throw new UserError(`There is no post ${missing} in the case.`, 'Cite posts as platform/post_id.');
  await writeSetting(spilloverCase, settingOf(story), { done: [...kept.done, ...edits], undone: [] });
}

/** Edits that a request holds. @throws UserError that names the first mistake. */
export const readTimelineEdits = (value: unknown): TimelineEdit[] => parseTimelineEdits(value, 'The request');

/** A timeline as TimelineJS reads it. */
export const timelineDocument = (timeline: Timeline): TimelineJs => timelineJs(timeline);

/** Takes the last edit back and returns it; null where there is none. */
export async function undoTimelineEdit(spilloverCase: Case, story: string): Promise<TimelineEdit | null> {
  const kept = await keptEdits(spilloverCase, story);
  const last = kept.done.pop();
  if (!last) return null;
  kept.undone.push(last);
  await writeSetting(spilloverCase, settingOf(story), kept);
  return last;
}

/** Makes the last edit that was taken back again and returns it; null where there is none. */
export async function redoTimelineEdit(spilloverCase: Case, story: string): Promise<TimelineEdit | null> {
  const kept = await keptEdits(spilloverCase, story);
  const next = kept.undone.pop();
  if (!next) return null;
  kept.done.push(next);
  await writeSetting(spilloverCase, settingOf(story), kept);
  return next;
}

/** The edits that undo and redo would step over; null where there are none. */
export async function timelineSteps(
  spilloverCase: Case,
  story: string,
): Promise<{ undo: TimelineEdit | null; redo: TimelineEdit | null }> {
  const kept = await keptEdits(spilloverCase, story);
  return { undo: kept.done.at(-1) ?? null, redo: kept.undone.at(-1) ?? null };
}

async function keptEdits(spilloverCase: Case, story: string): Promise<KeptEdits> {
  return (await readSetting<KeptEdits>(spilloverCase, settingOf(story))) ?? { done: [], undone: [] };
}

function introduction(traced: TraceResult): string {
  const platforms = traced.coverage.filter((one) => one.storyPosts > 0).length;
  return `${traced.posts.toLocaleString('en')} posts of ${traced.accounts.toLocaleString('en')} accounts on ${platforms} platforms, ${traced.window.from.slice(0, 16).replace('T', ' ')} to ${traced.window.to.slice(0, 16).replace('T', ' ')} UTC. ${traced.origin.statement}`;
}

function maskTimeline(timeline: Timeline, mask: Mask): Timeline {
  const authors = new Map(timeline.cited.map((post) => [post.post, post.account]));
  return {
    ...timeline,
    introduction: mask.text(timeline.introduction),
    cited: timeline.cited.map((post) => maskPost(post, mask)),
    events: timeline.events.map((event, at) => ({
      ...event,
      id: `event-${at + 1}`,
      group: mask.text(event.group),
      headline: mask.text(event.headline),
      text: mask.text(event.text),
      reason: mask.text(event.reason),
      posts: event.posts.map((post) => mask.post(post, authors.get(post) ?? null)),
    })),
  };
}
