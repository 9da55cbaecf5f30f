import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { count, moment } from '../../format/reader-locale.ts';
import { showForeign } from '../../parts/foreign-text.ts';
import { Foreign, PostText } from '../../parts/post-text.tsx';
import { Loading } from '../../parts/state.tsx';

/** What a file was recognised as and what its first records become. */
export function FilePreview({ upload, format, platform }: { upload: string; format: string | null; platform: string }) {
  const preview = useQuery({
    queryKey: ['uploads', 'preview', upload, format, platform],
    queryFn: ({ signal }) =>
      call('POST /api/uploads/{upload}/preview', {
        params: { upload },
        body: { ...(format ? { format } : {}), ...(platform ? { platform } : {}) },
        signal,
      }),
  });
  if (preview.error) return <p className="tag warn">{preview.error.message}</p>;
  if (!preview.data) return <Loading height={160} />;
  const { readAs, posts, columns, suggestedMap, problems, records, partial, error } = preview.data;
  return (
    <div className="preview">
      <p className="small">
        {readAs ? (
          <>
            Read as <b>{readAs.title}</b>: {count(records)} {partial ? 'records at its beginning' : 'records'},{' '}
            {count(problems.length)} problems.
          </>
        ) : (
          'No format recognises it.'
        )}
        {readAs?.notes.map((note) => (
          <span key={note} className="dim">
            {' '}
            {note}
          </span>
        ))}
      </p>
      {error && (
        <p className="small">
          <span className="tag warn">{error.message}</span> {error.hint}
        </p>
      )}
      {posts.length > 0 && (
        <div className="scroll-table" tabIndex={0} role="region" aria-label="First posts of the file">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Time (UTC)</th>
                <th scope="col">Platform</th>
                <th scope="col">Account</th>
                <th scope="col">Text</th>
                <th scope="col">Links and hashtags</th>
              </tr>
            </thead>
            <tbody>
              {posts.slice(0, 12).map((post, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two records may be the same post
                <tr key={`${post.postId} ${place}`}>
                  <td>{post.time ? moment(post.time, 'utc') : 'unknown'}</td>
                  <td>{post.platform}</td>
                  <td>
                    <Foreign text={post.handle ?? post.account} most={28} />
                  </td>
                  <td>
                    <PostText text={post.text} most={140} whole={false} />
                  </td>
                  <td className="small">
                    <Foreign
                      text={[...post.urls, ...post.hashtags.map((tag) => `#${tag}`)].slice(0, 4).join(' ')}
                      most={120}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!readAs && columns.length > 0 && (
        <div className="scroll-table" tabIndex={0} role="region" aria-label="Columns of the file">
          <table className="plain-table">
            <caption>
              Columns. Save the map below, change it where it is wrong, and import with --map, or choose the format
              above.
            </caption>
            <tbody>
              {columns.map((column) => (
                <tr key={column.name}>
                  <th scope="row">
                    <Foreign text={column.name} />
                  </th>
                  <td>
                    <Foreign text={column.samples.join(' · ')} most={160} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {suggestedMap && (
        <pre className="code-block">{showForeign(JSON.stringify(suggestedMap, null, 2), 6000).text}</pre>
      )}
    </div>
  );
}
