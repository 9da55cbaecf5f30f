import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { count } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';
import { UndoButtons } from '../../parts/undo-buttons.tsx';

interface SuggestionsProps {
  story: string;
  readOnly: boolean;
  /** Whether the query in the field is not the one that is kept: then what is accepted goes into the field. */
  isChanged: boolean;
  onAdd: (text: string) => void;
}

/** Terms and artifacts that go with a kept story: each is accepted into the query or refused for good, and both can be taken back. */
export function Suggestions({ story, readOnly, isChanged, onAdd }: SuggestionsProps) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ['stories', story, 'suggestions'],
    queryFn: ({ signal }) =>
      call('GET /api/stories/{story}/suggestions', { params: { story }, query: { limit: 8 }, signal }),
  });
  const take = async (query: string, what: 'accept' | 'refuse') => {
    if (what === 'accept' && isChanged) return onAdd(query);
    setBusy(query);
    setSaid(null);
    try {
      const taken = await call('POST /api/stories/{story}/suggestions', {
        params: { story },
        body: { [what]: [query] },
      });
      setSaid(
        what === 'accept'
          ? `Added ${query}: ${count(taken.posts - taken.postsBefore)} more posts.`
          : `${query} is not proposed again.`,
      );
      await queries.invalidateQueries({ queryKey: ['stories'] });
      await queries.invalidateQueries({ queryKey: ['history'] });
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(null);
    }
  };
  const open = found.data?.suggestions ?? [];
  return (
    <section className="panel" aria-label="Goes with it">
      <div className="page-head-row">
        <h2>Goes with it</h2>
        {!readOnly && <UndoButtons subject={`stories/${story}`} keys />}
      </div>
      <p className="dim small">Far more frequent in the story than elsewhere. Judge before you add.</p>
      {found.isPending && <p className="dim">Looking…</p>}
      {found.error && <p className="dim">{found.error.message}</p>}
      <ul className="suggestions">
        {open.map((one) => (
          <li key={one.kind + one.value}>
            <span className="suggestion-words">
              <Foreign text={one.query} most={46} />
              <span className="dim small">
                {count(one.inStory)} in the story, {count(one.elsewhere)} elsewhere
              </span>
            </span>
            {!readOnly && (
              <>
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={busy === one.query}
                  onClick={() => take(one.query, 'accept')}
                >
                  Accept<span className="sr-only"> {one.query}</span>
                </Button>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  disabled={busy === one.query}
                  onClick={() => take(one.query, 'refuse')}
                >
                  Refuse<span className="sr-only"> {one.query}</span>
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {found.data && open.length === 0 && <p className="dim small">Nothing stands out.</p>}
      <p className="small" role="status">
        {said && <Foreign text={said} most={160} />}
      </p>
    </section>
  );
}
