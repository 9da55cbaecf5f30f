import { Button, Checkbox } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { call, endpointAddress } from '../../api/call.ts';
import { sessionQuery } from '../../api/queries.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { useStory } from '../../app/use-story.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { brushOf } from '../../app/view-state.ts';
import { count, zoneName } from '../../format/reader-locale.ts';
import { ErrorState, Loading } from '../../parts/state.tsx';
import { Traced } from '../../parts/traced.tsx';
import { UndoButtons } from '../../parts/undo-buttons.tsx';
import { EventRow } from './event-row.tsx';
import { NewEvent } from './new-event.tsx';
import { TimelinePreview } from './timeline-preview.tsx';
import type { TimelineEdit } from './timeline-types.ts';

export function TimelineView() {
  const story = useStory()!;
  return <Traced story={story}>{() => <Desk story={story} />}</Traced>;
}

/** Moments that the trace suggests, with reasons; the analyst changes, hides, moves, adds and cites, and sees the result as readers will. */
function Desk({ story }: { story: string }) {
  const queries = useQueryClient();
  const [state, change] = useViewState();
  const { zone } = usePreferences();
  const session = useQuery(sessionQuery);
  const timeline = useQuery({
    queryKey: ['timeline', story],
    queryFn: ({ signal }) => call('GET /api/stories/{story}/timeline', { params: { story }, signal }),
  });
  const [error, setError] = useState<unknown>(null);
  const [adding, setAdding] = useState(false);
  const preview = state.tab === 'preview';
  const edit = useCallback(
    async (edits: TimelineEdit[]) => {
      setError(null);
      try {
        queries.setQueryData(
          ['timeline', story],
          await call('POST /api/stories/{story}/timeline', { params: { story }, body: { edits } }),
        );
        await queries.invalidateQueries({ queryKey: ['history', `timeline/${story}`] });
      } catch (failed) {
        setError(failed);
      }
    },
    [queries, story],
  );
  if (timeline.error) return <ErrorState error={timeline.error} onRetry={() => timeline.refetch()} />;
  if (!timeline.data || !session.data)
    return (
      <div className="page">
        <Loading height={600} />
      </div>
    );
  const { readOnly } = session.data;
  const { events } = timeline.data;
  const brush = brushOf(state);
  const hiddenToo = state.kind === 'hidden';
  const shown = events.filter((event) => {
    const time = Date.parse(event.time);
    return (hiddenToo || !event.hidden) && (brush === null || (time >= brush.from && time <= brush.to));
  });
  const hidden = events.filter((event) => event.hidden).length;
  return (
    <div className="page">
      <header className="page-head">
        <h1>Timeline</h1>
        <p className="lead">
          {count(events.length - hidden)} moments, each with its posts. Times in {zoneName(zone)}; the published
          timeline is in UTC.
        </p>
        <div className="page-tools">
          {!readOnly && <UndoButtons subject={`timeline/${story}`} keys />}
          {!readOnly && (
            <Button size="xs" variant="default" aria-expanded={adding} onClick={() => setAdding(!adding)}>
              Add a moment
            </Button>
          )}
          <Button
            size="xs"
            variant={preview ? 'filled' : 'default'}
            aria-pressed={preview}
            onClick={() => change({ tab: preview ? null : 'preview' }, true)}
          >
            Preview
          </Button>
          <Button
            size="xs"
            variant="default"
            component="a"
            href={endpointAddress('GET /api/stories/{story}/timeline.json', { params: { story } })}
            download={`${story}-timelinejs.json`}
          >
            TimelineJS file
          </Button>
        </div>
      </header>
      {error !== null && <ErrorState error={error} />}
      {adding && !readOnly && <NewEvent onAdd={(event) => edit([event]).then(() => setAdding(false))} />}
      {preview && <TimelinePreview story={story} changed={timeline.dataUpdatedAt} />}
      {hidden > 0 && (
        <Checkbox
          size="xs"
          label={`Show the ${hidden} hidden`}
          checked={hiddenToo}
          onChange={(event) => change({ kind: event.currentTarget.checked ? 'hidden' : null }, true)}
        />
      )}
      <ol className="timeline" aria-label="Moments">
        {shown.map((event, place) => (
          <EventRow
            key={event.id}
            event={event}
            before={shown[place - 1] ?? null}
            after={shown[place + 2]?.id ?? null}
            last={place === shown.length - 1}
            readOnly={readOnly}
            onEdit={edit}
          />
        ))}
      </ol>
      {shown.length === 0 && <p className="dim">No moment lies in the selected window. Clear it above to see all.</p>}
    </div>
  );
}
