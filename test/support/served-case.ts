import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, openCase } from '../../src/case/case.ts';
import { importPlanted } from '../../src/case/demo.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { plantCampaign } from '../../src/plant/plant-campaign.ts';
import { resolvePlantOptions } from '../../src/plant/plant-options.ts';
import { createApp } from '../../src/server/app.ts';
import { contract } from '../../src/server/contract/contract.ts';
import { type OpenOptions, openWorkbench } from '../../src/server/open-workbench.ts';
import type { Limits } from '../../src/server/workbench.ts';

export const port = 4860;
export const token = 'a-token-for-tests';
type Name = keyof typeof contract;

/** A server without a socket over a case in a temporary directory. `ask` checks every answer against the contract. */
export async function servedCase(
  fill: (spilloverCase: Case) => Promise<void>,
  limits: Partial<Limits> = {},
  readOnly = false,
  collecting: NonNullable<OpenOptions['collecting']> = {},
) {
  const directory = mkdtempSync(join(tmpdir(), 'spillover-server-'));
  let spilloverCase = await openCase(directory, { memoryLimitBytes: 2 * 1024 ** 3 });
  await fill(spilloverCase);
  if (readOnly) {
    spilloverCase.close();
    spilloverCase = await openCase(directory, { readOnly: true });
  }
  const bugs: unknown[] = [];
  const bench = await openWorkbench(spilloverCase, { limits, collecting, onBug: (error) => bugs.push(error) });
  const app = createApp(bench, { token, port, webFolder: join(directory, 'web'), onBug: (error) => bugs.push(error) });
  const send = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    app.request(`http://127.0.0.1:${port}${path}`, {
      ...init,
      headers: { host: `127.0.0.1:${port}`, authorization: `Bearer ${token}`, ...init.headers },
    });
  const ask = async <N extends Name>(
    name: N,
    given: { params?: Record<string, string>; query?: Record<string, string | number>; body?: unknown } = {},
  ) => {
    const { method, path, answer } = contract[name];
    const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(given.params?.[key] ?? ''));
    const search = new URLSearchParams(
      Object.entries(given.query ?? {}).map(([key, value]): [string, string] => [key, String(value)]),
    );
    const response = await send(`${filled}${search.size > 0 ? `?${search}` : ''}`, {
      method: method.toUpperCase(),
      ...(given.body === undefined
        ? {}
        : { body: JSON.stringify(given.body), headers: { 'content-type': 'application/json' } }),
    });
    const json = (await response.json()) as never;
    if (!response.ok) throw Object.assign(new Error(JSON.stringify(json)), { status: response.status, body: json });
    return answer.parse(json) as ReturnType<(typeof contract)[N]['answer']['parse']>;
  };
  const close = async () => {
    await bench.close();
    spilloverCase.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { app, bench, bugs, directory, send, ask, close };
}

/** A planted campaign of a few thousand posts with its context and story. */
export async function fillPlanted(spilloverCase: Case): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'spillover-planted-'));
  try {
    await plantCampaign(resolvePlantOptions({ posts: 6000, seed: 11 }), folder, {});
    await importPlanted(spilloverCase, folder, quietEffects);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
