import type { StoryWithCount } from '../case/stories.ts';
import { table } from './table.ts';

/** A story and its posts by platform. */
export function describeStory(story: StoryWithCount): string {
  return [
    `${story.name}: ${story.query}${story.from ? `, from ${story.from}` : ''}${story.to ? `, to ${story.to}` : ''}`,
    `${story.posts.toLocaleString('en')} posts${story.withoutTime > 0 ? ` (and ${story.withoutTime} without a known time: import their files with --zone)` : ''}`,
    story.platforms.length > 0
      ? table(
          ['platform', 'posts', 'first (UTC)', 'last (UTC)'],
          story.platforms.map((p) => [p.platform, p.posts, p.from, p.to]),
        )
      : '',
  ]
    .filter(Boolean)
    .join('\n');
}
