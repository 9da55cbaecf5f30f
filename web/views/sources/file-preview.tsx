import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../../src/server/api-types.ts';
import { call } from '../../api/call.ts';
import { count } from '../../format/reader-locale.ts';
import { Loading } from '../../parts/state.tsx';
import { ColumnMapEditor } from './column-map-editor.tsx';
import type { ColumnMap } from './column-map-fields.ts';
import { PreviewPosts } from './preview-posts.tsx';

interface FilePreviewProps {
  upload: string;
  format: string | null;
  platform: string;
  onImport: (map: ColumnMap) => Promise<unknown>;
}

/** What a file was recognised as and what its first records become; a table that no format knows gets its columns explained here first. */
export function FilePreview({ upload, format, platform, onImport }: FilePreviewProps) {
  const [edited, setEdited] = useState<ColumnMap | null>(null);
  const [map] = useDebouncedValue(edited, 350);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const preview = useQuery({
    queryKey: ['uploads', 'preview', upload, format, platform, map],
    queryFn: ({ signal }) =>
      call('POST /api/uploads/{upload}/preview', {
        params: { upload },
        body: { ...(format ? { format } : {}), ...(platform ? { platform } : {}), ...(map ? { map } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  if (preview.error) return <p className="tag warn">{preview.error.message}</p>;
  if (!preview.data) return <Loading height={160} />;
  const { readAs, posts, columns, suggestedMap } = preview.data;
  const shown = edited ?? suggestedMap;
  const needsMap = shown !== null && format === null;
  const start = () => {
    setStarting(true);
    setError(null);
    onImport(shown!)
      .catch((failed: Error & { hint?: string | null }) => setError(`${failed.message} ${failed.hint ?? ''}`))
      .finally(() => setStarting(false));
  };
  return (
    <div className="preview" aria-busy={preview.isFetching}>
      <Summary preview={preview.data} />
      {needsMap && <ColumnMapEditor map={shown} columns={columns} onChange={setEdited} />}
      {posts.length > 0 && <PreviewPosts posts={posts} />}
      {needsMap && (
        <div className="row">
          <Button size="sm" loading={starting} disabled={readAs === null || posts.length === 0} onClick={start}>
            Import this file with these columns
          </Button>
          {error && (
            <span role="alert" className="tag warn" style={{ whiteSpace: 'normal' }}>
              {error}
            </span>
          )}
        </div>
      )}
    </div>
  );
}

function Summary({ preview: { readAs, records, partial, problems, error } }: { preview: Answer<'preview'> }) {
  return (
    <>
      <p className="small" role="status">
        {readAs ? (
          <>
            Read as <b>{readAs.title}</b>: {count(records)} {partial ? 'records at its beginning' : 'records'},{' '}
            {count(problems.length)} problems.
          </>
        ) : (
          'No format recognises it yet.'
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
          <span className="tag warn" style={{ whiteSpace: 'normal' }}>
            {error.message}
          </span>{' '}
          {error.hint}
        </p>
      )}
    </>
  );
}
