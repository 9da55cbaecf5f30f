import type { Case } from './case.ts';
import { keptCoverage } from './kept-coverage.ts';
import { countStatus, keptStatus } from './kept-status.ts';
import type { Story } from './stories.ts';
import { StoryViews } from './story-views.ts';

/** From so many posts on, what views derive from all of them is made ahead; in a smaller case it takes no time worth mentioning. */
const largeCase = 300_000;
/** Bins of the coverage strip in the workbench. */
const coverageBins = 240;

/** Counts and tables that the first view of a large case asks for: status and coverage and, of a story, its posts. Nothing in a case opened read-only. */
export async function prepareViews(
  spilloverCase: Case,
  story: Pick<Story, 'query' | 'from' | 'to'> | null,
): Promise<void> {
  if (spilloverCase.readOnly) return;
  const counted = await spilloverCase.database.first<{ posts: number }>('select count(*) as posts from post');
  if ((counted?.posts ?? 0) < largeCase) return;
  if ((await keptStatus(spilloverCase)) === null) await countStatus(spilloverCase);
  await keptCoverage(spilloverCase, coverageBins);
  if (story) await (await StoryViews.open(spilloverCase)).prepare(spilloverCase, story);
}
