import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { Page } from 'playwright-core';
import { openCase } from '../src/case/case.ts';
import { quietEffects } from '../src/case/effects.ts';
import { JobThread } from '../src/case/job-thread.ts';
import { enter, launch, type Server, serve } from '../test/browser/workbench.ts';
import { networkCase, networkStory } from './network-case.ts';

/*
 * The network view from a stored case to a dragged picture, in headless Chromium with software rendering: layout in its thread, answers of the
 * server, first picture, panning. 5,000 accounts are drawn one by one, of 50,000 the communities, which open on a click.
 */
const sizes: [accounts: number, links: number][] = [
  [5000, 20_000],
  [50_000, 200_000],
];
const rounds = 3;

/** Milliseconds from `act` until the second frame with a drawing; in the page, so that nothing of the remote control counts. */
const untilDrawn = (page: Page, act: string) =>
  page.evaluate(`new Promise((done) => {
    const was = document.querySelector('.network-canvas canvas');
    const began = performance.now();
    (${act})();
    const look = () => {
      const canvas = document.querySelector('.network-canvas canvas');
      if (canvas === null || canvas === was) return requestAnimationFrame(look);
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
    };
    look();
  })`) as Promise<number>;

/** Frames per second while the picture is dragged for two seconds. */
async function panning(page: Page): Promise<number> {
  const box = (await page.locator('.network-canvas').boundingBox())!;
  await page.evaluate(
    `window.frames_ = 0; (function count() { window.frames_ += 1; requestAnimationFrame(count); })()`,
  );
  await page.mouse.move(box.x + 200, box.y + 200);
  await page.mouse.down();
  const began = performance.now();
  const before = (await page.evaluate('window.frames_')) as number;
  for (let step = 0; performance.now() - began < 2000; step++)
    await page.mouse.move(box.x + 200 + (step % 60) * 4, box.y + 200 + (step % 40) * 3);
  const after = (await page.evaluate('window.frames_')) as number;
  const seconds = (performance.now() - began) / 1000;
  await page.mouse.up();
  return (after - before) / seconds;
}

/** Milliseconds of processor time of all processes of the browser so far, by kind. */
function browserTime(): Record<string, number> {
  const used: Record<string, number> = {};
  for (const process of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const command = readText(`/proc/${process}/cmdline`);
    if (!/chrom/.test(command) || !command.includes('--type=')) continue;
    const kind = /--type=([a-z-]+)/.exec(command)![1]!;
    const fields = readText(`/proc/${process}/stat`).split(') ')[1]?.split(' ') ?? [];
    used[kind] = (used[kind] ?? 0) + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10;
  }
  return used;
}

/** Empty for a process that has ended meanwhile. */
function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

const seconds = (ms: number) => (ms / 1000).toFixed(2);

/** Layout and storing, unless the case has them from an earlier run. */
async function layOut(directory: string): Promise<void> {
  const spilloverCase = await openCase(directory);
  const done = await spilloverCase.database.first(`select 1 from result where analysis = 'network-reshare'`);
  if (!done || process.argv.includes('--lay-out')) {
    const began = performance.now();
    const cpu = process.cpuUsage();
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last - 10);
      last = performance.now();
    }, 10);
    const thread = new JobThread(spilloverCase);
    await thread.run({ kind: 'network', story: networkStory, network: 'reshare' }, quietEffects);
    await thread.close();
    clearInterval(beat);
    const { user, system } = process.cpuUsage(cpu);
    console.log(
      `  laid out and stored in ${seconds(performance.now() - began)} s, ${seconds((user + system) / 1000)} s of processor time; the thread that answers requests stood still for ${longest.toFixed(0)} ms at most`,
    );
  }
  spilloverCase.close();
}

/** Answer times of the server over the socket: overview, again, and communities. */
async function askServer(server: Server): Promise<void> {
  const cookie = (await fetch(server.url, { redirect: 'manual' })).headers.get('set-cookie')!.split(';')[0]!;
  const ask = async (query: string) => {
    const began = performance.now();
    const answer = await fetch(`${server.origin}/api/stories/${networkStory}/networks/reshare${query}`, {
      headers: { cookie },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return { ms: performance.now() - began, text };
  };
  const cold = await ask('');
  const warm = await ask('');
  const { level, communities } = JSON.parse(cold.text) as { level: string; communities: unknown[] };
  const opened: number[] = [];
  if (level === 'communities')
    for (let community = 0; community < Math.min(20, communities.length); community++)
      opened.push((await ask(`?community=${community}`)).ms);
  opened.sort((a, b) => a - b);
  console.log(
    `  server: first answer ${cold.ms.toFixed(0)} ms, again ${warm.ms.toFixed(0)} ms, ${(cold.text.length / 1e6).toFixed(1)} MB${opened.length > 0 ? `; ${opened.length} communities opened, 50 % ${opened[opened.length >> 1]!.toFixed(0)} ms, slowest ${opened.at(-1)!.toFixed(0)} ms` : ''}`,
  );
}

const browser = await launch();
let isFast = true;
try {
  for (const [accounts, links] of sizes) {
    console.log(
      `${accounts.toLocaleString('en')} accounts, ${links.toLocaleString('en')} links (load average ${loadavg()[0]!.toFixed(1)})`,
    );
    const directory = await networkCase(accounts, links);
    await layOut(directory);
    const firsts: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const server = await serve(directory);
      try {
        if (round === 0) await askServer(server);
        const { page, context, faults } = await enter(browser, server, `/story/${networkStory}/query`);
        await page.getByRole('link', { name: 'Network' }).waitFor();
        const before = browserTime();
        firsts.push(
          await untilDrawn(
            page,
            `() => [...document.querySelectorAll('a')].find((one) => one.textContent === 'Network').click()`,
          ),
        );
        const after = browserTime();
        const drawn = await page.locator('.network-canvas').getAttribute('aria-label');
        rates.push(await panning(page));
        const opened =
          accounts > 10_000
            ? await untilDrawn(page, `() => document.querySelector('button.network-name').click()`)
            : null;
        const used = Object.keys(after).map((kind) => `${kind} ${after[kind]! - (before[kind] ?? 0)}`);
        console.log(
          `  browser: first picture ${seconds(firsts.at(-1)!)} s, panning ${rates.at(-1)!.toFixed(0)} frames/s${opened === null ? '' : `, a community opened in ${seconds(opened)} s`} (${drawn}; processor ms: ${used.join(', ')})`,
        );
        if (faults.length > 0) throw new Error(faults.join('\n'));
        await context.close();
      } finally {
        await server.stop();
      }
    }
    const slowest = Math.max(...firsts);
    const jerkiest = Math.min(...rates);
    isFast &&= slowest <= 1500 && jerkiest >= 10;
    console.log(
      `  of ${rounds} rounds the slowest: first picture ${seconds(slowest)} s (within 1.5), panning ${jerkiest.toFixed(0)} frames/s (10 or more)`,
    );
  }
} finally {
  await browser.close();
}
if (!isFast) process.exitCode = 1;
