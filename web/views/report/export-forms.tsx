import { Button, Checkbox, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer, Job } from '../../../src/server/api-types.ts';
import { call } from '../../api/call.ts';
import { JobRow, useJobs } from '../../jobs/job-tray.tsx';
import { ErrorState, Loading } from '../../parts/state.tsx';

type Form = Answer<'exportForms'>['forms'][number];

const networks = ['gexf', 'graphml', 'csv'];

/** Every form in which a story leaves the case, each made by a job of the server and then to be saved. */
export function ExportForms({ story, mask }: { story: string; mask: boolean }) {
  const forms = useQuery({
    queryKey: ['forms'],
    queryFn: ({ signal }) => call('GET /api/exports', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [masked, setMasked] = useState(mask);
  const [network, setNetwork] = useState<'reshare' | 'coordination'>('reshare');
  const [dynamic, setDynamic] = useState(false);
  if (forms.error) return <ErrorState error={forms.error} onRetry={() => forms.refetch()} />;
  if (!forms.data) return <Loading height={300} />;
  return (
    <section className="panel section" aria-labelledby="exports">
      <h2 id="exports">Take it along</h2>
      <p className="dim small">
        For other tools, for partners, for the archive. Nothing is sent: the file is made here and saved by your
        browser.
      </p>
      <div className="filters fields">
        <Checkbox
          label="Mask handles of private accounts"
          checked={masked}
          onChange={(event) => setMasked(event.currentTarget.checked)}
        />
        <Select
          size="xs"
          label="Network"
          data={[
            { value: 'reshare', label: 'who passed on from whom' },
            { value: 'coordination', label: 'who acts together' },
          ]}
          value={network}
          allowDeselect={false}
          onChange={(value) => setNetwork(value === 'coordination' ? 'coordination' : 'reshare')}
        />
        <Checkbox
          label="GEXF with times"
          checked={dynamic}
          onChange={(event) => setDynamic(event.currentTarget.checked)}
        />
      </div>
      <ul className="export-forms">
        {forms.data.forms.map((form) => (
          <ExportRow
            key={form.id}
            form={form}
            story={story}
            body={{
              mask: masked,
              ...(networks.includes(form.id) ? { network } : {}),
              ...(form.id === 'gexf' ? { dynamic } : {}),
            }}
          />
        ))}
      </ul>
    </section>
  );
}

function ExportRow({
  form,
  story,
  body,
}: {
  form: Form;
  story: string;
  body: { mask: boolean; network?: 'reshare' | 'coordination'; dynamic?: boolean };
}) {
  const [asked, setAsked] = useState<Job | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [asking, setAsking] = useState(false);
  const job = useJobs().find((one) => one.id === asked?.id) ?? asked;
  const make = () => {
    setAsking(true);
    setError(null);
    call('POST /api/stories/{story}/exports/{form}', { params: { story, form: form.id }, body })
      .then((answer) => setAsked(answer.job))
      .catch(setError)
      .finally(() => setAsking(false));
  };
  return (
    <li>
      <div>
        <b>{names[form.id] ?? form.id}</b>
        <p className="dim small">{form.what}</p>
        {error && (
          <p className="tag warn" role="alert">
            {error.message}
          </p>
        )}
        {job && <JobRow job={job} />}
      </div>
      <Button
        size="xs"
        variant="default"
        loading={asking || job?.state === 'running' || job?.state === 'waiting'}
        onClick={make}
      >
        {job?.state === 'done' ? 'Make it again' : 'Make it'}
        <span className="sr-only"> {names[form.id] ?? form.id}</span>
      </Button>
    </li>
  );
}

const names: Record<string, string> = {
  timelinejs: 'TimelineJS',
  gexf: 'GEXF',
  graphml: 'GraphML',
  csv: 'Spreadsheets (CSV)',
  parquet: 'Parquet',
  stix: 'STIX 2.1',
  misp: 'MISP',
  evidence: 'Evidence package',
};
