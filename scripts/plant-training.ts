import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openCase } from '../src/case/case.ts';
import { importPlanted } from '../src/case/demo.ts';
import { quietEffects } from '../src/case/effects.ts';
import { plantCampaign } from '../src/plant/plant-campaign.ts';
import { resolvePlantOptions } from '../src/plant/plant-options.ts';

/** Plants and imports what the early warning learns from: `tsx scripts/plant-training.ts DIR FROM TO` makes `seed-N` with and `none-N` without a campaign. */
const [directory, from, to] = process.argv.slice(2);
if (!directory || !from || !to) throw new Error('tsx scripts/plant-training.ts DIR FROM TO');
const sizes = [8_000, 16_000, 30_000];
const kept = ['truth.json', 'context.json', 'story.txt'];
for (let seed = Number(from); seed <= Number(to); seed++)
  for (const kind of ['seed', 'none']) {
    const folder = join(directory, `${kind}-${seed}`);
    if (existsSync(join(folder, 'case'))) continue;
    rmSync(folder, { recursive: true, force: true });
    const files = join(folder, 'files');
    mkdirSync(folder, { recursive: true });
    const options = resolvePlantOptions({ seed, campaign: kind === 'seed', posts: sizes[seed % sizes.length]! });
    await plantCampaign(options, files, {});
    const spilloverCase = await openCase(join(folder, 'unfinished'), { threads: 1 });
    await importPlanted(spilloverCase, files, quietEffects);
    spilloverCase.close();
    renameSync(join(folder, 'unfinished'), join(folder, 'case'));
    for (const name of readdirSync(files)) if (!kept.includes(name)) rmSync(join(files, name), { recursive: true });
    console.log(`${kind}-${seed}: ${options.posts} posts`);
  }
