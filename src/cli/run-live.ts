import colors from 'picocolors';
import type { Effects } from '../case/effects.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { safe } from './terminal.ts';

/** How the command line shows work that runs until it is stopped. */
export interface LiveDisplay<State> {
  lineOf: (state: State) => string;
  /** Where stderr is no terminal, a line is written this often, the first one at once or after that time. */
  plainEveryMs: number;
  plainFirst: 'at once' | 'later';
  /** What is said at the first Ctrl-C or SIGTERM. */
  stopping: string;
}

/** What such work gets: effects that stop it in good order, `show` for its state, `clear` before anything else is written. */
export interface Live<State> {
  effects: Effects;
  show: (state: State) => void;
  clear: () => void;
}

/** Runs work until it ends or is stopped. Its state stands on stderr as one line that is rewritten on a terminal, else as a line now and then. */
export async function runLive<State, Result>(
  { lineOf, plainEveryMs, plainFirst, stopping }: LiveDisplay<State>,
  work: (live: Live<State>) => Promise<Result>,
): Promise<Result> {
  const stop = stopOnSignals(stopping);
  let last = plainFirst === 'at once' ? 0 : Date.now();
  const clear = () => {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  };
  const show = (state: State) => {
    if (process.stderr.isTTY) {
      const line = safe(lineOf(state)).slice(0, (process.stderr.columns ?? 120) - 1);
      process.stderr.write(`\r\u001b[2K${colors.dim(line)}`);
    } else if (Date.now() - last >= plainEveryMs) {
      last = Date.now();
      process.stderr.write(`${new Date().toISOString()} ${safe(lineOf(state))}\n`);
    }
  };
  const onNote = (note: string) => {
    clear();
    process.stderr.write(`${colors.yellow('note')} ${safe(note)}\n`);
  };
  try {
    const result = await work({
      effects: { onProgress: () => {}, onNote, now: () => new Date(), signal: stop.signal },
      show,
      clear,
    });
    clear();
    return result;
  } finally {
    clear();
    stop.release();
  }
}
