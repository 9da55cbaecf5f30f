import { UserError } from '../base/errors.ts';
import type { Case } from './case.ts';
import type { PublicFigures } from './case-mask.ts';
import { compareStories, writeComparison } from './compare.ts';
import type { Effects } from './effects.ts';
import { traceHolds } from './traced.ts';

/** A story of the open case, or of a case beside it. */
export interface ComparedName {
  case?: string | undefined;
  story: string;
}

/**
 * Compares stories of the open case and of cases `beside` it, by name, which are only read, and writes the comparison into a folder.
 * @throws UserError for a story elsewhere whose trace does not hold.
 */
export async function compareByName(
  own: Case,
  beside: ReadonlyMap<string, Case>,
  names: readonly ComparedName[],
  { folder, ...options }: { alignedAt: 'first-seen' | 'crossing'; mask: PublicFigures | null; folder: string },
  effects: Effects,
): Promise<ReturnType<typeof writeComparison>> {
  const stories = [];
  for (const { case: name, story } of names) {
    const spilloverCase = name === undefined ? own : beside.get(name)!;
    if (name !== undefined && (await traceHolds(spilloverCase, story)) !== 'holds')
      throw new UserError(
        `"${story}" of the case ${name} was not traced by this version, or changed since.`,
        'Open that case and trace it again; other cases are only read from here.',
      );
    stories.push({ spilloverCase, story });
  }
  return writeComparison(await compareStories(stories, options, effects), folder);
}
