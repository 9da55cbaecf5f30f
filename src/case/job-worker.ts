import { parentPort } from 'node:worker_threads';
import { UserError } from '../base/errors.ts';
import type { DatabaseAnswer } from '../store/database-call.ts';
import { RemoteDatabase } from '../store/remote-database.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import { doThreadWork, type FromThread, type ToldCase, type ToThread } from './thread-work.ts';

/** Does long work in a thread of its own, so that the server answers meanwhile. Databases stay with the thread that opened them. */
const port = parentPort!;
const tell = (message: FromThread) => port.postMessage(message);
const waiting = new Map<number, (answer: DatabaseAnswer) => void>();
let calls = 0;

const remote = (place: number) =>
  new RemoteDatabase(
    (of) =>
      new Promise((resolve) => {
        const call = ++calls;
        waiting.set(call, resolve);
        tell({ say: 'call', call, place, of });
      }),
  );
const asCase = (told: ToldCase, place: number): Case => ({ ...told, database: remote(place), close: () => {} });
const effects: Effects = {
  now: () => new Date(),
  onProgress: (progress) => tell({ say: 'progress', progress }),
  onNote: (note) => tell({ say: 'note', note }),
};

port.on('message', (message: ToThread) => {
  if (message.say === 'answer') {
    waiting.get(message.call)?.(message.answer);
    waiting.delete(message.call);
    return;
  }
  const beside = new Map(message.beside.map((told, at) => [told.name, asCase(told, at + 1)]));
  doThreadWork(asCase(message.case, 0), message.work, effects, beside).then(
    (outcome) => tell({ say: 'done', outcome }),
    (error: unknown) =>
      tell({
        say: 'failed',
        isUserError: error instanceof UserError,
        message: error instanceof Error ? error.message : String(error),
        hint: error instanceof UserError ? error.hint : undefined,
        stack: error instanceof Error ? error.stack : undefined,
      }),
  );
});
