import { useQuery } from '@tanstack/react-query';
import { analysesQuery, sessionQuery } from '../../api/queries.ts';
import { useStory } from '../../app/use-story.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { ErrorState, Loading, State } from '../../parts/state.tsx';
import { AnalysisPanel } from './analysis-panel.tsx';

/** All analyses, made from their definitions: the question, options as a form, the result in sentences, tables and figures. */
export function StatisticsView() {
  const story = useStory()!;
  const [state, change] = useViewState();
  const analyses = useQuery(analysesQuery);
  const session = useQuery(sessionQuery);
  if (analyses.error) return <ErrorState error={analyses.error} onRetry={() => analyses.refetch()} />;
  if (!analyses.data || !session.data)
    return (
      <div className="page">
        <Loading height={500} />
      </div>
    );
  const { analyses: all, results } = analyses.data;
  if (all.length === 0)
    return (
      <State title="No analysis is installed">
        <p>This version of Spillover brings the trace only; see the other sections of the story.</p>
      </State>
    );
  const chosen = all.find((one) => one.id === state.tab) ?? all[0]!;
  return (
    <div className="page">
      <header className="page-head">
        <h1>Statistics</h1>
      </header>
      <div className="statistics">
        <nav aria-label="Analyses" className="analysis-list">
          {all.map((one) => {
            const ran = results.find(
              (result) => result.analysis === one.id && (result.story === story || result.story === null),
            );
            return (
              <button
                type="button"
                key={one.id}
                className={one.id === chosen.id ? 'plain chosen' : 'plain'}
                aria-current={one.id === chosen.id}
                onClick={() => change({ tab: one.id, sort: null, q: null }, true)}
              >
                <b>{one.title}</b>
                <span className="dim small">
                  {ran ? (ran.stale ? 'ran before the case changed' : 'has a result') : 'not run yet'}
                </span>
              </button>
            );
          })}
        </nav>
        <AnalysisPanel
          key={chosen.id}
          definition={chosen}
          story={chosen.story === 'none' ? null : story}
          readOnly={session.data.readOnly}
        />
      </div>
    </div>
  );
}
