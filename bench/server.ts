import { loadavg } from 'node:os';
import { openCase } from '../src/case/case.ts';
import { addStory } from '../src/case/stories.ts';
import { createApp } from '../src/server/app.ts';
import { openWorkbench } from '../src/server/open-workbench.ts';
import { largeCase } from './large-case.ts';

const posts = Number(process.argv[2] ?? 5_000_000);
const rounds = Number(process.argv[3] ?? 100);
const directory = await largeCase(posts);

{
  const spilloverCase = await openCase(directory);
  await addStory(spilloverCase, { name: 'bench', query: '#FerryPapers', replace: true });
  spilloverCase.close();
}

const spilloverCase = await openCase(directory);
const bench = await openWorkbench(spilloverCase, { onBug: (error) => console.error(error) });
const port = 4860;
const app = createApp(bench, { token: 't', port, webFolder: '/nowhere', onBug: (error) => console.error(error) });

async function ask(path: string, body?: object): Promise<{ ms: number; json: Record<string, never> }> {
  const began = performance.now();
  const answer = await app.request(`http://127.0.0.1:${port}${path}`, {
    headers: { host: `127.0.0.1:${port}`, authorization: 'Bearer t', 'content-type': 'application/json' },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  const json = (await answer.json()) as Record<string, never>;
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(json)}`);
  return { ms: performance.now() - began, json };
}

const story = 'story=bench';
console.log(`${posts.toLocaleString('en')} posts, load average ${loadavg()[0]!.toFixed(1)} at the start`);
const began = performance.now();
const cpuBefore = process.cpuUsage();
const first = [
  '/api/session',
  '/api/status',
  '/api/coverage',
  '/api/stories',
  '/api/stories/bench',
  `/api/volume?${story}&bins=240`,
];
const parts = await Promise.all(first.map((path) => ask(path)));
const firstView = performance.now() - began;
const cpu = process.cpuUsage(cpuBefore);
for (const [place, path] of first.entries()) console.log(`  ${parts[place]!.ms.toFixed(0).padStart(6)} ms  ${path}`);
console.log(
  `first view, everything cold and at once: ${(firstView / 1000).toFixed(2)} s (within 2), ${((cpu.user + cpu.system) / 1e6).toFixed(2)} s of processor time`,
);

const { from, to } = parts[5]!.json as unknown as { from: string; to: string };
const start = Date.parse(from);
const span = Date.parse(to) - start;
let seed = 42;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
/** A window as an analyst would brush it: from a minute to the whole, at any place. */
function brush(): string {
  const width = 60_000 * (span / 60_000) ** random();
  const left = start + random() * (span - width);
  const iso = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
  return `from=${iso(left)}&to=${iso(left + width)}`;
}

const sample = (await ask(`/api/posts?${story}&limit=30&offset=4000`)).json as unknown as {
  posts: { post: string; account: string }[];
};
const accounts = (await ask(`/api/active?${story}&limit=50`)).json as unknown as { active: { account: string }[] };
const artifacts = (await ask(`/api/artifacts?${story}&artifactKind=url&limit=50`)).json as unknown as {
  artifacts: { value: string }[];
};
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const account = () => encodeURIComponent(pick(accounts.active).account);
const artifact = () => encodeURIComponent(`url:${pick(artifacts.artifacts).value}`);

const kinds: Record<string, () => [string, object?]> = {
  'brush: volume of the story': () => [`/api/volume?${story}&${brush()}&bins=240`],
  'brush: who is active': () => [`/api/active?${story}&${brush()}&limit=50`],
  'brush: posts': () => [`/api/posts?${story}&${brush()}&limit=50`],
  'brush: whole case': () => [`/api/volume?${brush()}&bins=240`],
  'filter: platform': () => [`/api/volume?${story}&${brush()}&platform=${pick(['x', 'telegram', 'bluesky', 'news'])}`],
  'filter: account': () => [`/api/volume?${story}&${brush()}&account=${account()}`],
  'filter: artifact': () => [`/api/volume?${story}&${brush()}&artifact=${artifact()}`],
  'filter: posts of an artifact': () => [`/api/posts?${story}&${brush()}&artifact=${artifact()}`],
  'evidence: 30 posts by id': () => [
    '/api/posts/by-id',
    { posts: sample.posts.map(() => `x/p${Math.floor(random() * posts)}`) },
  ],
  'account page': () => [`/api/account?id=${account()}&bins=${100 + Math.floor(random() * 900)}`],
};
const quantile = (sorted: readonly number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!;
const show = (name: string, times: number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  console.log(
    `  ${name.padEnd(30)} ${[0.5, 0.95, 0.99].map((q) => `${quantile(sorted, q).toFixed(0).padStart(6)}`).join('')} ms`,
  );
  return quantile(sorted, 0.95);
};
console.log(`\n  ${`${rounds} requests each, one by one`.padEnd(30)}    50%   95%   99%`);
const asked: number[] = [];
for (const [name, make] of Object.entries(kinds)) {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push((await ask(...make())).ms);
  show(name, times);
  if (/^(brush|filter)/.test(name)) asked.push(...times);
}
const worst = show('all brushes and filters', asked);
console.log(
  `  95 % of brush and filter answers within ${worst.toFixed(0)} ms (within 200); peak memory ${(process.resourceUsage().maxRSS / 1e6).toFixed(1)} GB`,
);
await bench.close();
spilloverCase.close();
if (posts >= 5_000_000 && (worst > 200 || firstView > 2000)) process.exitCode = 1;
