import { loadavg } from 'node:os';
import { openCase } from '../src/case/case.ts';
import { prepareViews } from '../src/case/prepare-views.ts';
import { addStory } from '../src/case/stories.ts';
import { createApp } from '../src/server/app.ts';
import { openWorkbench } from '../src/server/open-workbench.ts';
import { largeCase } from './large-case.ts';

const [posts = 5_000_000, rounds = 100] = process.argv
  .slice(2)
  .filter((word) => /^\d+$/.test(word))
  .map(Number);
const directory = await largeCase(posts);

{
  const spilloverCase = await openCase(directory);
  const story = await addStory(spilloverCase, { name: 'bench', query: '#FerryPapers', replace: true });
  if (process.argv.includes('--prepare-again')) {
    await spilloverCase.database.run(`delete from setting where name in ('kept-status', 'kept-coverage')`);
    for (const { name } of await spilloverCase.database.rows<{ name: string }>(
      `select table_name as name from duckdb_tables() where schema_name = 'kept'`,
    ))
      await spilloverCase.database.run(`drop table kept.${name}`);
  }
  const began = performance.now();
  const before = process.cpuUsage();
  await prepareViews(spilloverCase, story);
  const { user, system } = process.cpuUsage(before);
  console.log(
    `prepared as a trace does at its end: ${((performance.now() - began) / 1000).toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processor time`,
  );
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
  '/api/coverage?bins=240',
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
/** Time of a plain scan of the same table in the same run, to compare with on a machine that does other things too. */
async function scan(): Promise<{ ms: number; cpu: number }> {
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < 20; round++) {
    const began = performance.now();
    await spilloverCase.database.rows('select platform, kind, count(*), max(time) from post group by all');
    times.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(before);
  return {
    ms: quantile(
      times.toSorted((a, b) => a - b),
      0.5,
    ),
    cpu: (user + system) / 20_000,
  };
}
const quantile = (sorted: readonly number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!;
const show = (name: string, times: number[], cpu: number) => {
  const sorted = times.toSorted((a, b) => a - b);
  console.log(
    `  ${name.padEnd(30)} ${[0.5, 0.95, 0.99].map((q) => `${quantile(sorted, q).toFixed(0).padStart(6)}`).join('')} ms ${cpu.toFixed(0).padStart(7)} ${(quantile(sorted, 0.5) / plain.ms).toFixed(2).padStart(7)}`,
  );
  return quantile(sorted, 0.95);
};
const plain = await scan();
console.log(
  `\na plain scan of all posts (platform, kind, time): ${plain.ms.toFixed(0)} ms, ${plain.cpu.toFixed(0)} ms of processor time`,
);
console.log(
  `\n  ${`${rounds} requests each, one by one`.padEnd(30)}    50%   95%   99%    processor ms, 50% by a scan`,
);
const asked: number[] = [];
const cpuAsked: number[] = [];
for (const [name, make] of Object.entries(kinds)) {
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) times.push((await ask(...make())).ms);
  const { user, system } = process.cpuUsage(before);
  const used = (user + system) / 1000 / rounds;
  show(name, times, used);
  if (/^(brush|filter)/.test(name)) {
    asked.push(...times);
    cpuAsked.push(used);
  }
}
const worst = show('all brushes and filters', asked, cpuAsked.reduce((sum, one) => sum + one, 0) / cpuAsked.length);
console.log(
  `  95 % of brush and filter answers within ${worst.toFixed(0)} ms (within 200); peak memory ${(process.resourceUsage().maxRSS / 1e6).toFixed(1)} GB`,
);
await bench.close();
spilloverCase.close();
if (posts >= 5_000_000 && (worst > 200 || firstView > 2000)) process.exitCode = 1;
