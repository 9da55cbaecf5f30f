import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../../src/server/api-types.ts';
import { call } from '../../api/call.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { count, duration, moment } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';
import { ErrorState } from '../../parts/state.tsx';
import { CollectionStrip } from './collection-strip.tsx';
import { NewCollection } from './new-collection.tsx';

type Collection = Answer<'collections'>['collections'][number];

/** Live sources: what is being collected, what was collected when, where it has gaps; start, stop, go on. */
export function Collecting({ readOnly }: { readOnly: boolean }) {
  const [adding, setAdding] = useState(false);
  const collections = useQuery({
    queryKey: ['collections'],
    queryFn: ({ signal }) => call('GET /api/collections', { signal }),
  });
  const found = collections.data?.collections ?? [];
  if (readOnly && found.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="collecting">
      <div className="page-head-row">
        <h2 id="collecting">Collecting</h2>
        {!readOnly && (
          <Button size="xs" variant="default" aria-expanded={adding} onClick={() => setAdding(!adding)}>
            Collect from a live source
          </Button>
        )}
      </div>
      {collections.error && <ErrorState error={collections.error} onRetry={() => collections.refetch()} />}
      {found.length === 0 && !adding && (
        <p className="dim small">
          Nothing is collected. Boards, Bluesky, Mastodon, X, Reddit, Telegram and news feeds can be followed from here
          as long as the workbench runs.
        </p>
      )}
      {adding && (
        <NewCollection
          onStarted={() => {
            setAdding(false);
            void collections.refetch();
          }}
        />
      )}
      <ul className="collections">
        {found.map((one) => (
          <CollectionRow key={one.name} collection={one} readOnly={readOnly} onChange={() => collections.refetch()} />
        ))}
      </ul>
    </section>
  );
}

function CollectionRow({
  collection,
  readOnly,
  onChange,
}: {
  collection: Collection;
  readOnly: boolean;
  onChange: () => void;
}) {
  const { zone } = usePreferences();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const { name, title, state, progress, spans, gaps, notes } = collection;
  const act = (what: 'start' | 'stop') => {
    setBusy(true);
    setError(null);
    call(`POST /api/collections/{collection}/${what}`, { params: { collection: name } })
      .then(onChange, setError)
      .finally(() => setBusy(false));
  };
  const through = spans.at(-1)?.to;
  const failed = error ?? collection.error;
  return (
    <li>
      <div className="row">
        <b>
          <Foreign text={name} most={60} />
        </b>
        <span className="dim small">{title}</span>
        <span className={state === 'failed' ? 'tag warn' : 'tag'}>{state}</span>
        {!readOnly && (
          <Button
            size="compact-xs"
            variant="default"
            style={{ marginLeft: 'auto' }}
            loading={busy || state === 'stopping'}
            onClick={() => act(state === 'running' ? 'stop' : 'start')}
          >
            {state === 'running' ? 'Stop' : 'Go on'}
            <span className="sr-only"> {name}</span>
          </Button>
        )}
      </div>
      <p className="small dim">
        {progress
          ? `${count(progress.records)} records, ${progress.recordsPerSecond.toFixed(1)} a second, ${count(progress.postsAdded)} posts in the case${progress.lagSeconds === null ? '' : `, ${duration(progress.lagSeconds)} behind`}`
          : through
            ? `Collected through ${moment(through, zone)}`
            : 'Nothing came yet'}
        {gaps.length > 0 && `, ${count(gaps.length)} gaps`}
      </p>
      <CollectionStrip collection={collection} />
      {failed && (
        <p className="small" role="alert">
          <span className="tag warn" style={{ whiteSpace: 'normal' }}>
            <Foreign text={failed.message} most={300} />
          </span>{' '}
          {collection.error?.hint}
        </p>
      )}
      {notes.length > 0 && (
        <details className="small">
          <summary>{count(notes.length)} notes</summary>
          <ul>
            {notes.map((note, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same note may come twice
              <li key={place}>
                <Foreign text={note} most={300} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
