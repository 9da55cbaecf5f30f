import type { DatabaseAnswer, DatabaseCall } from '../store/database-call.ts';
import { analyse } from './analyse.ts';
import type { Case } from './case.ts';
import { defaultPublicFigures } from './case-mask.ts';
import { compareStories, writeComparison } from './compare.ts';
import type { Effects, Progress } from './effects.ts';
import { layOutStory } from './lay-out-story.ts';
import type { NetworkKind } from './network-edges.ts';
import { type PackedRequest, packedExport } from './packed-export.ts';
import { trace } from './trace.ts';

/** Long work that a thread of its own does on a case; what comes out is stored with the case, or lies in a folder. */
export type ThreadWork =
  | { kind: 'trace'; story: string; options: Parameters<typeof trace>[2] }
  | { kind: 'analysis'; id: string; story: string | null; options: Readonly<Record<string, unknown>> }
  | { kind: 'network'; story: string; network: NetworkKind }
  | { kind: 'export'; request: PackedRequest; folder: string }
  | { kind: 'compare'; stories: string[]; alignedAt: 'first-seen' | 'crossing'; mask: boolean; folder: string };

/** What the thread is told. */
export type ToThread =
  | { say: 'work'; work: ThreadWork; case: { directory: string; readOnly: boolean; temporary: string } }
  | { say: 'answer'; call: number; answer: DatabaseAnswer };

/** What the thread tells. */
export type FromThread =
  | { say: 'call'; call: number; of: DatabaseCall }
  | { say: 'progress'; progress: Progress }
  | { say: 'note'; note: string }
  | { say: 'done'; made: MadeFile[] }
  | { say: 'failed'; isUserError: boolean; message: string; hint: string | undefined; stack: string | undefined };

/** A file that the work made. */
export interface MadeFile {
  name: string;
  path: string;
  media: string;
}

export async function doThreadWork(spilloverCase: Case, work: ThreadWork, effects: Effects): Promise<MadeFile[]> {
  switch (work.kind) {
    case 'trace':
      await trace(spilloverCase, work.story, work.options, effects);
      return [];
    case 'analysis':
      await analyse(spilloverCase, work.id, { story: work.story, options: work.options }, effects);
      return [];
    case 'network':
      await layOutStory(spilloverCase, work.story, work.network, effects);
      return [];
    case 'export':
      return [await packedExport(spilloverCase, work.request, work.folder, effects)];
    case 'compare': {
      const mask = work.mask ? defaultPublicFigures : null;
      const stories = work.stories.map((story) => ({ spilloverCase, story }));
      const comparison = await compareStories(stories, { alignedAt: work.alignedAt, mask }, effects);
      return writeComparison(comparison, work.folder);
    }
  }
}
