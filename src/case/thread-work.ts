import type { DatabaseAnswer, DatabaseCall } from '../store/database-call.ts';
import { analyse } from './analyse.ts';
import type { Case } from './case.ts';
import { defaultPublicFigures } from './case-mask.ts';
import { type ComparedName, compareByName } from './compare-by-name.ts';
import type { Effects, Progress } from './effects.ts';
import type { ImportReport } from './import-report.ts';
import { layOutStory } from './lay-out-story.ts';
import type { NetworkKind } from './network-edges.ts';
import { type PackedRequest, packedExport } from './packed-export.ts';
import { prepareViews } from './prepare-views.ts';
import type { Reading } from './preview-file.ts';
import { trace } from './trace.ts';

/** Long work that a thread of its own does on a case; what comes out is stored with the case, or lies in a folder. */
export type ThreadWork =
  | { kind: 'import'; uploads: readonly string[]; reading: Reading }
  | { kind: 'demo'; posts: number; seed: number }
  | { kind: 'trace'; story: string; options: Parameters<typeof trace>[2] }
  | { kind: 'analysis'; id: string; story: string | null; options: Readonly<Record<string, unknown>> }
  | { kind: 'network'; story: string; network: NetworkKind }
  | { kind: 'export'; request: PackedRequest; folder: string }
  | {
      kind: 'compare';
      stories: readonly ComparedName[];
      alignedAt: 'first-seen' | 'crossing';
      mask: boolean;
      folder: string;
    };

/** What work of a kind gives back. */
export type ThreadOutcome<Kind extends ThreadWork['kind']> = Kind extends 'import'
  ? ImportReport
  : Kind extends 'demo'
    ? string
    : Kind extends 'export' | 'compare'
      ? MadeFile[]
      : null;

/** A case without its database, which calls name by its place: 0 for the own case, then those beside it. */
export type ToldCase = Pick<Case, 'directory' | 'readOnly' | 'temporary'>;

/** What the thread is told. */
export type ToThread =
  | { say: 'work'; work: ThreadWork; case: ToldCase; beside: readonly (ToldCase & { name: string })[] }
  | { say: 'answer'; call: number; answer: DatabaseAnswer };

/** What the thread tells. */
export type FromThread =
  | { say: 'call'; call: number; place: number; of: DatabaseCall }
  | { say: 'progress'; progress: Progress }
  | { say: 'note'; note: string }
  | { say: 'done'; outcome: ThreadOutcome<ThreadWork['kind']> }
  | { say: 'failed'; isUserError: boolean; message: string; hint: string | undefined; stack: string | undefined };

/** A file that the work made. */
export interface MadeFile {
  name: string;
  path: string;
  media: string;
}

/** Readers of formats are loaded when a thread first imports: it starts sooner without them. */
export async function doThreadWork(
  spilloverCase: Case,
  work: ThreadWork,
  effects: Effects,
  beside: ReadonlyMap<string, Case> = new Map(),
): Promise<ThreadOutcome<ThreadWork['kind']>> {
  switch (work.kind) {
    case 'import': {
      const { importUploads } = await import('./uploads.ts');
      const report = await importUploads(spilloverCase, work.uploads, work.reading, effects);
      await prepareViews(spilloverCase, null);
      return report;
    }
    case 'demo': {
      const { fillWithDemo } = await import('./demo-case.ts');
      return fillWithDemo(spilloverCase, work, effects);
    }
    case 'trace':
      await trace(spilloverCase, work.story, work.options, effects);
      return null;
    case 'analysis':
      await analyse(spilloverCase, work.id, { story: work.story, options: work.options }, effects);
      return null;
    case 'network':
      await layOutStory(spilloverCase, work.story, work.network, effects);
      return null;
    case 'export':
      return [await packedExport(spilloverCase, work.request, work.folder, effects)];
    case 'compare': {
      const mask = work.mask ? defaultPublicFigures : null;
      return compareByName(spilloverCase, beside, work.stories, { ...work, mask }, effects);
    }
  }
}
