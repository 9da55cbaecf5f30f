import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Job } from '../../src/server/api-types.ts';
import { call } from '../api/call.ts';
import { bytes, count } from '../format/reader-locale.ts';
import { Foreign } from '../parts/post-text.tsx';
import { jobFiles } from './job-files.ts';

/** Jobs as the live events tell them, newest first. */
export function useJobs(): Job[] {
  return useQuery<Job[]>({ queryKey: ['live-jobs'], queryFn: () => [], enabled: false, initialData: [] }).data;
}

const open = (job: Job) => job.state === 'running' || job.state === 'waiting';

/** The line at the foot: what runs, how far it is, a way to stop it. Jobs belong to the server, so they are here again after a reload. */
export function JobTray() {
  const jobs = useJobs();
  const connection = useQuery({
    queryKey: ['connection'],
    queryFn: () => 'open',
    enabled: false,
    initialData: 'open',
  }).data;
  const [shown, setShown] = useState(false);
  const running = jobs.filter(open);
  const last = jobs.find((job) => !open(job));
  const current = running.find((job) => job.state === 'running') ?? running[0];
  return (
    <section className="tray" aria-label="Work in progress">
      <button type="button" className="plain tray-button" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {current ? (
          <span className="row">
            <b>{current.title}</b>
            <span className="tray-step">{stepText(current)}</span>
          </span>
        ) : last ? (
          <span>
            {last.title}: <b>{stateWords[last.state]}</b>
          </span>
        ) : (
          'Nothing is running'
        )}
        <span aria-hidden="true"> ▴</span>
      </button>
      {current && (
        <span style={{ flex: 1, maxWidth: 260 }}>
          <Meter job={current} />
        </span>
      )}
      <span className="sr-only" aria-live="polite">
        {current ? `${current.title} ${current.state}` : last ? `${last.title}: ${stateWords[last.state]}` : ''}
      </span>
      {connection === 'lost' && (
        <span className="tag warn" role="status">
          No answer from the workbench; trying again
        </span>
      )}
      <span style={{ marginLeft: 'auto' }} className="tray-note">
        Nothing leaves this machine
      </span>
      {shown && <JobList jobs={jobs} onClose={() => setShown(false)} />}
    </section>
  );
}

const stateWords: Record<Job['state'], string> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};

function JobList({ jobs, onClose }: { jobs: Job[]; onClose: () => void }) {
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, [onClose]);
  return (
    <section className="tray-jobs" aria-label="Jobs">
      <h3>Jobs of this session</h3>
      {jobs.length === 0 && <p className="dim">Imports, traces and analyses appear here while they run.</p>}
      <ul>
        {jobs.slice(0, 30).map((job) => (
          <li key={job.id}>
            <JobRow job={job} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One job with progress, outcome and a button to stop it. */
export function JobRow({ job }: { job: Job }) {
  const [stopping, setStopping] = useState(false);
  return (
    <div>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <b>{job.title}</b>
        <span className={job.state === 'failed' ? 'tag warn' : 'tag'}>{stateWords[job.state]}</span>
      </div>
      {open(job) && (
        <div className="row">
          <span style={{ flex: 1 }}>
            <Meter job={job} />
          </span>
          <Button
            size="compact-xs"
            variant="default"
            loading={stopping}
            onClick={() => {
              setStopping(true);
              call('POST /api/jobs/{job}/cancel', { params: { job: job.id } }).finally(() => setStopping(false));
            }}
          >
            Stop
          </Button>
        </div>
      )}
      {job.state === 'running' && <div className="dim small">{stepText(job)}</div>}
      {job.error && (
        <p className="small">
          <Foreign text={job.error.message} most={400} />{' '}
          {job.error.hint && <span className="dim">{job.error.hint}</span>}
        </p>
      )}
      {job.state === 'done' && <JobFiles job={job} />}
      {job.state === 'done' && job.kind === 'trace' && job.story && (
        <Link className="small" to="/story/$story" params={{ story: job.story } as never}>
          Open the spread map
        </Link>
      )}
    </div>
  );
}

function JobFiles({ job }: { job: Job }) {
  return jobFiles(job).map((file) => (
    <p className="small job-file" key={file.href}>
      <a href={file.href} download={file.name}>
        Save {file.name}
      </a>{' '}
      <span className="dim">{bytes(file.bytes)}</span>
    </p>
  ));
}

export function Meter({ job }: { job: Job }) {
  const { done, total } = job.progress ?? { done: null, total: null };
  const known = done !== null && total !== null && total > 0;
  const value = known ? Math.min(100, Math.round((100 * done) / total)) : null;
  return (
    <div
      className={known ? 'meter' : 'meter waiting'}
      role="progressbar"
      aria-label={job.title}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(value === null ? {} : { 'aria-valuenow': value })}
    >
      <i style={known ? { width: `${value}%` } : {}} />
    </div>
  );
}

export function stepText(job: Job): string {
  if (job.state === 'waiting') return 'waiting for its turn';
  if (!job.progress) return '';
  const { step, done, total, unit } = job.progress;
  if (done === null) return step;
  const write = unit === 'bytes' ? bytes : count;
  return `${step}: ${write(done)}${total ? ` of ${write(total)}` : ''}${unit === 'records' ? ' records' : ''}`;
}
