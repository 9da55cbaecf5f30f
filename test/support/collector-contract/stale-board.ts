import { expect } from 'vitest';
import { startCollecting } from '../collecting.ts';
import { FakeBoard } from '../fakes/fourchan-server.ts';
import { httpFake } from '../fakes/http-fake.ts';
import { SimulatedWorld } from '../simulated-world.ts';
import { onceWithCase, postsOf } from './scene.ts';

/** A cache gives a thread as it was before a reply that was read already: nothing of it is deleted, and nothing missed. */
export const staleBoard = async (): Promise<void> => {
  const play = onceWithCase(async (to) => {
    const world = new SimulatedWorld(Date.parse('2026-03-01T12:00:00Z'));
    const http = httpFake(world.now);
    const board = new FakeBoard(world.now);
    board.serve(http.app, 'pol');
    await http.listen();
    const thread = board.open('the thread');
    let old = () => {};
    world.after(15_000, () => {
      old = board.keepAnswer(thread);
      board.reply(thread, 'one');
    });
    world.after(45_000, () => {
      board.reply(thread, 'two');
      old();
    });
    await startCollecting(to, 'fourchan', world, {
      options: { board: ['pol'], listEverySeconds: 10 },
      baseUrl: http.baseUrl(),
      forMs: 90_000,
      checkpointMs: 10_000,
    }).done;
    await http.close();
    return { posts: await postsOf(to), served: board.staleAnswers };
  });
  const { posts, served } = await play();
  expect(served).toBe(1);
  expect(posts.map(({ text, deleted }) => [text, deleted])).toEqual([
    [expect.stringContaining('the thread'), false],
    ['one', false],
    ['two', false],
  ]);
};
