import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A small disk of its own; null where this process may not mount one. */
export function smallDisk(megabytes: number): string | null {
  const directory = mkdtempSync(join(tmpdir(), 'spillover-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory], {
    stdio: 'ignore',
  });
  onTestFinished(() => {
    if (status === 0) spawnSync('umount', ['-l', directory]);
    rmSync(directory, { recursive: true, force: true });
  });
  return status === 0 ? directory : null;
}
