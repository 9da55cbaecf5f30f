import { useMemo } from 'react';
import { useViewState } from '../../app/use-view-state.ts';
import { count, shortCount } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';
import type { Network } from './network-types.ts';

const most = 200;

interface NetworkListProps {
  network: Network;
  chosen: { title: string; nodes: readonly number[] } | null;
  onClear: () => void;
  onOpen: (node: number) => void;
}

/** The chosen accounts (or the weightiest of all) with a way to their posts. */
export function NetworkList({ network, chosen, onClear, onOpen }: NetworkListProps) {
  const [, change] = useViewState();
  const { nodes, level } = network;
  const list = useMemo(() => {
    const all = chosen?.nodes ?? nodes.id.map((_, node) => node);
    return [...all].sort((a, b) => nodes.weight[b]! - nodes.weight[a]!).slice(0, most);
  }, [chosen, nodes]);
  const total = chosen?.nodes.length ?? nodes.id.length;
  return (
    <section className="panel network-list" aria-label="Accounts">
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <h3>
          <Foreign text={chosen?.title ?? (level === 'communities' ? 'Communities' : 'Most linked')} most={34} />{' '}
          <span className="dim">{count(total)}</span>
        </h3>
        {chosen && (
          <button type="button" className="link small" onClick={onClear}>
            Clear
          </button>
        )}
      </div>
      <div className="scroll-table" tabIndex={0} role="region" aria-label="Accounts of the network as a table">
        <table>
          <thead className="small dim">
            <tr>
              <th scope="col">{level === 'communities' ? 'Community' : 'Account'}</th>
              {level === 'accounts' && <th scope="col">Platform</th>}
              <th scope="col" className="n">
                {level === 'communities' ? 'Accounts' : 'Links'}
              </th>
              {level === 'accounts' && (
                <th scope="col">
                  <span className="sr-only">Posts</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {list.map((node) => (
              <tr key={node}>
                <th scope="row">
                  <button type="button" className="plain network-name" onClick={() => onOpen(node)}>
                    <Foreign text={nodes.label[node]} most={28} />
                  </button>
                </th>
                {level === 'accounts' && <td className="dim small">{nodes.platform[node]}</td>}
                <td className="dim small n">
                  {shortCount(level === 'communities' ? nodes.accounts[node]! : nodes.weight[node]!)}
                </td>
                {level === 'accounts' && (
                  <td>
                    <button
                      type="button"
                      className="link small"
                      onClick={() => change({ evidence: `account:${nodes.id[node]}` })}
                    >
                      posts<span className="sr-only"> of {nodes.label[node]}</span>
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > most && <p className="dim small">The {most} weightiest.</p>}
    </section>
  );
}
