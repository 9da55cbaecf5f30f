import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

const places: Record<string, [to: string, inStory: boolean]> = {
  s: ['/sources', false],
  c: ['/context', false],
  q: ['/stories', false],
  m: ['/story/$story', true],
  a: ['/story/$story/accounts', true],
  n: ['/story/$story/network', true],
  b: ['/story/$story/bridges', true],
  t: ['/story/$story/timeline', true],
  x: ['/story/$story/statistics', true],
  r: ['/story/$story/report', true],
};

/** `g` and a letter go to a section, `/` to the search field of the view, `?` shows the keys; never while something is typed. */
export function useShortcuts(story: string | null, onHelp: () => void) {
  const navigate = useNavigate();
  const waiting = useRef(0);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        target.closest('input, textarea, select, [contenteditable]') ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey
      )
        return;
      if (event.key === '?') {
        onHelp();
      } else if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('[data-search]');
        if (field) {
          event.preventDefault();
          field.focus();
        }
      } else if (event.key === 'g') {
        waiting.current = Date.now();
      } else if (Date.now() - waiting.current < 1200) {
        const [to, inStory] = places[event.key] ?? [];
        waiting.current = 0;
        if (!to || (inStory && !story)) return;
        event.preventDefault();
        void navigate({ to, ...(inStory ? { params: { story } } : {}) } as never);
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [navigate, story, onHelp]);
}
