import { StoppedError } from '../base/errors.ts';
import { endAtOnce } from './end-at-once.ts';

/** Ctrl-C and a service manager's SIGTERM end long work in good order, after `says`; a second one ends the process. */
export function stopOnSignals(says: string): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) endAtOnce();
    process.stderr.write(`\n${says}\n`);
    controller.abort(new StoppedError());
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
