import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { usePreferences } from '../../app/preferences.tsx';
import { useViewState } from '../../app/use-view-state.ts';
import { evidenceOf } from '../../evidence/evidence-source.ts';
import { clockOf, dayOf, moment, type Zone, zoneName } from '../../format/reader-locale.ts';
import { Foreign, PostText } from '../../parts/post-text.tsx';
import { TimeField } from '../../parts/time-field.tsx';
import type { TimelineEdit, TimelineEvent } from './timeline-types.ts';

interface EventRowProps {
  event: TimelineEvent;
  before: TimelineEvent | null;
  /** The event before which this one stands once it is moved down. */
  after: string | null;
  last: boolean;
  readOnly: boolean;
  onEdit: (edits: TimelineEdit[]) => Promise<void>;
}

/** One moment with what the analyst may do with it. */
export function EventRow({ event, before, after, last, readOnly, onEdit }: EventRowProps) {
  const { zone } = usePreferences();
  const [, change] = useViewState();
  const [editing, setEditing] = useState(false);
  const day = dayOf(event.time, zone);
  const coarse = event.precisionMs >= 86_400_000;
  return (
    <li className={event.hidden ? 'timeline-event hidden' : 'timeline-event'}>
      <div className="timeline-time">
        {(before === null || dayOf(before.time, zone) !== day) && <b>{day}</b>}
        {!coarse && <span>{clockOf(event.time, zone, event.precisionMs < 60_000 ? 'seconds' : 'minutes')}</span>}
        <span className="tag">{event.group}</span>
      </div>
      <div className="timeline-words">
        {editing ? (
          <EventForm
            event={event}
            onCancel={() => setEditing(false)}
            onSave={(edits) => onEdit(edits).then(() => setEditing(false))}
          />
        ) : (
          <>
            <h2>
              <Foreign text={event.headline} most={200} />
            </h2>
            {event.text !== '' && <PostText text={event.text} most={420} />}
            <p className="dim small">
              {event.reason !== '' && <>{withClocks(event.reason, zone)}. </>}
              {event.posts.length > 0 && (
                <button type="button" className="link" onClick={() => change({ evidence: evidenceOf(event.posts) })}>
                  {event.posts.length === 1 ? 'The post' : `${event.posts.length} posts`}
                </button>
              )}
              {event.origin === 'analyst' ? ' · yours' : event.edited ? ' · edited' : ''}
            </p>
          </>
        )}
      </div>
      {!readOnly && !editing && (
        <div className="timeline-tools">
          <Button size="compact-xs" variant="subtle" onClick={() => setEditing(true)}>
            Edit<span className="sr-only"> {event.headline}</span>
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => onEdit([{ edit: event.hidden ? 'show' : 'hide', id: event.id }])}
          >
            {event.hidden ? 'Show' : 'Hide'}
            <span className="sr-only"> {event.headline}</span>
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={before === null}
            aria-label={`Move ${event.headline} up`}
            onClick={() => onEdit([{ edit: 'move', id: event.id, before: before!.id }])}
          >
            ↑
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={last}
            aria-label={`Move ${event.headline} down`}
            onClick={() => onEdit([{ edit: 'move', id: event.id, before: after }])}
          >
            ↓
          </Button>
          {event.origin === 'analyst' && (
            <Button size="compact-xs" variant="subtle" onClick={() => onEdit([{ edit: 'remove', id: event.id }])}>
              Remove<span className="sr-only"> {event.headline}</span>
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

/** A reason with its moments as the reader writes them. */
const withClocks = (reason: string, zone: Zone) =>
  reason.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => `${moment(time, zone)} ${zoneName(zone)}`);

function EventForm({
  event,
  onCancel,
  onSave,
}: {
  event: TimelineEvent;
  onCancel: () => void;
  onSave: (edits: TimelineEdit[]) => Promise<void>;
}) {
  const [headline, setHeadline] = useState(event.headline);
  const [text, setText] = useState(event.text);
  const [time, setTime] = useState(event.time);
  const [posts, setPosts] = useState(event.posts.join('\n'));
  const save = () => {
    const wanted = posts
      .split('\n')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    const added = wanted.filter((one) => !event.posts.includes(one));
    const taken = event.posts.filter((one) => !wanted.includes(one));
    const moved = Date.parse(time) !== Date.parse(event.time);
    const edits: TimelineEdit[] = [];
    if (headline !== event.headline || text !== event.text || moved)
      edits.push({
        edit: 'change',
        id: event.id,
        ...(headline === event.headline ? {} : { headline }),
        ...(text === event.text ? {} : { text }),
        ...(moved ? { time } : {}),
      });
    if (added.length > 0) edits.push({ edit: 'cite', id: event.id, posts: added });
    if (taken.length > 0) edits.push({ edit: 'uncite', id: event.id, posts: taken });
    if (edits.length === 0) onCancel();
    else void onSave(edits);
  };
  return (
    <form
      className="stack"
      onSubmit={(submit) => {
        submit.preventDefault();
        save();
      }}
    >
      <TextInput
        size="xs"
        label="Headline"
        value={headline}
        required
        maxLength={300}
        onChange={(input) => setHeadline(input.currentTarget.value)}
        data-autofocus
        autoFocus
      />
      <Textarea
        size="xs"
        label="Text"
        value={text}
        maxLength={5000}
        autosize
        minRows={2}
        onChange={(input) => setText(input.currentTarget.value)}
      />
      <TimeField size="xs" label="Time (UTC)" required value={time} onChange={setTime} />
      <Textarea
        size="xs"
        label="Cited posts"
        description="One a line, as platform/id; the evidence drawer shows ids of posts."
        value={posts}
        autosize
        minRows={1}
        onChange={(input) => setPosts(input.currentTarget.value)}
      />
      <div className="row">
        <Button size="xs" type="submit">
          Keep
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          Leave as it was
        </Button>
      </div>
    </form>
  );
}
