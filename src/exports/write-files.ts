import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExportFile } from './timeline-page.ts';
import { writingTo } from './writing-to.ts';

/** Writes files into a folder that exists. @throws UserError where one of them cannot be written. */
export function writeFiles(folder: string, files: readonly ExportFile[]): void {
  for (const { path, content } of files) {
    const file = join(folder, path);
    writingTo(file, () => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    });
  }
}
