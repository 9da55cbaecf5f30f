import type { Command } from 'commander';
import { showStory } from '../../case/stories.ts';
import { undoStoryChange } from '../../case/story-history.ts';
import { suggestForStory } from '../../case/suggest-for-story.ts';
import { type TakenSuggestions, takeSuggestions } from '../../case/take-suggestions.ts';
import { print, wholeNumber } from '../command-context.ts';
import { describeStory } from '../story-text.ts';
import { table } from '../table.ts';
import { safe } from '../terminal.ts';
import { withCase } from '../with-case.ts';

/** `1,3` are numbers of the list; anything else is one term as it would be written in a query. */
function picks(value: string, before: readonly string[]): string[] {
  return [...before, ...(/^\s*\d+(\s*,\s*\d+)*\s*$/.test(value) ? value.split(',') : [value])];
}

export function registerStorySuggest(story: Command): void {
  story
    .command('suggest')
    .summary('propose terms and artifacts that go with the story far more than with other posts; accept or refuse them')
    .argument('<name>')
    .option('--limit <n>', 'how many of each kind', '10')
    .option('--accept <which>', 'add to the query: numbers of the list (1,3) or one term; repeat for more', picks, [])
    .option('--refuse <which>', 'never propose again: numbers of the list or one term; repeat for more', picks, [])
    .action(async (name: string, flags: { limit: string; accept: string[]; refuse: string[] }, command: Command) => {
      const limit = wholeNumber('--limit', flags.limit);
      const takes = flags.accept.length + flags.refuse.length > 0;
      await withCase(command, `story suggest ${name}`, takes, async (spilloverCase, options) => {
        if (takes) {
          const taken = await takeSuggestions(spilloverCase, name, {
            accept: flags.accept,
            refuse: flags.refuse,
            limit,
          });
          print(options, taken, () => takenText(taken));
          return;
        }
        const found = await suggestForStory(spilloverCase, name, limit);
        print(options, found, () => suggestionText(found));
      });
    });

  story
    .command('undo')
    .summary('take back the last change of a story: accepted or refused suggestions, a replaced query')
    .argument('<name>')
    .action(async (name: string, _flags: object, command: Command) =>
      withCase(command, `story undo ${name}`, true, async (spilloverCase, options) => {
        const undone = await undoStoryChange(spilloverCase, name);
        const shown = await showStory(spilloverCase, name);
        print(options, { undone, story: shown }, () => `Taken back: ${safe(undone)}\n${describeStory(shown)}`);
      }),
    );
}

function suggestionText(found: Awaited<ReturnType<typeof suggestForStory>>): string {
  const refused = found.refused.length > 0 ? `\n\nRefused before: ${safe(found.refused.join(', '))}` : '';
  if (found.suggestions.length === 0)
    return `Nothing goes with the story ${safe(found.story)} far more than with other posts.${refused}`;
  return `${table(
    ['no.', 'kind', 'add to the query', 'posts in story', 'elsewhere', 'log ratio'],
    found.suggestions.map((s, place) => [place + 1, s.kind, s.query, s.inStory, s.elsewhere, s.logRatio.toFixed(2)]),
  )}${refused}\n\nTo take them: spillover story suggest ${found.story} --accept 1,3 --refuse 2   (undo: spillover story undo ${found.story})`;
}

function takenText({ story, accepted, refused, postsBefore }: TakenSuggestions): string {
  return [
    accepted.length > 0 ? `Accepted: ${safe(accepted.join(', '))}` : '',
    refused.length > 0 ? `Refused: ${safe(refused.join(', '))}` : '',
    `The story had ${postsBefore.toLocaleString('en')} posts and has ${story.posts.toLocaleString('en')} now. Take it back with: spillover story undo ${story.name}`,
    describeStory(story),
  ]
    .filter(Boolean)
    .join('\n');
}
