import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { JobRow, useJobs } from '../../jobs/job-tray.tsx';
import { ErrorState } from '../../parts/state.tsx';

/** For who has no files yet: an invented campaign is made, imported and traced, as a job that can be watched; the tour begins when it is there. */
export function DemoOffer() {
  const job = useJobs().find((one) => one.kind === 'demo');
  const [posts, setPosts] = useState(20_000);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isOpen = job?.state === 'waiting' || job?.state === 'running';
  const make = () => {
    setAsking(true);
    setError(null);
    call('POST /api/demo', { body: { posts } })
      .catch(setError)
      .finally(() => setAsking(false));
  };
  return (
    <section className="panel demo-offer" aria-labelledby="demo-offer">
      <h2 id="demo-offer">No files at hand? Look at an invented campaign</h2>
      <p className="dim">
        Spillover invents a leak that goes from a board to the evening news, with all who carried it, puts it into this
        empty case and traces it. A tour of six steps shows what there is to see.
      </p>
      {isOpen ? (
        <JobRow job={job} />
      ) : (
        <div className="row">
          <Button onClick={make} loading={asking}>
            Make the demo
          </Button>
          <NumberInput
            size="sm"
            aria-label="Posts of the demo"
            suffix=" posts"
            thousandSeparator=" "
            w={140}
            min={2000}
            max={100_000}
            step={2000}
            value={posts}
            onChange={(value) => setPosts(Math.min(100_000, Math.max(2000, Number(value) || 20_000)))}
          />
        </div>
      )}
      {job && !isOpen && job.state !== 'done' && <JobRow job={job} />}
      {error !== null && <ErrorState error={error} />}
    </section>
  );
}
