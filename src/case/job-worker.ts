import { parentPort } from 'node:worker_threads';
import { UserError } from '../base/errors.ts';
import type { DatabaseAnswer } from '../store/database-call.ts';
import { RemoteDatabase } from '../store/remote-database.ts';
import type { Effects } from './effects.ts';
import { doThreadWork, type FromThread, type ToThread } from './thread-work.ts';

/** Does long work in a thread of its own, so that the server answers meanwhile. The database stays with the thread that opened it. */
const port = parentPort!;
const tell = (message: FromThread) => port.postMessage(message);
const waiting = new Map<number, (answer: DatabaseAnswer) => void>();
let calls = 0;

const database = new RemoteDatabase(
  (of) =>
    new Promise((resolve) => {
      const call = ++calls;
      waiting.set(call, resolve);
      tell({ say: 'call', call, of });
    }),
);
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
  doThreadWork({ ...message.case, database, close: () => {} }, message.work, effects).then(
    (made) => tell({ say: 'done', made }),
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
