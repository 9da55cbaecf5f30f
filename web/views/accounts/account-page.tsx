import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { Answer } from '../../../src/server/api-types.ts';
import { call } from '../../api/call.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { useStory } from '../../app/use-story.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { accountName } from '../../format/account-name.ts';
import { count, dayOf, moment, shortCount } from '../../format/reader-locale.ts';
import { BarChart } from '../../parts/bar-chart.tsx';
import { IntervalBar } from '../../parts/interval-bar.tsx';
import { Foreign, PostText } from '../../parts/post-text.tsx';
import { ErrorState, Loading } from '../../parts/state.tsx';

/** One account: what it says of itself, when it posted, what it shared, its role in each story, signs from analyses. */
export function AccountPage() {
  const id = (useParams({ strict: false }) as { _splat?: string })._splat ?? '';
  const story = useStory();
  const account = useQuery({
    queryKey: ['posts', 'account', id],
    queryFn: ({ signal }) => call('GET /api/account', { query: { id }, signal }),
  });
  if (account.error) return <ErrorState error={account.error} onRetry={() => account.refetch()} />;
  if (!account.data)
    return (
      <div className="page">
        <Loading height={600} />
      </div>
    );
  return (
    <div className="page">
      {story && (
        <p className="small">
          <Link to={'/story/$story/accounts' as never} params={{ story } as never} search={true as never}>
            All accounts of {story}
          </Link>
        </p>
      )}
      <Profile account={account.data} />
    </div>
  );
}

function Profile({ account }: { account: Answer<'account'> }) {
  const [, change] = useViewState();
  const { zone } = usePreferences();
  const facts: [string, string | null][] = [
    ['Created', account.createdAt && dayOf(account.createdAt, zone)],
    ['Followers', account.followers === null ? null : count(account.followers)],
    ['Following', account.following === null ? null : count(account.following)],
    ['Posts it says to have', account.declaredPosts === null ? null : count(account.declaredPosts)],
    ['Posts in this case', count(account.posts)],
    ['Reshared by', `${count(account.resharedBy)} accounts`],
    ['Verified', account.verified === null ? null : account.verified ? 'yes' : 'no'],
  ];
  return (
    <>
      <header className="page-head">
        <div>
          <div className="kicker">
            <span className={`dot ${account.tier}`} />
            {account.platform} · {account.tier}
          </div>
          <h1>
            <Foreign text={accountName(account.account, account)} most={60} />
          </h1>
          {account.name && account.name !== account.handle && (
            <div className="dim">
              <Foreign text={account.name} most={80} />
            </div>
          )}
        </div>
        <div className="page-tools">
          <button type="button" className="link" onClick={() => change({ evidence: `account:${account.account}` })}>
            Read its posts
          </button>
        </div>
      </header>
      <div className="columns">
        <div className="stack">
          <section className="panel">
            <h2>When it posted</h2>
            <BarChart
              label="Posts over time"
              unit="posts"
              height={120}
              bars={account.activity.map((one) => ({ label: moment(one.time, zone), value: one.posts }))}
              firstLabel={account.from ? dayOf(account.from, zone) : ''}
              lastLabel={account.to ? dayOf(account.to, zone) : ''}
            />
            <h3 style={{ marginTop: 16 }}>By hour of the day, UTC</h3>
            <BarChart
              label="Posts by hour of the day"
              unit="posts"
              height={80}
              bars={account.hours.map((value, hour) => ({ label: `${hour}:00`, value }))}
              firstLabel="0:00"
              lastLabel="23:00"
            />
          </section>
          {account.roles.length > 0 && (
            <section className="panel">
              <h2>Roles in stories</h2>
              <div className="scroll-table plain-scroll" tabIndex={0} role="region" aria-label="Roles in stories">
                <table className="plain-table roles-table">
                  <thead>
                    <tr>
                      <th scope="col">Story</th>
                      <th scope="col">Role</th>
                      <th scope="col">Score, interval</th>
                      <th scope="col">Evidence</th>
                    </tr>
                  </thead>
                  <tbody>
                    {account.roles.map((one) => (
                      <tr key={`${one.story} ${one.role}`}>
                        <th scope="row">
                          <Link to={'/story/$story' as never} params={{ story: one.story } as never}>
                            {one.story}
                          </Link>
                        </th>
                        <td>
                          <span className={`dot ${one.role}`} />
                          {one.role}
                          {!one.significant && <span className="dim"> (within chance)</span>}
                        </td>
                        <td>
                          <IntervalBar score={one.score} low={one.low} high={one.high} />
                        </td>
                        <td>
                          <button
                            type="button"
                            className="link"
                            onClick={() =>
                              change({ evidence: `posts:${one.posts.slice(0, 60).map(encodeURIComponent).join(',')}` })
                            }
                          >
                            {count(one.posts.length)} posts
                          </button>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </section>
          )}
          <section className="panel">
            <h2>What it shared</h2>
            <table className="plain-table">
              <tbody>
                {account.artifacts.map((one) => (
                  <tr key={`${one.kind} ${one.value}`}>
                    <th scope="row">
                      <span className="tag">{one.kind}</span> <Foreign text={one.value} most={80} />
                    </th>
                    <td className="n">{count(one.posts)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {account.artifacts.length === 0 && <p className="dim">Nothing that other posts share.</p>}
          </section>
        </div>
        <div className="stack">
          <section className="panel">
            <h2>What it says of itself</h2>
            {account.description && <PostText text={account.description} most={400} />}
            <dl className="facts">
              {facts
                .filter((fact): fact is [string, string] => Boolean(fact[1]))
                .map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
            </dl>
            <p className="dim small">
              <Foreign text={account.account} most={120} />
            </p>
          </section>
          <section className="panel">
            <h2>Signs</h2>
            {account.signs.length === 0 ? (
              <p className="dim small">
                No stored analysis says anything about this account. Statistics has analyses of automation and
                coordination.
              </p>
            ) : (
              <ul className="findings">
                {account.signs.map((one) => (
                  <li key={one.analysis + one.text}>
                    <Foreign text={one.text} most={300} /> <span className="tag">{one.analysis}</span>
                  </li>
                ))}
              </ul>
            )}
            <p className="dim small">Signs are not verdicts: people who post a lot show many of them.</p>
          </section>
          {account.resharedMost.length > 0 && (
            <section className="panel">
              <h2>Whom it reshares</h2>
              <table className="plain-table">
                <tbody>
                  {account.resharedMost.map((one) => (
                    <tr key={one.account}>
                      <th scope="row">
                        <Foreign text={accountName(one.account, { handle: one.handle, name: null })} most={40} />
                      </th>
                      <td className="n">{shortCount(one.posts)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
        </div>
      </div>
    </>
  );
}
