import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openCase } from '../src/case/case.ts';
import { importPlanted, plantedStory } from '../src/case/demo.ts';
import { quietEffects } from '../src/case/effects.ts';
import { filesBelow } from '../src/case/files-below.ts';
import { plantCampaign } from '../src/plant/plant-campaign.ts';
import { resolvePlantOptions } from '../src/plant/plant-options.ts';
import type { Job } from '../src/server/api-types.ts';
import { createApp } from '../src/server/app.ts';
import { openWorkbench } from '../src/server/open-workbench.ts';

/*
 * How requests fare while the workbench works: a planted campaign of so many posts (300,000) is sent and imported into a case of 50,000, its story
 * traced, and exported with a mask. Every 50 ms a request is due, by turns the state of the case and the brush of the spread map; its time counts from
 * when it was due, so that a server that is blocked shows.
 */
const posts = Number(process.argv[2] ?? 300_000);
const kept = join(tmpdir(), 'spillover-bench');
mkdirSync(kept, { recursive: true });

async function planted(seed: number, count: number): Promise<string> {
  const folder = join(kept, `planted-${seed}-${count}`);
  if (!existsSync(join(folder, 'story.txt'))) {
    rmSync(folder, { recursive: true, force: true });
    await plantCampaign(resolvePlantOptions({ seed, posts: count }), folder, { onProgress: () => {} });
  }
  return folder;
}

const first = await planted(3, 50_000);
const second = await planted(5, posts);
const keptCase = join(kept, 'responsive-case');
if (!existsSync(join(keptCase, 'case.duckdb'))) {
  const made = await openCase(keptCase);
  await importPlanted(made, first, quietEffects);
  made.close();
}
const directory = mkdtempSync(join(tmpdir(), 'spillover-responsive-'));
cpSync(keptCase, directory, { recursive: true });
const spilloverCase = await openCase(directory);
const onBug = (error: unknown) => console.error(error);
const bench = await openWorkbench(spilloverCase, { onBug });
const app = createApp(bench, { token: 't', port: 4860, webFolder: '/nowhere', onBug });

async function ask<T>(path: string, body?: Uint8Array | object): Promise<T> {
  const isBytes = body instanceof Uint8Array;
  const answer = await app.request(`http://127.0.0.1:4860${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: (isBytes ? body : JSON.stringify(body)) as string }),
    headers: {
      host: '127.0.0.1:4860',
      authorization: 'Bearer t',
      'content-type': isBytes ? 'application/octet-stream' : 'application/json',
    },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

let asked = 0;
/** Every other brush is a new one, as when a hand moves it. */
function nextPath(): { kind: 'status' | 'brush'; path: string } {
  asked++;
  if (asked % 2 === 0) return { kind: 'status', path: '/api/status' };
  const from = new Date(Date.UTC(2024, 4, 13) + asked * 60_000).toISOString();
  return { kind: 'brush', path: `/api/volume?story=${plantedStory}&from=${from}&bins=120` };
}

async function during(name: string, work: Promise<unknown>): Promise<void> {
  const began = performance.now();
  const times = { status: [] as number[], brush: [] as number[] };
  let isRunning = true;
  const ended = work.finally(() => {
    isRunning = false;
  });
  let due = performance.now();
  while (isRunning) {
    due += 50;
    const late = performance.now() - due;
    if (late < 0) await new Promise((resolve) => setTimeout(resolve, -late));
    const was = due;
    due = Math.max(due, performance.now());
    const { kind, path } = nextPath();
    await ask(path);
    times[kind].push(performance.now() - was);
  }
  await ended;
  const shown = Object.entries(times).map(([kind, all]) => {
    all.sort((a, b) => a - b);
    const at = (q: number) => all[Math.min(all.length - 1, Math.ceil(q * all.length) - 1)]!.toFixed(0);
    return `${kind} (${all.length}) 50% ${at(0.5)}, 95% ${at(0.95)}, 99% ${at(0.99)}, slowest ${at(1)} ms`;
  });
  console.log(
    `${name.padEnd(16)} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s; ${shown.join('; ')}`,
  );
}

async function done({ job: { id } }: { job: Job }): Promise<void> {
  for (;;) {
    const { job } = await ask<{ job: Job }>(`/api/jobs/${id}`);
    if (job.state === 'done') return;
    if (job.error) throw new Error(job.error.message);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const uploads: string[] = [];
const failed: { file: string; error: string; hint: string | null }[] = [];
for (const name of ['x.jsonl', 'bluesky.ndjson', 'telegram', '4chan'])
  for (const file of filesBelow(join(second, name), failed)) {
    const sent = file.slice(second.length + 1);
    const { id } = await ask<{ id: string }>(`/api/uploads?name=${encodeURIComponent(sent)}`, readFileSync(file));
    uploads.push(id);
  }
console.log(`${posts.toLocaleString('en')} posts, load average ${loadavg()[0]!.toFixed(1)}`);
await during('nothing runs', new Promise((resolve) => setTimeout(resolve, 5000)));
await during('import', ask<{ job: Job }>('/api/imports', { uploads }).then(done));
await during('trace', ask<{ job: Job }>(`/api/stories/${plantedStory}/trace`, { options: {} }).then(done));
for (const form of ['csv', 'parquet'])
  await during(
    `masked ${form}`,
    ask<{ job: Job }>(`/api/stories/${plantedStory}/exports/${form}`, { mask: true }).then(done),
  );
console.log(await ask('/api/session'));
await bench.close();
spilloverCase.close();
rmSync(directory, { recursive: true, force: true });
