import { UserError } from '../base/errors.ts';
import { parseStoryQuery } from '../domain/story-query.ts';
import { type StorySelection, selectStoryPosts } from '../store/story-filter.ts';
import type { Case } from './case.ts';
import { changeStory, forgetRefused, recordStoryEdit, refusedSuggestions } from './story-history.ts';

export interface Story {
  name: string;
  query: string;
  from: string | null;
  to: string | null;
}

export interface StoryWithCount extends Story {
  posts: number;
  /** Posts that match but whose time is unknown; they cannot be traced. */
  withoutTime: number;
  platforms: { platform: string; posts: number; from: string; to: string }[];
}

const columns = `name, query, strftime(from_time, '%Y-%m-%dT%H:%M:%SZ') as "from", strftime(to_time, '%Y-%m-%dT%H:%M:%SZ') as "to"`;

/** Keeps a story under a name; a story of that name is replaced only with `replace`. A `given` story comes with the data: adding it is no edit to take back. */
export async function addStory(
  spilloverCase: Case,
  story: { name: string; query: string; from?: string; to?: string; replace?: boolean; given?: boolean },
): Promise<StoryWithCount> {
  const { from, to } = checkStory(story);
  const { database } = spilloverCase;
  const exists = await database.first('select 1 from story where name = $name', { name: story.name });
  if (exists && !story.replace) {
    throw new UserError(`There is a story "${story.name}" already.`, 'Use --replace, or another name.');
  }
  if (exists) {
    await changeStory(spilloverCase, story.name, `change story ${story.name}`, {
      query: story.query,
      from: seconds(from),
      to: seconds(to),
      refused: await refusedSuggestions(spilloverCase, story.name),
    });
    return showStory(spilloverCase, story.name);
  }
  const insert = () =>
    database.run('insert into story values ($name, $query, $from::timestamp, $to::timestamp, now()::timestamp)', {
      name: story.name,
      query: story.query,
      from: from?.toISOString().replace('Z', '') ?? null,
      to: to?.toISOString().replace('Z', '') ?? null,
    });
  if (story.given) await insert();
  else await recordStoryEdit(spilloverCase, story.name, `add story ${story.name}`, insert);
  return showStory(spilloverCase, story.name);
}

/** Times of a story that may be kept. @throws UserError for a name, query or span that cannot. */
export function checkStory(story: { name: string; query: string; from?: string; to?: string }): {
  from: Date | null;
  to: Date | null;
} {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u.test(story.name)) {
    throw new UserError(
      `"${story.name}" cannot be the name of a story.`,
      'Use letters, digits, dots, dashes and underscores.',
    );
  }
  parseStoryQuery(story.query);
  const from = asTime(story.from, '--from');
  const to = asTime(story.to, '--to');
  if (from && to && from >= to)
    throw new UserError('The story ends before it begins.', '--from must be earlier than --to.');
  return { from, to };
}

export async function listStories(spilloverCase: Case): Promise<Story[]> {
  return spilloverCase.database.rows<Story>(`select ${columns} from story order by name`);
}

/** @throws UserError that lists the stories there are. */
export async function getStory(spilloverCase: Case, name: string): Promise<Story> {
  const story = await spilloverCase.database.first<Story>(`select ${columns} from story where name = $name`, { name });
  if (story) return story;
  const names = (await listStories(spilloverCase)).map((one) => one.name);
  throw new UserError(
    `There is no story "${name}".`,
    names.length > 0
      ? `Stories: ${names.join(', ')}`
      : "Add one: spillover story add NAME --match '#hashtag OR url:example.org/page'",
  );
}

export async function removeStory(spilloverCase: Case, name: string): Promise<Story> {
  const story = await getStory(spilloverCase, name);
  await recordStoryEdit(spilloverCase, name, `remove story ${name}`, async () => {
    await spilloverCase.database.run('delete from story where name = $name', { name });
    await forgetRefused(spilloverCase, name);
  });
  return story;
}

/** The story with the posts that it selects now, by platform. */
export async function showStory(spilloverCase: Case, name: string): Promise<StoryWithCount> {
  const story = await getStory(spilloverCase, name);
  const counts = await selectStory(spilloverCase, story);
  const platforms = await spilloverCase.database.rows<StoryWithCount['platforms'][number]>(`
    select platform, count(*) as posts, strftime(min(time), '%Y-%m-%dT%H:%M:%SZ') as "from", strftime(max(time), '%Y-%m-%dT%H:%M:%SZ') as "to"
    from story_post join post using (post_key) group by platform order by min(time), platform`);
  return { ...story, ...counts, platforms };
}

/** Fills the temporary table `story_post` with the posts of a story. */
export async function selectStory(
  spilloverCase: Case,
  story: Pick<Story, 'query' | 'from' | 'to'>,
): Promise<{ posts: number; withoutTime: number }> {
  const selection: StorySelection = {
    query: parseStoryQuery(story.query),
    from: story.from === null ? null : new Date(story.from),
    to: story.to === null ? null : new Date(story.to),
  };
  return selectStoryPosts(spilloverCase.database, selection);
}

const seconds = (time: Date | null) => time?.toISOString().replace(/\.\d+Z$/, 'Z') ?? null;

export function asTime(text: string | undefined, flag: string): Date | null {
  if (text === undefined) return null;
  const withZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes(':') ? text : `${text}Z`;
  const time = new Date(withZone);
  if (Number.isNaN(time.getTime())) {
    throw new UserError(
      `${flag} "${text}" is not a time.`,
      'Write it as 2017-05-05 or 2017-05-05T18:30:00Z (UTC unless it says otherwise).',
    );
  }
  return time;
}
