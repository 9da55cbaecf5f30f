import { useQuery } from '@tanstack/react-query';
import { sessionQuery, statusQuery } from '../../api/queries.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { count, dayOf } from '../../format/reader-locale.ts';
import { JobRow, useJobs } from '../../jobs/job-tray.tsx';
import { Foreign } from '../../parts/post-text.tsx';
import { ErrorState, Loading } from '../../parts/state.tsx';
import { Collecting } from './collecting.tsx';
import { CoverageCalendar } from './coverage-calendar.tsx';
import { DropFiles } from './drop-files.tsx';
import { ImportedFiles } from './imported-files.tsx';
import { Problems } from './problems.tsx';

/** What is in the case, how it came in, what could not be read, and when which platform was collected. */
export function SourcesView() {
  const status = useQuery(statusQuery);
  const session = useQuery(sessionQuery);
  const importing = useJobs()
    .filter((job) => ['import', 'removal', 'demo'].includes(job.kind) && job.state !== 'done')
    .slice(0, 3);
  const finished = useJobs().find((job) => job.kind === 'import' && job.state === 'done');
  if (status.error) return <ErrorState error={status.error} onRetry={() => status.refetch()} />;
  if (!status.data || !session.data)
    return (
      <div className="page">
        <Loading height={500} />
      </div>
    );
  const { totals, sources, platforms } = status.data;
  return (
    <div className="page">
      <header className="page-head">
        <h1>Sources</h1>
        <p className="lead">
          Records read = posts added + duplicates + problems, for every file. Nothing is dropped in silence.
        </p>
      </header>
      <div className="stack">
        {!session.data.readOnly && <DropFiles limit={session.data.limits.uploadBytes} />}
        {importing.map((job) => (
          <section className="panel" key={job.id} aria-label="Import">
            <JobRow job={job} />
          </section>
        ))}
        {finished && <Finished result={finished.result} notes={finished.notes} />}
        {sources.length > 0 && (
          <div className="sum">
            <Sum value={totals.recordsRead} name="records read" />
            <span aria-hidden="true">=</span>
            <Sum value={totals.postsAdded} name="posts added" />
            <span aria-hidden="true">+</span>
            <Sum value={totals.duplicates} name="duplicates" />
            <span aria-hidden="true">+</span>
            <Sum value={totals.problems} name="problems" />
            {totals.embedded > 0 && (
              <span className="dim small sum-note">and {count(totals.embedded)} posts found inside others</span>
            )}
          </div>
        )}
        <Collecting readOnly={session.data.readOnly} />
        {platforms.length > 0 && (
          <section className="panel">
            <h2>When what was collected</h2>
            <CoverageCalendar />
          </section>
        )}
        {platforms.length > 0 && <Platforms platforms={platforms} />}
        {sources.length > 0 && <ImportedFiles sources={sources} readOnly={session.data.readOnly} />}
        {totals.problems > 0 && <Problems />}
      </div>
    </div>
  );
}

function Sum({ value, name }: { value: number; name: string }) {
  return (
    <div>
      <b>{count(value)}</b>
      <span>{name}</span>
    </div>
  );
}

function Finished({ result, notes }: { result: Record<string, unknown> | null; notes: string[] }) {
  const failed = Array.isArray(result?.failed) ? (result.failed as { file: string; error: string }[]) : [];
  if (failed.length === 0 && notes.length === 0) return null;
  return (
    <section className="panel" role="status">
      {failed.length > 0 && (
        <>
          <h3>Not imported</h3>
          <ul>
            {failed.map((one) => (
              <li key={one.file}>
                <Foreign text={one.file} most={80} />: <Foreign text={one.error} most={300} />
              </li>
            ))}
          </ul>
        </>
      )}
      {notes.map((note) => (
        <p key={note} className="small dim">
          <Foreign text={note} most={400} />
        </p>
      ))}
    </section>
  );
}

type Status = NonNullable<Awaited<ReturnType<NonNullable<typeof statusQuery.queryFn>>>>;

function Platforms({ platforms }: { platforms: Status['platforms'] }) {
  const { zone } = usePreferences();
  return (
    <section>
      <h2>Platforms</h2>
      <div className="scroll-table plain-scroll" tabIndex={0} role="region" aria-label="Platforms">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Platform</th>
              <th scope="col" className="n">
                Posts
              </th>
              <th scope="col" className="n">
                Accounts
              </th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col" className="n">
                Time unknown
              </th>
              <th scope="col" className="n">
                Deleted
              </th>
            </tr>
          </thead>
          <tbody>
            {platforms.map((one) => (
              <tr key={one.platform}>
                <th scope="row">
                  <span className={`dot ${one.tier}`} />
                  {one.platform} <span className="dim small">{one.tier}</span>
                </th>
                <td className="n">{count(one.posts)}</td>
                <td className="n">{count(one.accounts)}</td>
                <td>{one.from && dayOf(one.from, zone)}</td>
                <td>{one.to && dayOf(one.to, zone)}</td>
                <td className="n">{one.withoutTime > 0 ? count(one.withoutTime) : ''}</td>
                <td className="n">{one.deleted > 0 ? count(one.deleted) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
