import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { isoRange, volumeQuery } from '../../api/queries.ts';
import type { TimeRange } from '../../app/view-state.ts';
import { count } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';
import { Loading } from '../../parts/state.tsx';

/** What happened inside the selected window: posts by platform, what was shared most. */
export function WindowSummary({
  story,
  range,
  onOpen,
}: {
  story: string;
  range: TimeRange;
  onOpen: (evidence: string) => void;
}) {
  const volume = useQuery(volumeQuery(story, range, 1));
  const artifacts = useQuery({
    queryKey: ['posts', 'artifacts', story, range],
    queryFn: ({ signal }) => call('GET /api/artifacts', { query: { story, ...isoRange(range), limit: 12 }, signal }),
    placeholderData: (old) => old,
  });
  return (
    <section className="panel">
      <h2>In the selected window</h2>
      <div className="halves">
        <table className="plain-table">
          <caption>Posts by platform</caption>
          <tbody>
            {volume.data?.platforms
              .filter((one) => one.posts > 0)
              .map((one) => (
                <tr key={one.platform}>
                  <th scope="row">
                    <span className={`dot ${one.tier}`} />
                    {one.platform}
                  </th>
                  <td className="n">
                    <button type="button" className="link" onClick={() => onOpen(`platform:${one.platform}`)}>
                      {count(one.posts)}
                    </button>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
        {artifacts.data ? (
          <table className="plain-table">
            <caption>Shared most</caption>
            <tbody>
              {artifacts.data.artifacts.map((one) => (
                <tr key={`${one.kind}:${one.value}`}>
                  <th scope="row">
                    <span className="tag">{one.kind}</span>{' '}
                    {one.kind === 'text' ? (
                      <span className="dim">posts of the same words</span>
                    ) : (
                      <Foreign text={one.value} most={56} />
                    )}
                  </th>
                  <td className="n">
                    <button type="button" className="link" onClick={() => onOpen(`artifact:${one.kind}:${one.value}`)}>
                      {count(one.posts)}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <Loading height={160} />
        )}
      </div>
    </section>
  );
}
