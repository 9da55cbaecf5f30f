import { alertEndpoints } from './alerts.ts';
import { analysisEndpoints } from './analyses.ts';
import { caseEndpoints } from './case.ts';
import { collectionEndpoints } from './collections.ts';
import { editEndpoints } from './edits.ts';
import { fileEndpoints } from './files.ts';
import { jobEndpoints } from './jobs.ts';
import { networkEndpoints } from './networks.ts';
import { postEndpoints } from './posts.ts';
import { publishEndpoints } from './publish.ts';
import { storyEndpoints } from './stories.ts';

/** Every operation of the API by name. */
export const contract = {
  ...caseEndpoints,
  ...fileEndpoints,
  ...collectionEndpoints,
  ...jobEndpoints,
  ...storyEndpoints,
  ...postEndpoints,
  ...networkEndpoints,
  ...analysisEndpoints,
  ...editEndpoints,
  ...publishEndpoints,
  ...alertEndpoints,
};

export type Contract = typeof contract;
