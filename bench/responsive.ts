import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { openCase } from '../src/case/case.ts';
import { quietEffects } from '../src/case/effects.ts';
import { addStory } from '../src/case/stories.ts';
import { trace } from '../src/case/trace.ts';
import { createApp } from '../src/server/app.ts';
import { openWorkbench } from '../src/server/open-workbench.ts';
import { largeCase } from './large-case.ts';

/*
 * How a cheap request fares while a large story is traced: in the thread of jobs, as the workbench does it, and in the thread of the server, as it
 * was before. A request is `GET /api/session`, one every 25 ms.
 */
const posts = Number(process.argv[2] ?? 1_000_000);
const directory = await largeCase(posts);
const spilloverCase = await openCase(directory);
await addStory(spilloverCase, { name: 'bench', query: '#FerryPapers', replace: true });
const onBug = (error: unknown) => console.error(error);
const bench = await openWorkbench(spilloverCase, { onBug });
const app = createApp(bench, { token: 't', port: 4860, webFolder: '/nowhere', onBug });

async function ask(): Promise<number> {
  const began = performance.now();
  const answer = await app.request('http://127.0.0.1:4860/api/session', {
    headers: { host: '127.0.0.1:4860', authorization: 'Bearer t' },
  });
  await answer.json();
  return performance.now() - began;
}

async function during(name: string, work: Promise<unknown>): Promise<void> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  const times: number[] = [];
  let isRunning = true;
  const ended = work.finally(() => {
    isRunning = false;
  });
  let due = performance.now();
  while (isRunning) {
    due += 25;
    const late = performance.now() - due;
    if (late < 0) await new Promise((resolve) => setTimeout(resolve, -late));
    const was = due;
    due = Math.max(due, performance.now());
    await ask();
    times.push(performance.now() - was);
  }
  await ended;
  const { user, system } = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  const at = (q: number) => times[Math.min(times.length - 1, Math.ceil(q * times.length) - 1)]!.toFixed(0).padStart(6);
  console.log(
    `${name.padEnd(30)} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s, processor ${((user + system) / 1e6).toFixed(1).padStart(6)} s; ${times.length} requests, 50% ${at(0.5)}, 95% ${at(0.95)}, 99% ${at(0.99)}, slowest ${at(1)} ms`,
  );
}

console.log(`${posts.toLocaleString('en')} posts, load average ${loadavg()[0]!.toFixed(1)}`);
await during('nothing runs', new Promise((resolve) => setTimeout(resolve, 3000)));
await during(
  'traced in the thread of jobs',
  bench.thread.run({ kind: 'trace', story: 'bench', options: {} }, quietEffects),
);
await during('traced in the server’s thread', trace(spilloverCase, 'bench', {}, quietEffects));
await bench.close();
spilloverCase.close();
