import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { call } from '../api/call.ts';

/** Takes back and does again what was edited of a subject; Ctrl Z and Ctrl Y do the same outside of fields. */
export function UndoButtons({ subject, keys = false }: { subject: string; keys?: boolean }) {
  const queries = useQueryClient();
  const history = useQuery({
    queryKey: ['history', subject],
    queryFn: ({ signal }) => call('GET /api/history', { query: { subject }, signal }),
    staleTime: 0,
  });
  const act = useCallback(
    async (what: 'undo' | 'redo') => {
      await call(what === 'undo' ? 'POST /api/undo' : 'POST /api/redo', { body: { subject } });
      await queries.invalidateQueries();
    },
    [subject, queries],
  );
  useEffect(() => {
    if (!keys) return;
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || (event.target as HTMLElement).closest('input, textarea')) return;
      const key = event.key.toLowerCase();
      const what = key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : null;
      if (!what || !history.data?.[what]) return;
      event.preventDefault();
      void act(what);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [keys, act, history.data]);
  return (
    <Button.Group>
      <Button
        size="xs"
        variant="default"
        disabled={!history.data?.undo}
        title={history.data?.undo ?? undefined}
        onClick={() => act('undo')}
      >
        Undo
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={!history.data?.redo}
        title={history.data?.redo ?? undefined}
        onClick={() => act('redo')}
      >
        Redo
      </Button>
    </Button.Group>
  );
}
