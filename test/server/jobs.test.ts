import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillWithDemo } from '../../src/case/demo-case.ts';
import type { Job } from '../../src/server/api-types.ts';
import { servedCase } from '../support/served-case.ts';

let served: Awaited<ReturnType<typeof servedCase>>;
beforeAll(async () => {
  served = await servedCase(async () => {});
});
afterAll(async () => {
  expect(served.bugs).toEqual([]);
  await served.close();
});

/** Events of one page that listens, as they come. */
async function listen() {
  const answer = await served.send('/api/events');
  const reader = answer.body!.getReader();
  const events: { event: string; data: unknown }[] = [];
  const reading = (async () => {
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += new TextDecoder().decode(value);
      const whole = text.split('\n\n');
      text = whole.pop()!;
      for (const block of whole) {
        const event = /^event: (.*)$/m.exec(block)?.[1];
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (event && data) events.push({ event, data: JSON.parse(data) });
      }
    }
  })();
  const jobs = () => events.filter((one) => one.event === 'job').map((one) => one.data as Job);
  const until = async (wanted: () => boolean) => {
    for (let round = 0; round < 1200 && !wanted(); round++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(wanted()).toBe(true);
  };
  return {
    type: answer.headers.get('content-type'),
    events,
    jobs,
    until,
    stop: () => reader.cancel().then(() => reading),
  };
}

describe('jobs', () => {
  it('runs one after the other, is watched by two pages, cancelled by one, and outlives both', {
    timeout: 120_000,
  }, async () => {
    const first = await listen();
    const second = await listen();
    expect(first.type).toMatch(/^text\/event-stream/);
    const demo = await served.ask('demo', { body: { posts: 6000 } });
    const waiting = await served.ask('demo', { body: { posts: 6000 } });
    expect((await served.ask('job', { params: { job: waiting.job.id } })).job.state).toBe('waiting');
    await second.until(() => second.jobs().some((job) => job.id === demo.job.id && job.progress !== null));
    await second.stop();
    expect((await served.ask('session')).version).not.toBe('');
    await served.ask('cancel', { params: { job: demo.job.id } });
    await served.ask('cancel', { params: { job: waiting.job.id } });
    await served.bench.jobs.idle();
    await first.until(
      () =>
        first.jobs().at(-1)?.state === 'cancelled' ||
        first.jobs().filter((job) => job.state === 'cancelled').length >= 2,
    );
    const { jobs } = await served.ask('jobs');
    expect(jobs.map((job) => job.state)).toEqual(['cancelled', 'cancelled']);
    await first.stop();
    const later = await listen();
    await later.until(() => later.jobs().length === 2);
    await later.stop();
    await expect(served.ask('job', { params: { job: 'a'.repeat(24) } })).rejects.toMatchObject({ status: 404 });
  });

  it('stops a running import by cancel, and the case stays whole', { timeout: 180_000 }, async () => {
    const other = await servedCase(async () => {});
    try {
      const { job } = await other.ask('demo', { body: { posts: 6000 } });
      const state = () => other.bench.jobs.find(job.id)!;
      for (let round = 0; round < 2400 && !/mapping|writing/.test(state().progress?.step ?? ''); round++)
        await new Promise((resolve) => setTimeout(resolve, 10));
      await other.ask('cancel', { params: { job: job.id } });
      await other.bench.jobs.idle();
      expect(state().state).toBe('cancelled');
      const { totals } = await other.ask('status');
      expect(totals.recordsRead).toBe(totals.postsAdded + totals.duplicates + totals.problems);
      const { spilloverCase } = other.bench;
      expect(readdirSync(spilloverCase.temporary).filter((name) => name.startsWith('import-'))).toEqual([]);
      expect(await spilloverCase.database.first(`select current_setting('preserve_insertion_order') as kept`)).toEqual({
        kept: true,
      });
      expect(other.bugs).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('fills an empty case only', async () => {
    const full = await servedCase(async (spilloverCase) => {
      await spilloverCase.database.run(
        `insert into source values (1, 'f', 'f', 's', 0, 'x', '{}', now()::timestamp, now()::timestamp, 0, 0, 0, 0, 0, [], 'v')`,
      );
    });
    try {
      await expect(
        fillWithDemo(
          full.bench.spilloverCase,
          { posts: 2000, seed: 1 },
          {
            onProgress: () => {},
            onNote: () => {},
            now: () => new Date(),
          },
        ),
      ).rejects.toThrow(/empty case/);
    } finally {
      await full.close();
    }
  });
});
