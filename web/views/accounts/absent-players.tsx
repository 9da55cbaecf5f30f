import type { TraceResult } from '../../../src/analyses/trace/trace-result.ts';
import { Foreign } from '../../parts/post-text.tsx';

const words = { absent: 'Silent', present: 'Took part', 'not-collected': 'Not collected' } as const;

/** The players that the analyst watches, and whether they took part. */
export function AbsentPlayers({ result }: { result: TraceResult }) {
  if (result.absent.length === 0) return null;
  return (
    <section className="panel section">
      <h2>Who was silent</h2>
      <p className="dim small">Silence is stated only where a player's own posts were collected.</p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Player</th>
            <th scope="col">Verdict</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {result.absent.map((one) => (
            <tr key={one.account}>
              <th scope="row">
                <Foreign text={one.name ?? one.account} /> <span className="dim">{one.platform}</span>
              </th>
              <td>
                <span className={one.verdict === 'absent' ? 'tag warn' : 'tag'}>{words[one.verdict]}</span>
              </td>
              <td>
                <Foreign text={one.reason} most={300} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
