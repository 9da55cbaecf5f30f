import { analysisHandlers } from './analyses.ts';
import { caseHandlers } from './case.ts';
import { editHandlers } from './edits.ts';
import { jobHandlers } from './jobs.ts';
import { postHandlers } from './posts.ts';
import { storyHandlers } from './stories.ts';

/** Who answers which operation of the contract. */
export const handlers = {
  ...caseHandlers,
  ...jobHandlers,
  ...storyHandlers,
  ...postHandlers,
  ...analysisHandlers,
  ...editHandlers,
};
