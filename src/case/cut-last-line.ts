import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

const windowBytes = 1 << 16;

/** Cuts off a last line that has no end: what a process wrote of it when it was killed. Returns the bytes that went. */
export function cutLastLine(path: string): number {
  const fd = openSync(path, 'r+');
  try {
    const size = fstatSync(fd).size;
    const buffer = Buffer.alloc(windowBytes);
    for (let end = size; end > 0; ) {
      const from = Math.max(0, end - windowBytes);
      const count = readSync(fd, buffer, 0, end - from, from);
      const newline = buffer.subarray(0, count).lastIndexOf(10);
      if (newline >= 0) {
        const keep = from + newline + 1;
        if (keep < size) ftruncateSync(fd, keep);
        return size - keep;
      }
      end = from;
    }
    ftruncateSync(fd, 0);
    return size;
  } finally {
    closeSync(fd);
  }
}
