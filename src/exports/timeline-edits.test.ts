import { expect, test } from 'vitest';
import { applyTimelineEdits, parseTimelineEdits } from './timeline-edits.ts';
import type { TimelineEvent } from './timeline-event.ts';

const event = (id: string, minute: number): TimelineEvent => ({
  id,
  time: new Date(Date.UTC(2024, 4, 13, 10, minute)).toISOString(),
  earliest: null,
  latest: null,
  precisionMs: 1000,
  group: 'x',
  headline: id,
  text: '',
  reason: 'stage',
  posts: [`x/${minute}`],
  weight: 1,
  origin: 'trace',
  edited: false,
  hidden: false,
});
const chosen = [event('a', 1), event('b', 2), event('c', 3)];
const ids = (edits: unknown) =>
  applyTimelineEdits(chosen, parseTimelineEdits(edits, 'test'), { strict: true }).events.map((one) => one.id);

test('an own event stands at its time, a moved one where the analyst put it', () => {
  expect(ids({ edit: 'add', id: 'own', time: '2024-05-13T10:02:30Z', headline: 'Own' })).toEqual([
    'a',
    'b',
    'own',
    'c',
  ]);
  expect(ids({ edit: 'move', id: 'c', before: 'a' })).toEqual(['c', 'a', 'b']);
  expect(ids({ edit: 'move', id: 'a', before: null })).toEqual(['b', 'c', 'a']);
  expect(ids({ edit: 'change', id: 'a', time: '2024-05-13T10:09:00Z' })).toEqual(['b', 'c', 'a']);
});

test('words, citations and hiding change the event and nothing else; the choice itself is not touched', () => {
  const { events } = applyTimelineEdits(
    chosen,
    parseTimelineEdits(
      [
        { edit: 'change', id: 'b', headline: 'New words' },
        { edit: 'cite', id: 'b', posts: ['4chan/pol/7', 'x/2'] },
        { edit: 'uncite', id: 'b', posts: ['x/2'] },
        { edit: 'hide', id: 'c' },
      ],
      'test',
    ),
    { strict: true },
  );
  expect(events[1]).toMatchObject({ headline: 'New words', posts: ['4chan/pol/7'], edited: true });
  expect(events.map((one) => one.hidden)).toEqual([false, false, true]);
  expect(chosen[1]).toEqual(event('b', 2));
});

test('edits of events that are gone are kept apart, and refused when they are made', () => {
  const edits = parseTimelineEdits([{ edit: 'hide', id: 'gone' }], 'test');
  expect(applyTimelineEdits(chosen, edits, { strict: false }).lost).toEqual(edits);
  expect(() => ids({ edit: 'hide', id: 'gone' })).toThrow('no event "gone"');
  expect(() => ids({ edit: 'remove', id: 'a' })).toThrow('hide it instead');
  expect(() => ids({ edit: 'add', id: 'a', time: '2024-05-13T10:02:30Z', headline: 'x' })).toThrow('already');
  expect(() => ids({ edit: 'move', id: 'a', before: 'gone' })).toThrow('no event "gone"');
  expect(() => ids({ edit: 'add', id: 'n', time: 'yesterday', headline: 'x' })).toThrow('time');
});
