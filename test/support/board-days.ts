import { Hono } from 'hono';
import { Random } from '../../src/base/random.ts';
import type { Case } from '../../src/case/case.ts';
import { collect } from '../../src/case/collect.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { FakeBoard } from './fakes/fourchan-server.ts';
import { SimulatedWorld } from './simulated-world.ts';

const start = Date.parse('2026-03-01T00:00:00Z');
const threads = 200;
/** A list of threads every 30 s and at most one thread a second: a board on which all of 200 threads change is read in four minutes. */
export const pollingIntervalMs = 300_000;

export interface BoardDays {
  posts: number;
  longVisible: number;
  /** Posts that were visible for longer than the polling interval and are not in the case. */
  missed: number[];
  requests: number;
  tooFast: number;
  shortestGapMs: number;
  gaps: number;
}

/**
 * Simulates a board with 200 threads for some hours: about 30 posts a minute, moderators who delete, every hour the 40 threads that
 * were bumped longest ago are pruned and nothing of them is archived. Collects it into the case.
 */
export async function simulateBoard(spilloverCase: Case, hours: number, seed: number): Promise<BoardDays> {
  const app = new Hono();
  const world = new SimulatedWorld(start, async (input, init) => app.fetch(new Request(input, init)), seed);
  const board = new FakeBoard(world.now, { threads, archive: false });
  let requests = 0;
  app.use('*', async (_context, next) => {
    requests++;
    await next();
  });
  board.serve(app, 'pol');
  const random = new Random(seed);
  const life = new Map<number, { from: number; to: number }>();
  const alive = new Map<number, number[]>();
  const end = start + hours * 3_600_000;
  const appear = (thread: number, no: number) => {
    life.set(no, { from: world.now(), to: Number.POSITIVE_INFINITY });
    alive.set(thread, [...(alive.get(thread) ?? []), no]);
  };
  const open = () => {
    const no = board.open(`thread at ${world.now()}`);
    appear(no, no);
    for (const [thread, posts] of alive) {
      if (board.threads.has(thread)) continue;
      for (const post of posts) life.get(post)!.to = Math.min(life.get(post)!.to, world.now());
      alive.delete(thread);
    }
  };
  const act = () => {
    const numbers = [...board.threads.keys()];
    const thread = numbers[Math.floor(numbers.length * random.uniform() ** 2)]!;
    const draw = random.uniform();
    if (draw < 0.04) open();
    else if (draw < 0.06) {
      const posts = alive.get(thread)!.slice(1);
      if (posts.length === 0) return;
      const victim = posts[random.int(posts.length)]!;
      board.deletePost(thread, victim);
      life.get(victim)!.to = Math.min(life.get(victim)!.to, world.now());
    } else appear(thread, board.reply(thread, `reply at ${world.now()}`));
  };
  const drive = async () => {
    for (let prune = start + 3_600_000; world.now() < end; ) {
      await world.sleep(-2_000 * Math.log(1 - random.uniform()));
      act();
      if (world.now() < prune) continue;
      prune += 3_600_000;
      const oldest = [...board.threads.values()].sort((a, b) => a.bumped - b.bumped).slice(0, 40);
      for (const { no } of oldest) board.prune(no);
      for (let count = 0; count < 40; count++) open();
    }
  };
  for (let count = 0; count < threads; count++) open();
  const driving = drive();
  const report = await collect(
    spilloverCase,
    'fourchan',
    {
      options: { board: ['pol'] },
      environment: {},
      forMs: hours * 3_600_000,
      checkpointMs: 60_000,
      importEveryMs: 3_600_000,
    },
    { ...quietEffects, world },
  );
  await driving;
  const rows = await spilloverCase.database.rows<{ no: number }>(
    `select split_part(post_id, '/', 2)::bigint as no from post`,
  );
  const kept = new Set(rows.map((row) => row.no));
  const long = [...life].filter(([, { from, to }]) => Math.min(to, end) - from > pollingIntervalMs);
  return {
    posts: life.size,
    longVisible: long.length,
    missed: long.filter(([no]) => !kept.has(no)).map(([no]) => no),
    requests,
    tooFast: board.tooFast,
    shortestGapMs: board.shortestGapMs,
    gaps: report.gapList.length,
  };
}
