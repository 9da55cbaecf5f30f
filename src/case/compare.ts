import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareCampaigns } from '../analyses/comparison/compare-campaigns.ts';
import type { Comparison } from '../analyses/comparison/comparison-result.ts';
import { maskComparison } from '../analyses/comparison/mask-comparison.ts';
import { UserError } from '../base/errors.ts';
import { Mask } from '../domain/mask.ts';
import { compareReport } from '../reports/compare-report.ts';
import { campaignProfile } from './campaign-profile.ts';
import type { Case } from './case.ts';
import { knownAccounts, maskKey, type PublicFigures } from './case-mask.ts';
import type { Effects } from './effects.ts';
import { authorsOf } from './mask-analysis.ts';

/** One story of one open case. */
export interface ComparedStory {
  spilloverCase: Case;
  story: string;
}

/**
 * Compares two or more traced stories, of one case or of several. With `mask`, accounts that are no public figures get pseudonyms under the key
 * of the first case, so that an account that recurs has one pseudonym.
 * @throws UserError for fewer than two stories, the same twice, or an unknown one.
 */
export async function compareStories(
  stories: readonly ComparedStory[],
  options: { alignedAt: 'first-seen' | 'crossing'; mask: PublicFigures | null },
  effects: Effects,
): Promise<Comparison> {
  if (stories.length < 2)
    throw new UserError(
      'A comparison needs two stories or more.',
      'spillover compare STORY STORY, or DIR:STORY for a story of another case.',
    );
  const labels = labelsOf(stories);
  if (new Set(stories.map((one) => `${one.spilloverCase.directory}\n${one.story}`)).size < stories.length)
    throw new UserError('The same story stands twice in the comparison.', 'Name different stories.');
  const profiles = [];
  for (const [at, { spilloverCase, story }] of stories.entries()) {
    effects.onProgress({ step: `reading ${labels[at]}`, done: null, total: null, unit: 'steps' });
    profiles.push(await campaignProfile(spilloverCase, story, labels[at]!, effects));
  }
  const comparison = compareCampaigns(profiles, options.alignedAt);
  if (!options.mask) return comparison;
  const cases = [...new Set(stories.map((one) => one.spilloverCase))];
  const accounts = [];
  const cited = comparison.recurring.flatMap((one) => one.parts.flatMap((part) => part.evidence));
  const stages = comparison.campaigns.flatMap((one) => one.stages.flatMap(({ post }) => post ?? []));
  const authors = new Map<string, string | null>();
  for (const one of cases) {
    accounts.push(...(await knownAccounts(one, options.mask)));
    for (const [post, author] of await authorsOf(one, [...cited, ...stages])) authors.set(post, author);
  }
  return maskComparison(comparison, new Mask(await maskKey(cases[0]!), accounts), authors);
}

/** Writes a comparison into a folder as `comparison.json` and as one self-contained page. */
export function writeComparison(
  comparison: Comparison,
  folder: string,
): { name: string; path: string; media: string }[] {
  const write = (name: string, media: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return { name, path, media };
  };
  return [
    write('comparison.json', 'application/json', JSON.stringify(comparison)),
    write('comparison.html', 'text/html; charset=utf-8', compareReport(comparison)),
  ];
}

/** Story names, with their case where a name alone would be mistaken. */
function labelsOf(stories: readonly ComparedStory[]): string[] {
  const directories = new Set(stories.map((one) => one.spilloverCase.directory));
  return stories.map(({ spilloverCase, story }) => {
    if (directories.size === 1) return story;
    const parts = spilloverCase.directory.split('/').filter((part) => part !== '');
    return `${parts.slice(-2).join('/')}:${story}`;
  });
}
