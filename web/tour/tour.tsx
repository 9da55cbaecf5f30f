import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { tourSteps } from './tour-steps.ts';
import { useTour } from './use-tour.ts';

/** The tour over a story: a card that goes from view to view and outlines what it speaks of. Escape ends it. */
export function Tour() {
  const { story, step, go, end } = useTour();
  const navigate = useNavigate();
  const card = useRef<HTMLElement>(null);
  const now = step === null ? null : tourSteps[step];
  useEffect(() => {
    if (!now || !story) return;
    void navigate({ to: now.to, params: { story } } as never);
    card.current?.focus({ preventScroll: true });
    let outlined: Element | null = null;
    const timer = setInterval(() => {
      const found = document.querySelector(now.outline);
      if (!found || found === outlined) return;
      outlined?.classList.remove('toured');
      outlined = found;
      found.classList.add('toured');
      found.scrollIntoView({ block: 'nearest' });
    }, 150);
    return () => {
      clearInterval(timer);
      outlined?.classList.remove('toured');
    };
  }, [now, story, navigate]);
  useEffect(() => {
    if (!now) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') end();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [now, end]);
  if (!now || step === null) return null;
  return (
    <aside className="tour" ref={card} tabIndex={-1} aria-label="Tour">
      <div className="kicker">
        Tour, {step + 1} of {tourSteps.length}
      </div>
      <h2>{now.title}</h2>
      <p>{now.text}</p>
      <div className="row">
        <Button size="xs" variant="subtle" onClick={end}>
          End the tour
        </Button>
        <span style={{ flex: 1 }} />
        <Button size="xs" variant="default" disabled={step === 0} onClick={() => go(step - 1)}>
          Back
        </Button>
        <Button size="xs" onClick={() => (step + 1 < tourSteps.length ? go(step + 1) : end())}>
          {step + 1 < tourSteps.length ? 'Next' : 'Done'}
        </Button>
      </div>
    </aside>
  );
}
