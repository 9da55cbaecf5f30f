import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { count } from '../../format/reader-locale.ts';
import { ErrorState, Loading, State } from '../../parts/state.tsx';
import { AlertCard } from './alert-card.tsx';

const page = 50;

/** What the watch noticed in this case, the newest first, to be read and acknowledged. */
export function AlertsView() {
  const [state, change] = useViewState();
  const [shown, setShown] = useState(page);
  const session = useQuery(sessionQuery);
  const onlyOpen = state.tab !== 'all';
  const alerts = useQuery({
    queryKey: ['alerts', onlyOpen, shown],
    queryFn: ({ signal }) =>
      call('GET /api/alerts', { query: { limit: shown, ...(onlyOpen ? { open: 'true' } : {}) }, signal }),
  });
  if (alerts.error) return <ErrorState error={alerts.error} onRetry={() => alerts.refetch()} />;
  if (!alerts.data || !session.data)
    return (
      <div className="page">
        <Loading height={400} />
      </div>
    );
  const { total, open, alerts: list } = alerts.data;
  return (
    <div className="page">
      <header className="page-head">
        <h1>Alerts</h1>
        <p className="lead">What the rules of the watch noticed: a signal to read the posts, no verdict.</p>
      </header>
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="Which alerts"
          data={[
            { value: 'open', label: `Not looked at ${count(open)}` },
            { value: 'all', label: 'All' },
          ]}
          value={onlyOpen ? 'open' : 'all'}
          onChange={(tab) => change({ tab: tab === 'all' ? 'all' : null })}
        />
      </div>
      {total === 0 && <NoAlerts />}
      <div className="stack">
        {list.map((alert) => (
          <AlertCard key={alert.number} alert={alert} readOnly={session.data.readOnly} />
        ))}
      </div>
      {total > list.length && (
        <Button size="xs" variant="default" style={{ marginTop: 12 }} onClick={() => setShown(shown + page)}>
          Show more of {count(total)}
        </Button>
      )}
    </div>
  );
}

function NoAlerts() {
  return (
    <State title="No alert waits">
      <p>
        The watch looks at stories and boards while you do something else: <code>spillover watch FILE.yaml</code>{' '}
        collects, traces and puts here what its rules notice. A workbench that is open holds the case, so stop it while
        the watch runs, or watch a copy; <code>spillover watch --example</code> prints a file to begin with.
      </p>
    </State>
  );
}
