import type { Command } from 'commander';
import { addStory, listStories, removeStory, showStory } from '../../case/stories.ts';
import { print } from '../command-context.ts';
import { describeStory } from '../story-text.ts';
import { table } from '../table.ts';
import { withCase } from '../with-case.ts';
import { registerStorySuggest } from './story-suggest.ts';

const examples = `
Examples:
  $ spillover story add macronleaks --match '#macronleaks OR url:pastebin.com/abc'
  $ spillover story suggest macronleaks
  $ spillover story suggest macronleaks --accept 1,3 --refuse 2
  $ spillover story undo macronleaks
  $ spillover story list`;

export function registerStory(program: Command): void {
  const story = program
    .command('story')
    .summary('define the stories to trace')
    .description(
      'A story is a named query: terms, "phrases", #hashtag, url:, domain:, media:, account:platform/handle, platform:, lang:, with AND, OR, NOT, ( ).',
    )
    .addHelpText('after', examples);

  story
    .command('add')
    .summary('add a story')
    .argument('<name>', 'its name')
    .requiredOption('--match <query>', 'which posts belong to it')
    .option('--from <time>', 'not before this time (UTC)')
    .option('--to <time>', 'before this time (UTC)')
    .option('--replace', 'replace a story of the same name')
    .action(
      async (name: string, flags: { match: string; from?: string; to?: string; replace?: boolean }, command: Command) =>
        withCase(command, `story add ${name}`, true, async (spilloverCase, options) => {
          const { match, ...rest } = flags;
          const added = await addStory(spilloverCase, { name, query: match, ...rest });
          print(options, added, () => describeStory(added));
        }),
    );

  story
    .command('list')
    .summary('list the stories')
    .action(async (_flags: object, command: Command) =>
      withCase(command, 'story list', false, async (spilloverCase, options) => {
        const stories = await listStories(spilloverCase);
        print(options, stories, () =>
          stories.length === 0
            ? 'No stories yet: spillover story add NAME --match QUERY'
            : table(
                ['story', 'query', 'from', 'to'],
                stories.map((s) => [s.name, s.query, s.from, s.to]),
              ),
        );
      }),
    );

  story
    .command('show')
    .summary('show a story and how many posts it selects')
    .argument('<name>')
    .action(async (name: string, _flags: object, command: Command) =>
      withCase(command, `story show ${name}`, false, async (spilloverCase, options) => {
        const shown = await showStory(spilloverCase, name);
        print(options, shown, () => describeStory(shown));
      }),
    );

  story
    .command('remove')
    .summary('remove a story; posts and results stay')
    .argument('<name>')
    .action(async (name: string, _flags: object, command: Command) =>
      withCase(command, `story remove ${name}`, true, async (spilloverCase, options) => {
        const removed = await removeStory(spilloverCase, name);
        print(
          options,
          removed,
          () =>
            `Removed. To have it back: spillover story add ${removed.name} --match '${removed.query}'${removed.from ? ` --from ${removed.from}` : ''}${removed.to ? ` --to ${removed.to}` : ''}`,
        );
      }),
    );

  registerStorySuggest(story);

  for (const sub of story.commands) {
    sub
      .option('--case <dir>', 'directory of the case')
      .option('--json', 'print exactly one JSON document to stdout')
      .addHelpText('after', examples)
      .exitOverride();
  }
}
