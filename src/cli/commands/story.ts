import type { Command } from 'commander';
import { type Case, openCase } from '../../case/case.ts';
import { addStory, listStories, removeStory, type StoryWithCount, showStory } from '../../case/stories.ts';
import { suggestForStory } from '../../case/suggest-for-story.ts';
import { globals, print, wholeNumber } from '../command-context.ts';
import { table } from '../table.ts';

const examples = `
Examples:
  $ spillover story add macronleaks --match '#macronleaks OR url:pastebin.com/abc'
  $ spillover story suggest macronleaks
  $ spillover story list`;

export function registerStory(program: Command): void {
  const story = program
    .command('story')
    .summary('define the stories to trace')
    .description(
      'A story is a named query: terms, "phrases", #hashtag, url:, domain:, account:platform/handle, platform:, lang:, with AND, OR, NOT, ( ).',
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
        withCase(command, `story add ${name}`, async (spilloverCase, options) => {
          const { match, ...rest } = flags;
          const added = await addStory(spilloverCase, { name, query: match, ...rest });
          print(options, added, () => describe(added));
        }),
    );

  story
    .command('list')
    .summary('list the stories')
    .action(async (_flags: object, command: Command) =>
      withCase(command, 'story list', async (spilloverCase, options) => {
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
      withCase(command, `story show ${name}`, async (spilloverCase, options) => {
        const shown = await showStory(spilloverCase, name);
        print(options, shown, () => describe(shown));
      }),
    );

  story
    .command('remove')
    .summary('remove a story; posts and results stay')
    .argument('<name>')
    .action(async (name: string, _flags: object, command: Command) =>
      withCase(command, `story remove ${name}`, async (spilloverCase, options) => {
        const removed = await removeStory(spilloverCase, name);
        print(
          options,
          removed,
          () =>
            `Removed. To have it back: spillover story add ${removed.name} --match '${removed.query}'${removed.from ? ` --from ${removed.from}` : ''}${removed.to ? ` --to ${removed.to}` : ''}`,
        );
      }),
    );

  story
    .command('suggest')
    .summary('propose terms and artifacts that go with the story far more than with other posts')
    .argument('<name>')
    .option('--limit <n>', 'how many of each kind', '10')
    .action(async (name: string, flags: { limit: string }, command: Command) =>
      withCase(command, `story suggest ${name}`, async (spilloverCase, options) => {
        const suggestions = await suggestForStory(spilloverCase, name, wholeNumber('--limit', flags.limit));
        print(
          options,
          suggestions,
          () =>
            `${table(
              ['kind', 'add to the query', 'posts in story', 'elsewhere', 'log ratio'],
              suggestions.suggestions.map((s) => [s.kind, s.query, s.inStory, s.elsewhere, s.logRatio.toFixed(2)]),
            )}\n\nTo accept: spillover story add ${name} --replace --match '${suggestions.query} OR …'`,
        );
      }),
    );

  for (const sub of story.commands) {
    sub
      .option('--case <dir>', 'directory of the case')
      .option('--json', 'print exactly one JSON document to stdout')
      .addHelpText('after', examples)
      .exitOverride();
  }
}

async function withCase(
  command: Command,
  purpose: string,
  work: (spilloverCase: Case, options: ReturnType<typeof globals>) => Promise<void>,
): Promise<void> {
  const options = globals(command);
  const asksOnly = /^story (list|show|suggest)/.test(purpose);
  const spilloverCase = await openCase(options.case, {
    readOnly: asksOnly,
    mustExist: true,
    purpose: `spillover ${purpose}`,
  });
  try {
    await work(spilloverCase, options);
  } finally {
    spilloverCase.close();
  }
}

function describe(story: StoryWithCount): string {
  return [
    `${story.name}: ${story.query}${story.from ? `, from ${story.from}` : ''}${story.to ? `, to ${story.to}` : ''}`,
    `${story.posts.toLocaleString('en')} posts${story.withoutTime > 0 ? ` (and ${story.withoutTime} without a known time: import their files with --zone)` : ''}`,
    story.platforms.length > 0
      ? table(
          ['platform', 'posts', 'first (UTC)', 'last (UTC)'],
          story.platforms.map((p) => [p.platform, p.posts, p.from, p.to]),
        )
      : '',
  ]
    .filter(Boolean)
    .join('\n');
}
