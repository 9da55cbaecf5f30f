import { lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { FailedSource } from './import-report.ts';

const pipeHint = 'Pipes and devices cannot be imported: save their content to a file first.';

/** Regular files below a path in natural order; whatever cannot be read is reported, a folder is entered once. */
export function filesBelow(path: string, failed: FailedSource[], entered = new Set<string>()): string[] {
  const fail = (error: string, hint: string | null = null): string[] => {
    failed.push({ file: path, error, hint });
    return [];
  };
  let status: Stats | undefined;
  try {
    status = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return fail(`${path} cannot be reached: ${error instanceof Error ? error.message : error}`);
  }
  if (!status)
    return lstatSync(path, { throwIfNoEntry: false })
      ? fail(`${path} is a link to nothing.`)
      : fail(
          `${path} does not exist.`,
          path === '-' ? pipeHint : isAbsolute(path) ? null : `Looked for it in ${process.cwd()}.`,
        );
  if (status.isFile()) return [path];
  if (!status.isDirectory()) return fail(`${path} is not a regular file.`, pipeHint);
  const real = realpathSync(path);
  if (entered.has(real)) return [];
  const isTop = entered.size === 0;
  entered.add(real);
  const before = failed.length;
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .flatMap((entry) => filesBelow(join(path, entry.name), failed, entered));
  return isTop && files.length === 0 && failed.length === before ? fail(`${path} holds no files.`) : files;
}
