import { Button, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { uploadFile } from '../../api/upload-file.ts';
import { bytes } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';
import { chosenFiles, type DroppedFile, droppedFiles } from './dropped-files.ts';
import { FilePreview } from './file-preview.tsx';

interface Sending {
  name: string;
  bytes: number;
  sent: number;
  error: string | null;
}

/** Takes dropped files and folders, shows what each was recognised as, and imports them. */
export function DropFiles({ limit }: { limit: number }) {
  const queries = useQueryClient();
  const uploads = useQuery({ queryKey: ['uploads'], queryFn: ({ signal }) => call('GET /api/uploads', { signal }) });
  const formats = useQuery({
    queryKey: ['formats'],
    queryFn: ({ signal }) => call('GET /api/formats', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Sending[]>([]);
  const [format, setFormat] = useState<string | null>(null);
  const [platform, setPlatform] = useState('');
  const [shown, setShown] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const send = async (dropped: DroppedFile[]) => {
    if (dropped.length === 0) return;
    const abort = new AbortController();
    stop.current = abort;
    setError(null);
    setSending(dropped.map(({ file, name }) => ({ name, bytes: file.size, sent: 0, error: null })));
    const mark = (place: number, change: Partial<Sending>) =>
      setSending((old) => old.map((one, at) => (at === place ? { ...one, ...change } : one)));
    for (const [place, { file, name }] of dropped.entries()) {
      if (abort.signal.aborted) break;
      if (file.size > limit) {
        mark(place, { error: `Larger than ${bytes(limit)}: import it with spillover import on the command line.` });
        continue;
      }
      try {
        await uploadFile(file, name, (sent) => mark(place, { sent }), abort.signal);
        mark(place, { sent: file.size });
      } catch (failed) {
        mark(place, { error: failed instanceof Error ? failed.message : String(failed) });
      }
      void queries.invalidateQueries({ queryKey: ['uploads'] });
    }
    setSending((old) => old.filter((one) => one.error !== null));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer.items).then(send);
  };
  const waiting = uploads.data?.uploads ?? [];
  const importThese = (ids: string[], map?: Record<string, unknown>) =>
    call('POST /api/imports', {
      body: {
        uploads: ids,
        ...(map ? { map } : format ? { format } : {}),
        ...(platform ? { platform } : {}),
      },
    }).then(() => queries.invalidateQueries({ queryKey: ['uploads'] }));
  const start = () => {
    setStarting(true);
    setError(null);
    importThese(waiting.map((one) => one.id))
      .catch((failed: Error & { hint?: string }) => setError(`${failed.message} ${failed.hint ?? ''}`))
      .finally(() => setStarting(false));
  };
  const busy = sending.some((one) => one.error === null);
  return (
    <section
      className={over ? 'drop over' : 'drop'}
      aria-label="Add files"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className="drop-head">
        <div>
          <h2>Drop files or folders here</h2>
          <p className="dim small">
            Up to {bytes(limit)} each; compressed ones too. They are copied into the case and nowhere else.
          </p>
        </div>
        <div className="row">
          <Button size="sm" variant="default" onClick={() => files.current?.click()}>
            Choose files
          </Button>
          <Button size="sm" variant="default" onClick={() => folder.current?.click()}>
            Choose a folder
          </Button>
        </div>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          data-files
          onChange={(event) => {
            void send(chosenFiles(event.currentTarget.files!));
            event.currentTarget.value = '';
          }}
        />
        <input
          ref={folder}
          type="file"
          hidden
          {...({ webkitdirectory: '' } as object)}
          onChange={(event) => {
            void send(chosenFiles(event.currentTarget.files!));
            event.currentTarget.value = '';
          }}
        />
      </div>
      {sending.length > 0 && (
        <ul className="uploads" aria-live="polite">
          {sending.map((one) => (
            <li key={one.name}>
              <Foreign text={one.name} most={70} />
              {one.error ? (
                <span className="tag warn" style={{ whiteSpace: 'normal' }}>
                  {one.error}
                </span>
              ) : (
                <progress max={Math.max(1, one.bytes)} value={one.sent} aria-label={`Sending ${one.name}`} />
              )}
            </li>
          ))}
        </ul>
      )}
      {busy && (
        <Button size="compact-xs" variant="default" onClick={() => stop.current?.abort()}>
          Stop sending
        </Button>
      )}
      {waiting.length > 0 && (
        <>
          <ul className="uploads">
            {waiting.map((one) => (
              <li key={one.id}>
                <div className="row">
                  <b>
                    <Foreign text={one.name} most={70} />
                  </b>
                  <span className="dim small">{bytes(one.bytes)}</span>
                  {one.formatTitle ? (
                    <span className="tag">{one.formatTitle}</span>
                  ) : (
                    <span className="tag warn">not recognised: say what its columns mean</span>
                  )}
                  <button
                    type="button"
                    className="link small"
                    aria-expanded={shown === one.id}
                    onClick={() => setShown(shown === one.id ? null : one.id)}
                  >
                    {shown === one.id ? 'Hide preview' : one.formatTitle ? 'Preview' : 'Columns and preview'}
                  </button>
                  <button
                    type="button"
                    className="link small"
                    onClick={() =>
                      call('DELETE /api/uploads/{upload}', { params: { upload: one.id } }).then(() => uploads.refetch())
                    }
                  >
                    Leave out<span className="sr-only"> {one.name}</span>
                  </button>
                </div>
                {shown === one.id && (
                  <FilePreview
                    upload={one.id}
                    format={format}
                    platform={platform}
                    onImport={(map) => importThese([one.id], map)}
                  />
                )}
              </li>
            ))}
          </ul>
          <div className="row">
            <Select
              size="xs"
              aria-label="Format"
              placeholder="Format: by content"
              clearable
              searchable
              w={260}
              data={formats.data?.formats.map((one) => ({ value: one.id, label: one.title })) ?? []}
              value={format}
              onChange={setFormat}
            />
            <TextInput
              size="xs"
              aria-label="Platform, where the files do not say"
              placeholder="Platform, if the files do not say"
              value={platform}
              w={230}
              onChange={(event) => setPlatform(event.currentTarget.value)}
            />
            <Button loading={starting} disabled={busy} onClick={start}>
              Import {waiting.length === 1 ? 'this file' : `these ${waiting.length} files`}
            </Button>
          </div>
        </>
      )}
      {error && (
        <p role="alert" className="tag warn" style={{ whiteSpace: 'normal' }}>
          {error}
        </p>
      )}
    </section>
  );
}
