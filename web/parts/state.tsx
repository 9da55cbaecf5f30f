import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiError } from '../api/request.ts';

/** A box for a view that has nothing to show yet: says what is the matter and what to do. */
export function State({ title, children, bad = false }: { title: string; children?: ReactNode; bad?: boolean }) {
  return (
    <section className={bad ? 'state bad' : 'state'} role={bad ? 'alert' : 'status'}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof ApiError ? error.hint : null;
  return (
    <State title={message} bad>
      {hint && <p>{hint}</p>}
      {onRetry && (
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </State>
  );
}

/** Grey shapes in the size of what will stand there, so that nothing jumps when it comes. */
export function Loading({ height = 300, label = 'Loading' }: { height?: number; label?: string }) {
  return (
    <div className="skeleton" style={{ height }} role="status">
      <span className="sr-only">{label}</span>
    </div>
  );
}
