import { Button, Checkbox, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Answer } from '../../../src/server/api-types.ts';
import { call, endpointAddress } from '../../api/call.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useStory } from '../../app/use-story.ts';
import { ErrorState, Loading } from '../../parts/state.tsx';
import { Traced } from '../../parts/traced.tsx';
import { UndoButtons } from '../../parts/undo-buttons.tsx';
import { ExportForms } from './export-forms.tsx';

type Report = Answer<'report'>;

export function ReportView() {
  const story = useStory()!;
  return <Traced story={story}>{() => <ReportDesk story={story} />}</Traced>;
}

function ReportDesk({ story }: { story: string }) {
  const report = useQuery({
    queryKey: ['report', story],
    queryFn: ({ signal }) => call('GET /api/stories/{story}/report', { params: { story }, signal }),
  });
  const session = useQuery(sessionQuery);
  if (report.error) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
  if (!report.data || !session.data)
    return (
      <div className="page">
        <Loading height={600} />
      </div>
    );
  return <Editor story={story} saved={report.data} readOnly={session.data.readOnly} />;
}

/** Parts to choose and words to add on the left, the page itself on the right; what is typed is kept by itself and can be undone. */
function Editor({ story, saved, readOnly }: { story: string; saved: Report; readOnly: boolean }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(saved);
  const [state, setState] = useState<'kept' | 'keeping' | Error>('kept');
  const [shown, setShown] = useState(0);
  const frame = useRef<HTMLIFrameElement>(null);
  const sent = useRef(JSON.stringify(saved));
  useEffect(() => {
    const text = JSON.stringify(saved);
    if (text === sent.current) return;
    sent.current = text;
    setDraft(saved);
    setShown((old) => old + 1);
  }, [saved]);
  useEffect(() => {
    const text = JSON.stringify(draft);
    if (text === sent.current || readOnly) return;
    setState('keeping');
    const timer = setTimeout(() => {
      sent.current = text;
      call('PUT /api/stories/{story}/report', { params: { story }, body: draft })
        .then((kept) => {
          sent.current = JSON.stringify(kept);
          queries.setQueryData(['report', story], kept);
          void queries.invalidateQueries({ queryKey: ['history', `report/${story}`] });
          setState('kept');
          setShown((old) => old + 1);
        })
        .catch(setState);
    }, 700);
    return () => clearTimeout(timer);
  }, [draft, story, readOnly, queries]);
  const part = (id: string, change: Partial<Report['parts'][number]>) =>
    setDraft({ ...draft, parts: draft.parts.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  const move = (place: number, by: number) => {
    const parts = [...draft.parts];
    const [one] = parts.splice(place, 1);
    parts.splice(place + by, 0, one!);
    setDraft({ ...draft, parts });
  };
  const page = endpointAddress('GET /api/stories/{story}/report.html', { params: { story } });
  return (
    <div className="page">
      <header className="page-head">
        <h1>Report</h1>
        <span className="dim small" role="status">
          {state === 'keeping' ? 'Keeping…' : state === 'kept' ? 'Kept' : state.message}
        </span>
        <div className="page-tools">
          {!readOnly && <UndoButtons subject={`report/${story}`} keys />}
          <Button size="xs" variant="default" onClick={() => frame.current?.contentWindow?.print()}>
            Print or save as PDF
          </Button>
          <Button
            size="xs"
            component="a"
            href={endpointAddress('GET /api/stories/{story}/report.html', {
              params: { story },
              query: { download: 'true' },
            })}
            download={`${story}.html`}
          >
            Save the page
          </Button>
        </div>
      </header>
      <div className="report-desk">
        <section className="stack" aria-label="Parts and words">
          <TextInput
            label="Headline"
            placeholder={`How ${story} spread`}
            value={draft.title ?? ''}
            disabled={readOnly}
            onChange={(event) => setDraft({ ...draft, title: event.currentTarget.value || null })}
          />
          <Textarea
            label="Introduction"
            description="Your words. What the trace says follows beneath with its evidence."
            autosize
            minRows={2}
            maxRows={12}
            value={draft.introduction ?? ''}
            disabled={readOnly}
            onChange={(event) => setDraft({ ...draft, introduction: event.currentTarget.value || null })}
          />
          <Switch
            label="Mask handles"
            description="Accounts that are not outlets or watched players appear as numbers."
            checked={draft.mask}
            disabled={readOnly}
            onChange={(event) => setDraft({ ...draft, mask: event.currentTarget.checked })}
          />
          <h2>Parts</h2>
          <ol className="report-parts">
            {draft.parts.map((one, place) => (
              <li key={one.id}>
                <div className="row">
                  <Checkbox
                    label={one.title}
                    checked={one.included}
                    disabled={readOnly}
                    onChange={(event) => part(one.id, { included: event.currentTarget.checked })}
                  />
                  {!readOnly && (
                    <span style={{ marginLeft: 'auto' }}>
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        disabled={place === 0}
                        onClick={() => move(place, -1)}
                        aria-label={`Move ${one.title} up`}
                      >
                        ↑
                      </Button>
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        disabled={place === draft.parts.length - 1}
                        onClick={() => move(place, 1)}
                        aria-label={`Move ${one.title} down`}
                      >
                        ↓
                      </Button>
                    </span>
                  )}
                </div>
                {one.included && (
                  <Textarea
                    size="xs"
                    aria-label={`Your words before ${one.title}`}
                    placeholder="Your words before this part"
                    autosize
                    minRows={1}
                    maxRows={8}
                    value={one.words ?? ''}
                    disabled={readOnly}
                    onChange={(event) => part(one.id, { words: event.currentTarget.value || null })}
                  />
                )}
              </li>
            ))}
          </ol>
        </section>
        <iframe key={shown} ref={frame} className="report-page" title="The report as it will be" src={page} />
      </div>
      <ExportForms story={story} mask={draft.mask} />
    </div>
  );
}
