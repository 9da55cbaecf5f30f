import type { Case } from '../case/case.ts';
import { CaseConnections } from '../case/case-connections.ts';
import { JobThread } from '../case/job-thread.ts';
import { currentRevision } from '../case/results.ts';
import { StoryViews } from '../case/story-views.ts';
import { AnswerCache } from './answer-cache.ts';
import { Collections, type CollectionsOutside } from './collections.ts';
import { JobProducts } from './job-products.ts';
import { JobQueue } from './job-queue.ts';
import { LiveChannel } from './live-events.ts';
import { Masking } from './masking.ts';
import type { Limits, Workbench } from './workbench.ts';

const gibibyte = 1024 ** 3;
export const defaultLimits: Limits = { uploadBytes: 16 * gibibyte, bodyBytes: 2 * 1024 ** 2 };

export interface OpenOptions {
  limits?: Partial<Limits>;
  onBug: (error: unknown) => void;
  now?: () => Date;
  /** Whether every answer goes through the mask, whatever the browser asks. */
  isMasked?: boolean;
  /** Where collections run; tests bring their own world. */
  collecting?: Pick<CollectionsOutside, 'world' | 'importEveryMs'>;
}

/** Makes an open case ready to be served. Close the workbench before the case. */
export async function openWorkbench(
  spilloverCase: Case,
  options: OpenOptions,
): Promise<Workbench & { close: () => Promise<void> }> {
  const connections = await CaseConnections.open(spilloverCase);
  const stories = await StoryViews.open(spilloverCase);
  const cache = new AnswerCache();
  const products = new JobProducts(spilloverCase);
  const live = new LiveChannel();
  const masking = new Masking(connections, options.isMasked ?? false);
  const thread = new JobThread(spilloverCase);
  const jobs = new JobQueue({
    onChange: (data) => live.send({ event: 'job', data }),
    onBug: options.onBug,
    interrupt: () => spilloverCase.database.interrupt(),
    now: options.now ?? (() => new Date()),
  });
  const changed: Workbench['changed'] = async (what, story = null) => {
    if (what !== 'collections') cache.clear();
    if (what === 'posts') stories.forget();
    if (what === 'posts' || what === 'context') masking.forget();
    live.send({ event: 'change', data: { what, story, revision: await connections.read(currentRevision) } });
  };
  let telling = Promise.resolve();
  const collections = new Collections(spilloverCase, {
    jobs,
    onChange: (imported) => {
      telling = telling
        .then(() => (imported ? changed('posts') : undefined))
        .then(() => changed('collections'))
        .catch(options.onBug);
    },
    onBug: options.onBug,
    now: options.now ?? (() => new Date()),
    ...options.collecting,
  });
  return {
    spilloverCase,
    connections,
    stories,
    cache,
    jobs,
    products,
    thread,
    live,
    masking,
    limits: { ...defaultLimits, ...options.limits },
    collections,
    changed,
    close: async () => {
      await Promise.all([jobs.stop(), collections.close()]);
      await thread.close();
      await telling;
      products.close();
      live.close();
      await connections.close();
    },
  };
}
