import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Comparison } from '../../../src/analyses/comparison/comparison-result.ts';
import { call } from '../../api/call.ts';
import { storiesQuery } from '../../api/queries.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { jobFiles, useJobFile } from '../../jobs/job-files.ts';
import { JobRow, useJobs } from '../../jobs/job-tray.tsx';
import { ErrorState, Loading, State } from '../../parts/state.tsx';
import { CompareChoice } from './compare-choice.tsx';
import { CompareResult } from './compare-result.tsx';
import { type ComparedStory, readCompared } from './compared-story.ts';

/** Campaigns side by side, of this case and of those beside it: a job of the server, so that what was compared stays while one looks elsewhere. */
export function CompareView() {
  const [state] = useViewState();
  const stories = useQuery(storiesQuery);
  const cases = useQuery({ queryKey: ['cases'], queryFn: ({ signal }) => call('GET /api/cases', { signal }) });
  const own = useMemo(
    () => stories.data?.stories.filter((one) => one.traced).map((one) => one.name) ?? [],
    [stories.data],
  );
  const chosen = useMemo(() => {
    const asked = (state.with ?? '')
      .split(',')
      .filter((one) => one !== '')
      .map(readCompared)
      .filter((one) => one.case !== null || own.includes(one.story));
    return asked.length > 0 ? asked : own.slice(0, 3).map((story): ComparedStory => ({ case: null, story }));
  }, [state.with, own]);
  if (stories.error) return <ErrorState error={stories.error} onRetry={() => stories.refetch()} />;
  if (!stories.data || cases.isPending)
    return (
      <div className="page">
        <Loading height={400} />
      </div>
    );
  const beside = cases.data?.cases ?? [];
  if (own.length < 2 && beside.length === 0)
    return (
      <State title="It takes two traced stories to compare">
        <p>
          {own.length === 0 ? 'None is traced yet.' : 'Only one is traced.'}{' '}
          <Link to={'/stories' as never}>Define and trace another</Link>, or put another case into the same folder as
          this one.
        </p>
      </State>
    );
  return (
    <div className="page">
      <header className="page-head">
        <h1>Compare campaigns</h1>
        <p className="lead">
          What recurs may be the work of the same people, or of the same public: most accounts that post one story of a
          community post the next one too.
        </p>
      </header>
      <CompareChoice own={own} beside={beside} chosen={chosen} />
      {chosen.length < 2 ? (
        <State title="Choose two stories or more" />
      ) : (
        <Compared chosen={chosen} alignedAt={state.kind === 'crossing' ? 'crossing' : 'first-seen'} />
      )}
    </div>
  );
}

function Compared({ chosen, alignedAt }: { chosen: ComparedStory[]; alignedAt: 'first-seen' | 'crossing' }) {
  const [state] = useViewState();
  const mask = state.mask === 'yes';
  const asked = useQuery({
    queryKey: ['results', 'comparison', chosen, alignedAt, mask],
    queryFn: ({ signal }) =>
      call('POST /api/comparisons', {
        body: {
          stories: chosen.map((one) =>
            one.case === null ? { story: one.story } : { case: one.case, story: one.story },
          ),
          alignedAt,
          mask,
        },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const job = useJobs().find((one) => one.id === asked.data?.job.id) ?? asked.data?.job;
  const comparison = useJobFile<Comparison>(job, 'comparison.json');
  if (asked.error) return <ErrorState error={asked.error} onRetry={() => asked.refetch()} />;
  if (comparison.error) return <ErrorState error={comparison.error} onRetry={() => asked.refetch()} />;
  if (comparison.data && job)
    return (
      <CompareResult
        comparison={comparison.data}
        mayOpen={chosen.map((one) => one.case === null && !mask)}
        files={jobFiles(job)}
      />
    );
  return <div className="section">{job ? <JobRow job={job} /> : <Loading height={420} label="Comparing" />}</div>;
}
