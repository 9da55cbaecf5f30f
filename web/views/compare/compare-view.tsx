import { MultiSelect } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { TraceResult } from '../../../src/analyses/trace/trace-result.ts';
import { storiesQuery, traceQuery } from '../../api/queries.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { accountName } from '../../format/account-name.ts';
import { count, duration } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';
import { ErrorState, Loading, State } from '../../parts/state.tsx';
import { compareCampaigns } from './compare-campaigns.ts';

/** Campaigns side by side: the same accounts, the same things shared, the same order of stages. */
export function CompareView() {
  const [state, change] = useViewState();
  const stories = useQuery(storiesQuery);
  const traced = useMemo(
    () => stories.data?.stories.filter((one) => one.traced).map((one) => one.name) ?? [],
    [stories.data],
  );
  const chosen = useMemo(() => {
    const asked = state.with?.split(',').filter((one) => traced.includes(one)) ?? [];
    return asked.length > 0 ? asked : traced.slice(0, 3);
  }, [state.with, traced]);
  const traces = useQueries({ queries: chosen.map((story) => traceQuery(story)) });
  if (stories.error) return <ErrorState error={stories.error} onRetry={() => stories.refetch()} />;
  if (!stories.data)
    return (
      <div className="page">
        <Loading height={400} />
      </div>
    );
  if (traced.length < 2)
    return (
      <State title="It takes two traced stories to compare">
        <p>
          {traced.length === 0 ? 'None is traced yet.' : 'Only one is traced.'}{' '}
          <Link to={'/stories' as never}>Define and trace another</Link>.
        </p>
      </State>
    );
  const results = traces.flatMap((one) => (one.data ? [one.data.result] : []));
  return (
    <div className="page">
      <header className="page-head">
        <h1>Compare campaigns</h1>
        <p className="lead">
          What recurs may be the work of the same people, or of the same public: most accounts that post one story of a
          community post the next one too.
        </p>
      </header>
      <MultiSelect
        label="Stories"
        data={traced}
        value={chosen}
        maw={640}
        onChange={(value) => change({ with: value.join(',') || null }, true)}
      />
      {results.length < chosen.length ? <Loading height={420} /> : <Comparison results={results} />}
    </div>
  );
}

function Comparison({ results }: { results: TraceResult[] }) {
  const compared = useMemo(() => compareCampaigns(results), [results]);
  return (
    <div className="stack section">
      <section className="panel">
        <h2>The way each one took</h2>
        <div className="scroll-table plain-scroll" tabIndex={0} role="region" aria-label="Stages side by side">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Stage</th>
                {results.map((one) => (
                  <th scope="col" key={one.story}>
                    {one.story}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {compared.stages.map((row) => (
                <tr key={row.label}>
                  <th scope="row">{row.label}</th>
                  {row.after.map((seconds, place) => (
                    <td key={results[place]!.story}>
                      {seconds === null ? (
                        <span className="dim">not seen</span>
                      ) : seconds === 0 ? (
                        'the beginning'
                      ) : (
                        `${seconds < 0 ? '' : '+'}${duration(seconds)}`
                      )}
                      {row.order[place] !== null && (
                        <span className="dim small"> ({count(row.order[place]! + 1)}.)</span>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
              <tr>
                <th scope="row">Breakout category</th>
                {results.map((one) => (
                  <td key={one.story}>{one.breakout.category} of 6</td>
                ))}
              </tr>
            </tbody>
          </table>
        </div>
        <p className="dim small">Times after the story was first seen; the place in the order of stages in brackets.</p>
      </section>
      <section className="panel">
        <h2>
          Accounts with a role in more than one <span className="dim">{count(compared.accounts.length)}</span>
        </h2>
        {compared.accounts.length === 0 ? (
          <p className="dim">None.</p>
        ) : (
          <div className="scroll-table" tabIndex={0} role="region" aria-label="Recurring accounts">
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">Account</th>
                  {results.map((one) => (
                    <th scope="col" key={one.story}>
                      {one.story}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {compared.accounts.slice(0, 300).map((row) => (
                  <tr key={row.account}>
                    <th scope="row">
                      <Link to={'/account/$' as never} params={{ _splat: row.account } as never}>
                        <Foreign text={accountName(row.account, { handle: row.handle, name: null })} most={36} />
                      </Link>{' '}
                      <span className="dim small">{row.account.split('/')[0]}</span>
                    </th>
                    {row.roles.map((roles, place) => (
                      <td key={results[place]!.story}>
                        {roles.map((role) => (
                          <span key={role}>
                            <span className={`dot ${role}`} />
                            {role}{' '}
                          </span>
                        ))}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <section className="panel">
        <h2>
          Shared by more than one <span className="dim">{count(compared.artifacts.length)}</span>
        </h2>
        {compared.artifacts.length === 0 ? (
          <p className="dim">Nothing of what the traces follow.</p>
        ) : (
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Artifact</th>
                {results.map((one) => (
                  <th scope="col" className="n" key={one.story}>
                    {one.story}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {compared.artifacts.slice(0, 100).map((row) => (
                <tr key={row.artifact}>
                  <th scope="row">
                    <span className="tag">{row.kind}</span> <Foreign text={row.artifact} most={70} />
                  </th>
                  {row.posts.map((posts, place) => (
                    <td className="n" key={results[place]!.story}>
                      {posts === null ? '' : count(posts)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}
