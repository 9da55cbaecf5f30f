import { UserError } from '../base/errors.ts';
import { type Removal, removeSources as removeFromDatabase } from '../store/remove-sources.ts';
import type { Case } from './case.ts';

/** One imported file. */
export interface SourceInfo {
  key: number;
  file: string;
  path: string;
  format: string;
  options: string;
  imported: string;
  recordsRead: number;
  postsAdded: number;
  duplicates: number;
  problems: number;
  embedded: number;
  sha256: string;
}

export interface RemovedSources extends Removal {
  sources: SourceInfo[];
  /** False where it was only shown what would go. */
  removed: boolean;
}

/** The imported files, first to last. */
export async function listSources({ database }: Case): Promise<SourceInfo[]> {
  return database.rows(`
    select source_key as key, file, path, format, options, strftime(finished, '%Y-%m-%dT%H:%M:%SZ') as imported, records_read as "recordsRead",
      posts_added as "postsAdded", duplicates, problems, embedded, sha256
    from source order by source_key`);
}

/**
 * Takes sources out of the case with all that only they brought: posts, shares, problems, coverage, accounts and artifacts
 * without a post. Posts that a remaining source holds too stay as they are and count for that source from now on. What the
 * removed files changed in posts of others (counts, deletion marks, further links) stays.
 *
 * @param names keys of sources, or file names or paths that only one source has
 * @param options.tryOnly tells what would go and changes nothing
 * @throws UserError where a name fits no source or several
 */
export async function removeSources(
  spilloverCase: Case,
  names: readonly string[],
  options: { tryOnly: boolean },
): Promise<RemovedSources> {
  const all = await listSources(spilloverCase);
  const sources = [...new Set(names.map((name) => sourceNamed(all, name)))];
  const removal = await removeFromDatabase(
    spilloverCase.database,
    sources.map(({ key }) => key),
    options.tryOnly,
  );
  return { sources, removed: !options.tryOnly, ...removal };
}

function sourceNamed(all: readonly SourceInfo[], name: string): SourceInfo {
  const found = /^\d+$/.test(name)
    ? all.filter(({ key }) => key === Number(name))
    : all.filter(({ file, path }) => file === name || path === name);
  if (found.length === 1) return found[0]!;
  if (found.length === 0)
    throw new UserError(`The case holds no source "${name}".`, 'spillover source list shows their numbers.');
  throw new UserError(
    `"${name}" is the name of ${found.length} sources: ${found.map(({ key }) => key).join(', ')}.`,
    'Name one by its number.',
  );
}
