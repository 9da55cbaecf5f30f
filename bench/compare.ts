import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, openCase } from '../src/case/case.ts';
import { compareStories } from '../src/case/compare.ts';
import { importPlanted, plantedStory } from '../src/case/demo.ts';
import { quietEffects } from '../src/case/effects.ts';
import { plantCampaign } from '../src/plant/plant-campaign.ts';

/**
 * How many recurring accounts a comparison lists, and how often it calls unrelated campaigns related.
 * Usage: tsx bench/compare.ts [seeds] [posts]; seeds+1 campaigns are planted, each of which is compared with the next.
 */
const seeds = Number(process.argv[2] ?? 20);
const posts = Number(process.argv[3] ?? 50_000);
const folder = mkdtempSync(join(tmpdir(), 'bench-compare-'));

async function planted(name: string, options: object): Promise<Case> {
  await plantCampaign({ posts, ...options }, join(folder, `${name}-files`), {});
  const spilloverCase = await openCase(join(folder, name));
  await importPlanted(spilloverCase, join(folder, `${name}-files`), quietEffects);
  return spilloverCase;
}

async function compared(a: Case, b: Case) {
  const stories = [a, b].map((spilloverCase) => ({ spilloverCase, story: plantedStory }));
  return compareStories(stories, { alignedAt: 'first-seen', mask: null }, quietEffects);
}

let falseAlarms = 0;
let first = await planted('seed-1', { seed: 1 });
const again = await planted('again', { seed: 10_001, reuseSeed: 1 });
const related = await compared(first, again);
again.close();
const truth = JSON.parse(readFileSync(join(folder, 'again-files', 'truth.json'), 'utf8')) as { reused: string[] };
const listed = new Set(related.recurring.map((one) => one.account));
console.log(
  `related: ${truth.reused.filter((one) => listed.has(one)).length} of ${truth.reused.length} recurring accounts listed`,
);
console.log(
  related.overlaps
    .map((one) => `  ${one.what}: ${one.both}, expected ${one.expected.toFixed(2)}, p ${one.adjusted.toPrecision(2)}`)
    .join('\n'),
);
for (let seed = 2; seed <= seeds + 1; seed++) {
  const next = await planted(`seed-${seed}`, { seed });
  const { overlaps, recurring } = await compared(first, next);
  const least = Math.min(1, ...overlaps.map((one) => one.adjusted));
  if (least < 0.05) falseAlarms++;
  console.log(`seeds ${seed - 1} and ${seed}: ${recurring.length} accounts recur, least p ${least.toPrecision(2)}`);
  first.close();
  first = next;
}
first.close();
console.log(`unrelated campaigns with a significant overlap: ${falseAlarms} of ${seeds}`);
rmSync(folder, { recursive: true, force: true });
