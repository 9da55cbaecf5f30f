import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { plantCampaign } from '../plant/plant-campaign.ts';
import { resolvePlantOptions } from '../plant/plant-options.ts';
import type { Case } from './case.ts';
import { importPlanted, plantedStory } from './demo.ts';
import type { Effects } from './effects.ts';
import { trace } from './trace.ts';

/** Fills an empty case with an invented campaign and traces its story, whose name is returned. @throws UserError for a case that holds something. */
export async function fillWithDemo(
  spilloverCase: Case,
  options: { posts: number; seed: number },
  effects: Effects,
): Promise<string> {
  const used = await spilloverCase.database.first('select 1 from source limit 1');
  if (used)
    throw new UserError(
      'The demo goes into an empty case only.',
      'Start spillover serve with --case and a new directory.',
    );
  const folder = join(spilloverCase.directory, 'files', 'demo');
  mkdirSync(folder, { recursive: true });
  await plantCampaign(resolvePlantOptions(options), folder, {
    ...(effects.signal ? { signal: effects.signal } : {}),
    onProgress: (done, total) => effects.onProgress({ step: 'inventing a campaign', done, total, unit: 'records' }),
  });
  await importPlanted(spilloverCase, folder, effects);
  await trace(spilloverCase, plantedStory, {}, effects);
  return plantedStory;
}
