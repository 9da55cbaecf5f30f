import { Link } from '@tanstack/react-router';
import type { Comparison, PartInStory } from '../../../src/analyses/comparison/comparison-result.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { evidenceOf } from '../../evidence/evidence-source.ts';
import { accountName } from '../../format/account-name.ts';
import { count } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';
import { chance } from './chance.ts';
import { SideTable } from './side-table.tsx';

const mostRows = 200;

/** Accounts and groups that take part again, after the tests that say whether that is more than chance. */
export function CompareRecurring({ comparison, mayOpen }: { comparison: Comparison; mayOpen: boolean[] }) {
  const names = comparison.campaigns.map((one) => one.label);
  const { overlaps, recurring, candidates, groups } = comparison;
  return (
    <>
      <section className="panel">
        <h2>Do the same accounts recur, more than chance explains?</h2>
        <div className="scroll-table plain-scroll" tabIndex={0} role="region" aria-label="Tests of overlap">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Between</th>
                <th scope="col" className="n">
                  In both
                </th>
                <th scope="col" className="n">
                  Expected
                </th>
                <th scope="col" className="n">
                  p, adjusted
                </th>
              </tr>
            </thead>
            <tbody>
              {overlaps.map((one) => (
                <tr key={`${one.what} ${one.campaigns}`}>
                  <th scope="row">{one.what}</th>
                  <td>{one.campaigns.map((at) => names[at]).join(' and ')}</td>
                  <td className="n">{count(one.both)}</td>
                  <td className="n">{one.expected.toFixed(1)}</td>
                  <td className="n">{one.adjusted < 0.05 ? <b>{chance(one.adjusted)}</b> : chance(one.adjusted)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="dim small">Hypergeometric tests; p after Bonferroni over all tests of this comparison.</p>
      </section>
      <section className="panel">
        <h2>
          Accounts that take part again <span className="dim">{count(recurring.length)}</span>
        </h2>
        {recurring.length === 0 ? (
          <p className="dim">None.</p>
        ) : (
          <SideTable
            label="Recurring accounts"
            first="Account"
            names={names}
            rows={recurring.slice(0, mostRows).map((one) => ({
              key: one.account,
              title: (
                <>
                  {mayOpen.includes(true) ? (
                    <Link to={'/account/$' as never} params={{ _splat: one.account } as never}>
                      <Foreign text={accountName(one.account, { handle: one.handle, name: null })} most={36} />
                    </Link>
                  ) : (
                    <Foreign text={one.handle ?? one.account} most={36} />
                  )}{' '}
                  <span className="dim small">{one.platform}</span>
                </>
              ),
              cell: (at) => <Parts parts={one.parts.filter((part) => part.campaign === at)} mayOpen={mayOpen[at]!} />,
            }))}
          />
        )}
        {recurring.length > mostRows && (
          <p className="dim small">The first {count(mostRows)}; the page and the JSON have all of them.</p>
        )}
      </section>
      {candidates.length > 0 && (
        <section className="panel">
          <h2>Possibly the same hand</h2>
          <p className="dim small">
            Two accounts with signs in common: a question to look into, no statement of identity.
          </p>
          <ul className="findings">
            {candidates.slice(0, 40).map((one) => (
              <li key={one.accounts.join(' ')}>
                <Foreign text={one.accounts.join(' and ')} most={120} />:{' '}
                <Foreign text={one.reasons.join('; ')} most={300} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {groups.length > 0 && (
        <section className="panel">
          <h2>Groups that return</h2>
          <ul className="findings">
            {groups.map((one) => (
              <li key={`${one.campaigns} ${one.groups}`}>
                {one.groups[0]} of <b>{names[one.campaigns[0]]}</b> ({count(one.sizes[0])} accounts) and {one.groups[1]}{' '}
                of <b>{names[one.campaigns[1]]}</b> ({count(one.sizes[1])}): {count(one.both.length)} in both, p{' '}
                {chance(one.pValue)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Parts({ parts, mayOpen }: { parts: PartInStory[]; mayOpen: boolean }) {
  const [, change] = useViewState();
  return parts.map((part) => {
    const words = `${part.role}${part.significant ? '' : ' (not significant)'}${part.group ? `, ${part.group}` : ''}, ${count(part.posts)} posts`;
    return (
      <div key={part.role}>
        <span className={`dot ${part.role}`} />
        {mayOpen && part.evidence.length > 0 ? (
          <button type="button" className="link" onClick={() => change({ evidence: evidenceOf(part.evidence) })}>
            {words}
          </button>
        ) : (
          words
        )}
      </div>
    );
  });
}
