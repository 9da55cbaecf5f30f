import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import { UserError } from '../base/errors.ts';
import { type EvidenceCheck, verifyEvidence } from '../exports/verify-evidence.ts';

/**
 * Checks an evidence package, folder or zip, and names every file that changed, is missing or was added.
 * @throws UserError where there is no package.
 */
export function verifyPackage(path: string, expectedRoot: string | null): EvidenceCheck {
  if (!existsSync(path)) throw new UserError(`${path} does not exist.`);
  if (statSync(path).isDirectory())
    return verifyEvidence(filesBelow(path, ''), (name) => readFileSync(join(path, name)), expectedRoot);
  const bytes = readFileSync(path);
  const name = basename(path);
  const beside = existsSync(`${path}.sha256`) ? readFileSync(`${path}.sha256`, 'utf8') : null;
  const expected = beside === null ? null : /^([0-9a-f]{64}) {2}\S/.exec(beside)?.[1];
  const actual = createHash('sha256').update(bytes).digest('hex');
  const sealed =
    expected === null || expected === actual
      ? []
      : [
          {
            path: name,
            kind: 'changed' as const,
            detail: expected ? `SHA-256 ${actual}; ${name}.sha256 says ${expected}` : `${name}.sha256 holds no hash`,
          },
        ];
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes);
  } catch (error) {
    return {
      root: null,
      files: 0,
      changes: [
        ...sealed,
        {
          path: name,
          kind: 'damaged',
          detail: `the archive cannot be read: ${error instanceof Error ? error.message : error}`,
        },
      ],
    };
  }
  const check = verifyEvidence(Object.keys(entries), (entry) => entries[entry]!, expectedRoot);
  return { ...check, changes: [...sealed, ...check.changes] };
}

function filesBelow(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) => {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(folder, path) : [path];
    })
    .sort();
}
