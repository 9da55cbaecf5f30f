import { rmSync } from 'node:fs';
import { openCase } from '../src/case/case.ts';
import { quietEffects } from '../src/case/effects.ts';
import { addStory } from '../src/case/stories.ts';
import { trace } from '../src/case/trace.ts';
import { largeCase } from './large-case.ts';

const posts = Number(process.argv[2] ?? 5_000_000);
const directory = await largeCase(posts);
const spilloverCase = await openCase(directory, { memoryLimitBytes: 6 * 1024 ** 3 });

const selected = await addStory(spilloverCase, { name: 'bench', query: '#FerryPapers', replace: true });
const began = performance.now();
let step = began;
let name = 'start';
const result = await trace(
  spilloverCase,
  'bench',
  {},
  {
    ...quietEffects,
    onProgress: (progress) => {
      if (progress.step === name) return;
      if (process.env.STEPS) console.log(`  ${((performance.now() - step) / 1000).toFixed(1)} s  ${name}`);
      step = performance.now();
      name = progress.step;
    },
  },
);
const seconds = (performance.now() - began) / 1000;
spilloverCase.close();
const gigabytes = process.resourceUsage().maxRSS / 1e6;
console.log(
  `a story of ${selected.posts.toLocaleString('en')} posts in a case of ${posts.toLocaleString('en')}: traced in ${seconds.toFixed(1)} s (under 60), peak memory ${gigabytes.toFixed(1)} GB (under 8), ${result.bridges.length} bridges`,
);
if (process.argv.includes('--clean')) rmSync(directory, { recursive: true });
if (posts >= 5_000_000 && (seconds > 60 || gigabytes > 8)) process.exitCode = 1;
