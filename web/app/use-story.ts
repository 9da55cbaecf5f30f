import { useParams } from '@tanstack/react-router';

/** Name of the story that the address is about; null outside stories. */
export function useStory(): string | null {
  const params = useParams({ strict: false }) as { story?: string };
  return params.story ?? null;
}
