import type { Case } from '../case/case.ts';
import type { CaseConnections } from '../case/case-connections.ts';
import type { JobThread } from '../case/job-thread.ts';
import { getStory, type Story } from '../case/stories.ts';
import type { StoryViews } from '../case/story-views.ts';
import type { AnswerCache } from './answer-cache.ts';
import { ApiFault } from './api-fault.ts';
import type { LiveEvents } from './api-types.ts';
import type { Collections } from './collections.ts';
import type { JobProducts } from './job-products.ts';
import type { JobQueue } from './job-queue.ts';
import type { LiveChannel } from './live-events.ts';
import type { Masking } from './masking.ts';

export interface Limits {
  /** Largest file that may be sent. */
  uploadBytes: number;
  /** Largest body of any other request. */
  bodyBytes: number;
}

/** What the handlers work with. */
export interface Workbench {
  spilloverCase: Case;
  connections: CaseConnections;
  stories: StoryViews;
  cache: AnswerCache;
  jobs: JobQueue;
  products: JobProducts;
  collections: Collections;
  /** Where the long work of jobs is done. */
  thread: JobThread;
  live: LiveChannel;
  masking: Masking;
  limits: Limits;
  /** Tells pages what to fetch again and drops what was remembered. */
  changed: (what: LiveEvents['change']['what'], story?: string | null) => Promise<void>;
}

/** The story that a request names. @throws ApiFault 404 */
export async function storyNamed(reader: Case, name: string): Promise<Story> {
  const exists = await reader.database.first('select 1 from story where name = $name', { name });
  if (!exists) throw new ApiFault(404, 'not-found', `There is no story "${name}".`);
  return getStory(reader, name);
}
