import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** Absolute path of a file below `../shared/data`, or null where that folder is not on this machine. */
export function sharedData(path: string): string | null {
  const full = `${root}${path}`;
  return existsSync(full) ? full : null;
}
