import { FakeBoard } from './fourchan-server.ts';
import { httpFake } from './http-fake.ts';
import type { PolledFake } from './polled-fake.ts';

/** The board /pol/ of a fake 4chan as a source that is asked again and again: every post opens a thread of its own. */
export function boardFake(now: () => number): PolledFake {
  const http = httpFake(now);
  const board = new FakeBoard(now);
  board.serve(http.app, 'pol');
  const numberOf = (id: string) => Number(id.split('/')[1]);
  const publish = (text: string) => `pol/${board.open(text)}`;
  return {
    http,
    collector: 'fourchan',
    options: { board: ['pol'], listEverySeconds: 10 },
    intervalMs: 1_000,
    everyMs: 60_000,
    initial: 5,
    publish,
    repeat: (id) => board.addOdd(numberOf(id), board.threads.get(numberOf(id))!.posts[0]),
    remove: (id) => board.deleteThread(numberOf(id)),
    edit: (id, text) => board.edit(numberOf(id), numberOf(id), text),
    publishMalformed: () => board.addOdd([...board.threads.keys()].at(-1)!, 'not a post'),
    flood: () => {
      board.keepsArchive = false;
      board.prune(numberOf(publish('came and went')));
    },
  };
}
