import { Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../../src/server/api-types.ts';
import { call, endpointAddress } from '../../api/call.ts';
import { ApiError } from '../../api/request.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { useViewState } from '../../app/use-view-state.ts';
import { evidenceOf } from '../../evidence/evidence-source.ts';
import { count, moment } from '../../format/reader-locale.ts';
import { JobRow, useJobs } from '../../jobs/job-tray.tsx';
import { OptionField, type OptionValue } from '../../parts/option-field.tsx';
import { Foreign } from '../../parts/post-text.tsx';
import { ErrorState, Loading } from '../../parts/state.tsx';
import { withNames } from './account-words.ts';
import { ResultFigures } from './result-figures.tsx';
import { ResultTableView } from './result-table.tsx';

type Definition = Answer<'analyses'>['analyses'][number];

/** One analysis: its question, a form of its options, its newest result. */
export function AnalysisPanel({
  definition,
  story,
  readOnly,
}: {
  definition: Definition;
  story: string | null;
  readOnly: boolean;
}) {
  const [state, change] = useViewState();
  const { zone } = usePreferences();
  const mask = state.mask === 'yes';
  const query = { ...(story ? { story } : {}), ...(mask ? { mask: 'true' as const } : {}) };
  const result = useQuery({
    queryKey: ['results', story, 'analysis', definition.id, mask],
    queryFn: ({ signal }) =>
      call('GET /api/analyses/{analysis}', { params: { analysis: definition.id }, query, signal }),
  });
  const job = useJobs().find(
    (one) =>
      one.kind === 'analysis' &&
      one.story === story &&
      one.title === definition.title &&
      ['running', 'waiting'].includes(one.state),
  );
  const [values, setValues] = useState<Record<string, OptionValue>>({});
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  const missing = result.error instanceof ApiError && result.error.status === 404;
  const run = () => {
    setAsking(true);
    setError(null);
    call('POST /api/analyses/{analysis}', {
      params: { analysis: definition.id },
      body: { ...(story ? { story } : {}), options: values },
    })
      .catch(setError)
      .finally(() => setAsking(false));
  };
  const { data } = result;
  return (
    <div className="stack">
      <section className="panel">
        <h2>{definition.question}</h2>
        {definition.options.length > 0 && (
          <details>
            <summary>Options ({definition.options.length})</summary>
            <div className="option-grid">
              {definition.options.map((option) => (
                <OptionField
                  key={option.name}
                  option={option}
                  value={values[option.name]}
                  disabled={readOnly}
                  onChange={(value) =>
                    setValues((old) => {
                      const next = { ...old };
                      if (value === undefined) delete next[option.name];
                      else next[option.name] = value;
                      return next;
                    })
                  }
                />
              ))}
            </div>
          </details>
        )}
        {!readOnly && (
          <div className="row" style={{ marginTop: 10 }}>
            <Button onClick={run} loading={asking} disabled={job !== undefined}>
              {data ? 'Run again' : 'Run'}
            </Button>
            {data && (
              <span className="dim small">
                Last run {moment(data.created, zone)}, version {data.version}
                {data.stale && <b> (the case has changed since)</b>}
              </span>
            )}
          </div>
        )}
        {job && <JobRow job={job} />}
        {data && (
          <div className="row" style={{ marginTop: 10 }}>
            <Button
              size="xs"
              variant="default"
              component="a"
              href={endpointAddress('GET /api/analyses/{analysis}/report.html', {
                params: { analysis: definition.id },
                query,
              })}
              download={`${definition.id}.html`}
            >
              Save as a page
            </Button>
            <Switch
              size="xs"
              label="Mask handles"
              checked={mask}
              onChange={(event) => change({ mask: event.currentTarget.checked ? 'yes' : null }, true)}
            />
          </div>
        )}
      </section>
      {error !== null && <ErrorState error={error} />}
      {result.isPending && <Loading height={240} />}
      {missing && !job && (
        <p className="dim">
          No result yet.{' '}
          {readOnly ? 'This workbench is read-only.' : 'Run it with the options as they are, or change them first.'}
        </p>
      )}
      {result.error && !missing && <ErrorState error={result.error} onRetry={() => result.refetch()} />}
      {data && (
        <>
          {data.findings.length > 0 && (
            <section className="panel">
              <h2>What came out</h2>
              <ul className="findings">
                {data.findings.map((finding) => (
                  <li key={finding.text}>
                    <Foreign text={withNames(finding.text, data.names)} most={800} />{' '}
                    {finding.posts.length > 0 && !mask && (
                      <button
                        type="button"
                        className="link small"
                        onClick={() => change({ evidence: evidenceOf(finding.posts) })}
                      >
                        {finding.posts.length === 1 ? 'the post' : `${count(finding.posts.length)} posts`}
                      </button>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <ResultFigures figures={data.figures} />
          {data.tables.map((table, place) => (
            <ResultTableView
              key={table.title}
              table={table}
              names={data.names}
              drawn={data.figures.length > 0}
              csv={endpointAddress('GET /api/analyses/{analysis}/table.csv', {
                params: { analysis: definition.id },
                query: { ...query, table: place },
              })}
              file={`${definition.id}-${place + 1}.csv`}
            />
          ))}
          <section className="panel">
            <h2>What it does not say</h2>
            <ul className="findings">
              {data.caveats.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </section>
        </>
      )}
    </div>
  );
}
