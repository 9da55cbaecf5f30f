import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../../src/server/api-types.ts';
import { call } from '../../api/call.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { bytes, count, moment } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';
import { ErrorState, Loading } from '../../parts/state.tsx';

type Source = Answer<'status'>['sources'][number];

/** Imported files with their sums; each can be taken out again once it was seen what goes with it. */
export function ImportedFiles({ sources, readOnly }: { sources: Source[]; readOnly: boolean }) {
  const { zone } = usePreferences();
  const [asked, setAsked] = useState<Source | null>(null);
  return (
    <section>
      <h2>Files</h2>
      <div className="scroll-table plain-scroll" tabIndex={0} role="region" aria-label="Imported files">
        <table className="plain-table wide-table">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Format</th>
              {['Records', 'Posts', 'Duplicates', 'Problems'].map((title) => (
                <th scope="col" className="n" key={title}>
                  {title}
                </th>
              ))}
              <th scope="col">Imported</th>
              {!readOnly && (
                <th scope="col">
                  <span className="sr-only">Actions</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {sources.map((one) => (
              <tr key={one.key}>
                <th scope="row" title={`SHA-256 ${one.sha256}`}>
                  <Foreign text={one.file} most={70} /> <span className="dim small">{bytes(one.bytes)}</span>
                  {one.notes.map((note) => (
                    <div key={note} className="dim small">
                      <Foreign text={note} most={200} />
                    </div>
                  ))}
                </th>
                <td>{one.title}</td>
                <td className="n">{count(one.recordsRead)}</td>
                <td className="n">{count(one.postsAdded)}</td>
                <td className="n">{count(one.duplicates)}</td>
                <td className="n">{one.problems > 0 ? <b>{count(one.problems)}</b> : '0'}</td>
                <td className="dim">{one.imported && moment(one.imported, zone)}</td>
                {!readOnly && (
                  <td className="n">
                    <Button size="compact-xs" variant="subtle" color="red" onClick={() => setAsked(one)}>
                      Remove<span className="sr-only"> {one.file}</span>
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title="Take this file out of the case?"
        centered
        lockScroll={false}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {asked && <Removal source={asked} onDone={() => setAsked(null)} />}
      </Modal>
    </section>
  );
}

/** What would go, before it goes. The file itself stays on the disk, so that an import of it brings everything back. */
function Removal({ source, onDone }: { source: Source; onDone: () => void }) {
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  const params = { source: String(source.key) };
  const found = useQuery({
    queryKey: ['posts', 'removal', source.key],
    queryFn: ({ signal }) => call('GET /api/sources/{source}/removal', { params, signal }),
  });
  if (found.error) return <ErrorState error={found.error} />;
  if (!found.data) return <Loading height={120} />;
  const { posts, embedded, accounts, artifacts, problems, kept } = found.data;
  return (
    <div className="stack">
      <p>
        <b>
          <Foreign text={source.file} most={80} />
        </b>
      </p>
      <p>
        {count(posts + embedded)} posts, {count(accounts)} accounts, {count(artifacts)} artifacts and {count(problems)}{' '}
        problems go with it. {count(kept)} of its posts stay, because other files hold them too.
      </p>
      <p className="dim small">
        Traces and results are marked as out of date. To undo it, import the file again: what it brings is the same.
      </p>
      <div className="row">
        <Button
          color="red"
          size="sm"
          loading={asking}
          onClick={() => {
            setAsking(true);
            call('DELETE /api/sources/{source}', { params })
              .then(onDone, setError)
              .finally(() => setAsking(false));
          }}
        >
          Take it out
        </Button>
        <Button variant="default" size="sm" data-autofocus onClick={onDone}>
          Keep it
        </Button>
      </div>
      {error !== null && <ErrorState error={error} />}
    </div>
  );
}
