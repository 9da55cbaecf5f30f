import type { Case } from '../case/case.ts';
import type { PostFilter } from '../case/post-filter.ts';
import type { StoryViews } from '../case/story-views.ts';
import { storyNamed } from './workbench.ts';

interface Asked {
  from?: string | undefined;
  to?: string | undefined;
  platform?: string[] | undefined;
  account?: string | undefined;
  kind?: string[] | undefined;
  artifact?: string | undefined;
  text?: string | undefined;
}

export function filterOf({ from, to, platform, account, kind, artifact, text }: Asked): PostFilter {
  return {
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
    platforms: platform,
    kinds: kind,
    account,
    artifact,
    text,
  };
}

/** Runs `work` with the relation of a named story's posts, or of all posts. */
export async function relationOf<T>(
  reader: Case,
  stories: StoryViews,
  story: string | undefined,
  work: (relation: string) => Promise<T>,
): Promise<T> {
  const named = story === undefined ? null : await storyNamed(reader, story);
  return stories.use(reader, named, (table) => work(table.name));
}
