import { alertHandlers } from './alerts.ts';
import { analysisHandlers } from './analyses.ts';
import { caseHandlers } from './case.ts';
import { collectionHandlers } from './collections.ts';
import { editHandlers } from './edits.ts';
import { fileHandlers } from './files.ts';
import { jobHandlers } from './jobs.ts';
import { networkHandlers } from './networks.ts';
import { postHandlers } from './posts.ts';
import { publishHandlers } from './publish.ts';
import { storyHandlers } from './stories.ts';

/** Who answers which operation of the contract. */
export const handlers = {
  ...caseHandlers,
  ...fileHandlers,
  ...collectionHandlers,
  ...jobHandlers,
  ...networkHandlers,
  ...storyHandlers,
  ...postHandlers,
  ...analysisHandlers,
  ...editHandlers,
  ...publishHandlers,
  ...alertHandlers,
};
