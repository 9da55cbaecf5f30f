import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of a Chromium on this machine (`SPILLOVER_CHROMIUM`, else from the PATH); null where there is none. */
export function findChromium(): string | null {
  const named = process.env.SPILLOVER_CHROMIUM;
  if (named && existsSync(named)) return named;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      if (existsSync(path)) return path;
    }
  }
  return null;
}
