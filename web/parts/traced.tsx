import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { TraceResult } from '../../src/analyses/trace/trace-result.ts';
import { call } from '../api/call.ts';
import { sessionQuery, storyQuery, traceQuery } from '../api/queries.ts';
import { ApiError } from '../api/request.ts';
import { count } from '../format/reader-locale.ts';
import { Meter, stepText, useJobs } from '../jobs/job-tray.tsx';
import { ErrorState, Loading, State } from './state.tsx';

/** Shows what needs a trace: waits for it, offers to run it, and says when the case has changed since. */
export function Traced({
  story,
  children,
}: {
  story: string;
  children: (result: TraceResult, stale: boolean) => ReactNode;
}) {
  const trace = useQuery(traceQuery(story));
  const session = useQuery(sessionQuery);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useJobs().find(
    (job) => job.kind === 'trace' && job.story === story && ['running', 'waiting'].includes(job.state),
  );
  const readOnly = session.data?.readOnly ?? false;
  const run = () => {
    setAsking(true);
    setError(null);
    call('POST /api/stories/{story}/trace', { params: { story }, body: {} })
      .catch(setError)
      .finally(() => setAsking(false));
  };
  const progress = running && (
    <div className="panel" style={{ margin: '12px 20px' }}>
      <b>{running.title}</b> <span className="dim">{stepText(running)}</span>
      <Meter job={running} />
    </div>
  );
  if (trace.isPending)
    return (
      <div className="page">
        <Loading height={560} label="Loading the trace" />
      </div>
    );
  const missing = trace.error instanceof ApiError && trace.error.status === 404;
  const outdated = trace.error instanceof ApiError && trace.error.code === 'stale';
  if (trace.error && !missing && !outdated) return <ErrorState error={trace.error} onRetry={() => trace.refetch()} />;
  if (trace.data) {
    return (
      <>
        {progress}
        {trace.data.stale && !running && (
          <div className="stale">
            The case or the story has changed since this was traced.{' '}
            {!readOnly && (
              <button type="button" className="link" onClick={run}>
                Trace again
              </button>
            )}
          </div>
        )}
        {children(trace.data.result, trace.data.stale)}
      </>
    );
  }
  return (
    <>
      {progress ?? <Untraced story={story} outdated={outdated} readOnly={readOnly} asking={asking} onRun={run} />}
      {error !== null && <ErrorState error={error} />}
    </>
  );
}

function Untraced({
  story,
  outdated,
  readOnly,
  asking,
  onRun,
}: {
  story: string;
  /** There is a trace, but of another version. */
  outdated: boolean;
  readOnly: boolean;
  asking: boolean;
  onRun: () => void;
}) {
  const found = useQuery(storyQuery(story));
  if (found.error) return <ErrorState error={found.error} />;
  const posts = found.data?.counts.posts;
  return (
    <State
      title={outdated ? 'This story was traced by another version of Spillover' : 'This story has not been traced yet'}
    >
      {outdated && <p>That result cannot be shown any more; tracing again takes its place.</p>}
      <p>
        {posts === undefined ? '' : `It selects ${count(posts)} posts. `}
        The trace looks for its first post, the crossings between platforms, who carried it and who boosted it.
      </p>
      {readOnly ? (
        <p>This workbench is read-only. Start it without --read-only to run a trace.</p>
      ) : (
        <Button onClick={onRun} loading={asking} disabled={posts === 0}>
          {outdated ? 'Trace again' : 'Trace it'}
        </Button>
      )}
    </State>
  );
}
