import { Outlet } from '@tanstack/react-router';
import { TimeRibbon } from '../ribbon/time-ribbon.tsx';
import { useStory } from './use-story.ts';

/** The frame of every view of a story: the ribbon with the selected window over all of them. */
export function StoryDesk() {
  const story = useStory()!;
  return (
    <>
      <TimeRibbon key={story} story={story} />
      <Outlet />
    </>
  );
}
