import cliProgress from 'cli-progress';
import colors from 'picocolors';
import { StoppedError } from '../base/errors.ts';
import type { Effects, Progress } from '../case/effects.ts';
import { endAtOnce } from './end-at-once.ts';

/** Text that is safe on a terminal: control characters of posts and file names must not move the cursor or change colours. */
export function safe(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

const plainEverySeconds = 5;

/**
 * Effects for the command line: on a terminal one line with rate and remaining time, else a plain line per step and every few
 * seconds. All of it on stderr. Ctrl-C aborts the work in hand.
 */
export function terminalEffects(): Effects & { finish: () => void } {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) endAtOnce();
    process.stderr.write(
      '\nstopping … (press Ctrl-C again to stop at once; the case stays as it was before this file)\n',
    );
    controller.abort(new StoppedError());
  };
  process.on('SIGINT', interrupt);
  const show = process.stderr.isTTY ? barDisplay() : plainDisplay();
  return {
    onProgress: show.update,
    onNote: (note) => {
      show.clear();
      tell(note);
    },
    now: () => new Date(),
    signal: controller.signal,
    finish: () => {
      show.clear();
      process.off('SIGINT', interrupt);
    },
  };
}

/** Writes a note to stderr. */
export function tell(note: string): void {
  process.stderr.write(`${colors.yellow('note')} ${safe(note)}\n`);
}

interface Display {
  update: (progress: Progress) => void;
  clear: () => void;
}

function barDisplay(): Display {
  let step = '';
  let bar: cliProgress.SingleBar | null = null;
  let began = Date.now();
  const stop = () => {
    bar?.stop();
    bar = null;
    process.stderr.write('\r\u001b[2K');
  };
  return {
    clear: () => {
      if (step !== '') stop();
      step = '';
    },
    update: ({ step: name, done, total, unit }) => {
      if (name !== step) {
        stop();
        step = name;
        began = Date.now();
        if (total === null || done === null) {
          process.stderr.write(`${colors.dim(safe(name))} …`);
          return;
        }
        bar = new cliProgress.SingleBar(
          {
            format: `${safe(name)} {bar} {percentage}% {rate} {eta_formatted} left`,
            stream: process.stderr,
            clearOnComplete: true,
            hideCursor: true,
            barsize: 24,
          },
          cliProgress.Presets.shades_classic,
        );
        bar.start(total, done, { rate: '' });
      }
      if (bar && done !== null) bar.update(done, { rate: rate(done, unit, (Date.now() - began) / 1000) });
    },
  };
}

function plainDisplay(): Display {
  let step = '';
  let shown = '';
  let last = 0;
  let began = Date.now();
  return {
    clear: () => {},
    update: ({ step: name, done, total, unit }) => {
      const now = Date.now();
      const isNew = name !== step;
      if (isNew) began = now;
      if (!isNew && now - last < plainEverySeconds * 1000) return;
      step = name;
      last = now;
      const file = name.split(': ')[0]!;
      if (isNew && file !== shown) {
        shown = file;
        process.stderr.write(`${safe(name)}\n`);
      } else if (!isNew && done !== null && total) {
        const seconds = (now - began) / 1000;
        const left = done > 0 ? Math.ceil((seconds * (total - done)) / done) : null;
        process.stderr.write(
          `${safe(name)}: ${Math.floor((100 * done) / total)}%, ${rate(done, unit, seconds)}${left === null ? '' : `, ${left} s left`}\n`,
        );
      }
    },
  };
}

function rate(done: number, unit: Progress['unit'], seconds: number): string {
  if (seconds < 0.2) return '';
  return unit === 'bytes'
    ? `${(done / 1e6 / seconds).toFixed(0)} MB/s`
    : `${Math.round(done / seconds).toLocaleString('en')} ${unit}/s`;
}
