import { z } from 'zod';
import { UserError } from '../base/errors.ts';
import type { TimelineEvent } from './timeline-event.ts';

const id = z.string().min(1).max(500);
const post = z.string().regex(/^[a-z0-9]+\/.+$/i, 'write posts as platform/post_id');
const headline = z.string().min(1).max(300);
const text = z.string().max(5000);
const time = z.iso.datetime({ offset: true });
const precisionMs = z
  .number()
  .int()
  .min(1)
  .max(366 * 86_400_000);
const group = z.string().min(1).max(80);

const edit = z.discriminatedUnion('edit', [
  z.strictObject({
    edit: z.literal('add'),
    id,
    time,
    precisionMs: precisionMs.default(1000),
    group: group.default('analyst'),
    headline,
    text: text.default(''),
    posts: z.array(post).default([]),
  }),
  z.strictObject({
    edit: z.literal('change'),
    id,
    time: time.optional(),
    precisionMs: precisionMs.optional(),
    group: group.optional(),
    headline: headline.optional(),
    text: text.optional(),
  }),
  z.strictObject({ edit: z.literal('hide'), id }),
  z.strictObject({ edit: z.literal('show'), id }),
  z.strictObject({ edit: z.literal('remove'), id }),
  z.strictObject({ edit: z.literal('move'), id, before: id.nullable() }),
  z.strictObject({ edit: z.literal('cite'), id, posts: z.array(post).min(1) }),
  z.strictObject({ edit: z.literal('uncite'), id, posts: z.array(post).min(1) }),
]);

/**
 * One change that an analyst makes to a timeline: add an own event, change words or time, hide, show, remove an own event, move it before another
 * (null: to the end), cite posts, take citations back.
 */
export type TimelineEdit = z.infer<typeof edit>;

/** @throws UserError that names the first mistake. */
export function parseTimelineEdits(value: unknown, from: string): TimelineEdit[] {
  const parsed = z.array(edit).safeParse(Array.isArray(value) ? value : [value]);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new UserError(
    `${from} holds no edits of a timeline: ${first ? `${first.path.join('.') || 'the document'}: ${first.message}` : 'it does not fit'}.`,
    'An edit is {"edit":"add|change|hide|show|remove|move|cite|uncite","id":"…", …}; docs/guide/publishing.md shows each.',
  );
}

/**
 * The events after an analyst's edits, in the order of time unless some were moved.
 * Edits of events that a new trace no longer chooses are returned in `lost`; they change nothing.
 * @throws UserError for an edit that cannot be made, with `strict`
 */
export function applyTimelineEdits(
  chosen: readonly TimelineEvent[],
  edits: readonly TimelineEdit[],
  options: { strict: boolean },
): { events: TimelineEvent[]; lost: TimelineEdit[] } {
  const events = chosen.map((event) => ({ ...event, posts: [...event.posts] }));
  const lost: TimelineEdit[] = [];
  for (const one of edits) {
    const problem = apply(events, one);
    if (problem === null) continue;
    if (options.strict) throw new UserError(problem, 'spillover timeline show STORY lists the events with their ids.');
    lost.push(one);
  }
  return { events, lost };
}

function apply(events: TimelineEvent[], edit: TimelineEdit): string | null {
  const at = events.findIndex((event) => event.id === edit.id);
  if (edit.edit === 'add') {
    if (at >= 0) return `There is an event "${edit.id}" already.`;
    insertByTime(events, {
      id: edit.id,
      time: new Date(edit.time).toISOString(),
      earliest: null,
      latest: null,
      precisionMs: edit.precisionMs,
      group: edit.group,
      headline: edit.headline,
      text: edit.text,
      reason: '',
      posts: edit.posts,
      weight: 100,
      origin: 'analyst',
      edited: false,
      hidden: false,
    });
    return null;
  }
  const event = events[at];
  if (!event) return `There is no event "${edit.id}".`;
  switch (edit.edit) {
    case 'change': {
      const { edit: _, id: __, time: given, ...rest } = edit;
      Object.assign(event, rest, { edited: true });
      if (given !== undefined) {
        Object.assign(event, { time: new Date(given).toISOString(), earliest: null, latest: null });
        events.splice(at, 1);
        insertByTime(events, event);
      }
      return null;
    }
    case 'hide':
    case 'show':
      event.hidden = edit.edit === 'hide';
      return null;
    case 'remove':
      if (event.origin !== 'analyst') return `"${edit.id}" comes from the trace: hide it instead.`;
      events.splice(at, 1);
      return null;
    case 'move': {
      const [moved] = events.splice(at, 1);
      const to = edit.before === null ? events.length : events.findIndex((other) => other.id === edit.before);
      events.splice(to < 0 ? at : to, 0, moved!);
      return to < 0 ? `There is no event "${edit.before}".` : null;
    }
    case 'cite':
      event.posts.push(...edit.posts.filter((one) => !event.posts.includes(one)));
      event.edited = true;
      return null;
    case 'uncite':
      event.posts = event.posts.filter((one) => !edit.posts.includes(one));
      event.edited = true;
      return null;
  }
}

function insertByTime(events: TimelineEvent[], event: TimelineEvent): void {
  const at = events.findIndex((other) => other.time > event.time);
  events.splice(at < 0 ? events.length : at, 0, event);
}
