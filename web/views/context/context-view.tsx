import { Button, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Answer } from '../../../src/server/api-types.ts';
import { call } from '../../api/call.ts';
import { sessionQuery } from '../../api/queries.ts';
import { ErrorState, Loading } from '../../parts/state.tsx';
import { refuses, TimeField } from '../../parts/time-field.tsx';
import { UndoButtons } from '../../parts/undo-buttons.tsx';
import { VenueRows } from './venue-rows.tsx';

type Context = Answer<'context'>;

/** What the analyst knows besides the posts. */
export function ContextView() {
  const context = useQuery({ queryKey: ['context'], queryFn: ({ signal }) => call('GET /api/context', { signal }) });
  const session = useQuery(sessionQuery);
  if (context.error) return <ErrorState error={context.error} onRetry={() => context.refetch()} />;
  if (!context.data || !session.data)
    return (
      <div className="page">
        <Loading height={600} />
      </div>
    );
  return <ContextForm saved={context.data} readOnly={session.data.readOnly} />;
}

function ContextForm({ saved, readOnly }: { saved: Context; readOnly: boolean }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(saved);
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  useEffect(() => setDraft(saved), [saved]);
  const changed = JSON.stringify(draft) !== JSON.stringify(saved);
  const save = () => {
    if (refuses(document)) return;
    setSaving(true);
    setError(null);
    call('PUT /api/context', { body: draft as unknown as Record<string, unknown> })
      .then((kept) => {
        queries.setQueryData(['context'], kept);
        void queries.invalidateQueries({ queryKey: ['history', 'context'] });
      })
      .catch(setError)
      .finally(() => setSaving(false));
  };
  const span = (place: number, change: Partial<Context['coverage'][number]>) =>
    setDraft({ ...draft, coverage: draft.coverage.map((one, at) => (at === place ? { ...one, ...change } : one)) });
  const era = (place: number, change: Partial<Context['eras'][number]>) =>
    setDraft({ ...draft, eras: draft.eras.map((one, at) => (at === place ? { ...one, ...change } : one)) });
  const watch = draft.watch.map((one) => ('account' in one ? one.account : one.domain));
  return (
    <div className="page">
      <header className="page-head">
        <h1>What you know besides the posts</h1>
        <p className="lead">
          The trace uses it: without declared coverage an early silence means nothing, and without watched players
          nobody can be absent. All of it may stay empty.
        </p>
        {!readOnly && (
          <div className="page-tools">
            <UndoButtons subject="context" />
            <Button size="xs" disabled={!changed} loading={saving} onClick={save}>
              Save
            </Button>
          </div>
        )}
      </header>
      {error !== null && <ErrorState error={error} />}
      <fieldset className="bare stack" disabled={readOnly}>
        <section className="panel">
          <h2>When which platform was collected</h2>
          <table className="plain-table form-table">
            <thead>
              <tr>
                <th scope="col">Platform</th>
                <th scope="col">From (UTC)</th>
                <th scope="col">To (UTC)</th>
                <th scope="col">Share lost</th>
                <th scope="col">
                  <span className="sr-only">Remove</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {draft.coverage.map((one, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name while they are typed
                <tr key={place}>
                  <td>
                    <TextInput
                      size="xs"
                      aria-label="Platform"
                      value={one.platform}
                      onChange={(event) => span(place, { platform: event.currentTarget.value })}
                    />
                  </td>
                  <td>
                    <TimeField
                      size="xs"
                      aria-label="From"
                      value={one.from}
                      onChange={(from) => span(place, { from })}
                    />
                  </td>
                  <td>
                    <TimeField size="xs" aria-label="To" value={one.to} onChange={(to) => span(place, { to })} />
                  </td>
                  <td>
                    <NumberInput
                      size="xs"
                      aria-label="Share lost"
                      min={0}
                      max={1}
                      step={0.05}
                      w={84}
                      value={one.loss}
                      onChange={(value) => span(place, { loss: Number(value) || 0 })}
                    />
                  </td>
                  <td>
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      onClick={() => setDraft({ ...draft, coverage: draft.coverage.filter((_, at) => at !== place) })}
                    >
                      Remove
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Button
            size="compact-sm"
            variant="default"
            mt={8}
            onClick={() =>
              setDraft({
                ...draft,
                coverage: [...draft.coverage, { platform: '', from: '', to: '', loss: 0, gaps: [] }],
              })
            }
          >
            Add a span
          </Button>
        </section>
        <section className="panel">
          <h2>How far from the mainstream a venue is</h2>
          <div className="halves">
            {(['platforms', 'domains', 'accounts'] as const).map((kind) => (
              <VenueRows
                key={kind}
                kind={kind}
                venues={draft.venues[kind]}
                onChange={(venues) => setDraft({ ...draft, venues: { ...draft.venues, [kind]: venues } })}
              />
            ))}
          </div>
        </section>
        <section className="panel halves">
          <TagsInput
            label="Voices"
            description="Accounts with a public of their own, as platform/handle: candidates for the influencer."
            value={draft.voices}
            onChange={(voices) => setDraft({ ...draft, voices })}
          />
          <TagsInput
            label="Watched players"
            description="Whose silence would say something: x/handle, or a domain."
            value={watch}
            onChange={(list) =>
              setDraft({ ...draft, watch: list.map((one) => (one.includes('/') ? { account: one } : { domain: one })) })
            }
          />
        </section>
        <section className="panel">
          <h2>Eras</h2>
          {draft.eras.map((one, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name while they are typed
            <div className="row" key={place} style={{ marginBottom: 6 }}>
              <TextInput
                size="xs"
                aria-label="Name"
                placeholder="campaign silence"
                value={one.name}
                onChange={(event) => era(place, { name: event.currentTarget.value })}
              />
              <TimeField size="xs" aria-label="From" value={one.from} onChange={(from) => era(place, { from })} />
              <TimeField size="xs" aria-label="To" value={one.to} onChange={(to) => era(place, { to })} />
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => setDraft({ ...draft, eras: draft.eras.filter((_, at) => at !== place) })}
              >
                Remove
              </Button>
            </div>
          ))}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => setDraft({ ...draft, eras: [...draft.eras, { name: '', from: '', to: '' }] })}
          >
            Add an era
          </Button>
        </section>
      </fieldset>
    </div>
  );
}
