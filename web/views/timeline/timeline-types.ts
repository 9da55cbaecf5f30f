import type { Answer } from '../../../src/server/api-types.ts';

export type TimelineEvent = Answer<'timeline'>['events'][number];

/** The edits that the server takes (`src/exports/timeline-edits.ts`). */
export type TimelineEdit =
  | { edit: 'add'; id: string; time: string; headline: string; text: string; posts: string[] }
  | { edit: 'change'; id: string; time?: string; headline?: string; text?: string }
  | { edit: 'hide' | 'show' | 'remove'; id: string }
  | { edit: 'move'; id: string; before: string | null }
  | { edit: 'cite' | 'uncite'; id: string; posts: string[] };
