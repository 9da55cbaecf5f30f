import type { Writable } from 'node:stream';

/** Lets a reader go before the end, as `head` does. */
export function mayClose(output: Writable): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** Waits until all that was written has left the process: a pipe takes 64 kB at once, and what its reader has not yet asked for would be lost at exit. */
export function finished(output: Writable): Promise<void> {
  return new Promise((resolve) => {
    output.once('error', () => resolve());
    output.write('', () => resolve());
  });
}
