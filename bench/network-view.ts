import { performance } from 'node:perf_hooks';
import type { Page } from 'playwright-core';
import { Random } from '../src/base/random.ts';
import { enter, launch, plantedCase, serve } from '../test/browser/workbench.ts';

/**
 * First picture and panning of the network view in headless Chromium with software rendering, for networks that the browser gets as the
 * server sends them: every account up to 10,000, communities above. Layout and transfer from the database are not part of it: the answer of
 * the API is replaced by an invented network of the size.
 */
const sizes: [accounts: number, links: number][] = [
  [5000, 20_000],
  [50_000, 200_000],
];
const mostSingle = 10_000;

/** An answer of the network endpoint: communities of accounts on circles, links mostly within them. */
function inventedNetwork(accounts: number, links: number) {
  const random = new Random(7);
  const many = Math.max(20, Math.round(accounts / 120));
  const community = Array.from({ length: accounts }, () => random.int(many));
  const whole = accounts > mostSingle;
  const shown = whole ? many : accounts;
  const own = new Float64Array(many);
  for (const one of community) own[one]! += 1;
  const angle = (one: number) => (2 * Math.PI * one) / many;
  const nodes = {
    id: Array.from({ length: shown }, (_, node) => (whole ? `community/${node}` : `x/${node}`)),
    label: Array.from({ length: shown }, (_, node) => (whole ? `around account ${node}` : `account_${node}`)),
    x: Array.from(
      { length: shown },
      (_, node) => 100 * Math.cos(angle(whole ? node : community[node]!)) + random.uniform() * 12,
    ),
    y: Array.from(
      { length: shown },
      (_, node) => 100 * Math.sin(angle(whole ? node : community[node]!)) + random.uniform() * 12,
    ),
    weight: Array.from({ length: shown }, () => random.int(200)),
    community: whole ? Array.from({ length: many }, (_, one) => one) : community,
    platform: Array.from({ length: shown }, () => 'x'),
    role: Array.from({ length: shown }, () => (random.uniform() < 0.05 ? 'booster' : null)),
    group: Array.from({ length: shown }, () => null),
    accounts: Array.from({ length: shown }, (_, node) => (whole ? own[node]! : 1)),
  };
  const pairs = new Map<number, number>();
  for (let link = 0; link < links; link++) {
    const a = random.int(accounts);
    const b = random.int(accounts);
    const key = whole ? community[a]! * shown + community[b]! : a * accounts + b;
    pairs.set(key, (pairs.get(key) ?? 0) + 1);
  }
  const keys = [...pairs.keys()];
  return {
    version: 'bench',
    created: '2024-01-01T00:00:00Z',
    caseRevision: 1,
    stale: false,
    network: 'reshare',
    story: 'ferry-papers',
    statement: `Invented: ${accounts} accounts, ${links} links.`,
    accounts,
    links,
    from: '2024-05-01T00:00:00Z',
    to: '2024-05-02T00:00:00Z',
    level: whole ? 'communities' : 'accounts',
    community: null,
    communities: Array.from({ length: many }, (_, one) => ({
      community: one,
      accounts: own[one],
      label: `account ${one}`,
      platforms: { x: own[one] },
    })),
    nodes,
    edges: {
      source: keys.map((key) => Math.floor(key / shown)),
      target: keys.map((key) => key % shown),
      weight: [...pairs.values()],
      first: keys.map(() => random.int(86_400)),
    },
  };
}

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

const directory = await plantedCase();
const server = await serve(directory);
const browser = await launch();
try {
  for (const [accounts, links] of sizes) {
    const answer = JSON.stringify(inventedNetwork(accounts, links));
    const { page, context } = await enter(browser, server, '/story/ferry-papers/bridges');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.route('**/networks/reshare*', (route) =>
      route.fulfill({ contentType: 'application/json', body: answer }),
    );
    const began = performance.now();
    await page.getByRole('link', { name: 'Network' }).click();
    await page.locator('.network-canvas canvas').first().waitFor();
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    const first = performance.now() - began;
    const rate = await panning(page);
    console.log(
      `${accounts} accounts, ${links} links (${accounts > mostSingle ? 'communities' : 'single accounts'}, answer ${(answer.length / 1e6).toFixed(1)} MB): first picture ${(first / 1000).toFixed(2)} s, panning ${rate.toFixed(0)} frames/s`,
    );
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
