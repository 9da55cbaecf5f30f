import { parseStoryQuery } from '../domain/story-query.ts';
import { KeptTables } from '../store/kept-tables.ts';
import { selectStoryPosts } from '../store/story-filter.ts';
import type { Case } from './case.ts';
import type { Story } from './stories.ts';

export interface StoryTable {
  /** Relation with `post_key, time, platform, account_key, kind`, in order of time. */
  name: string;
  withoutTime: number;
}

/** Tables that views of one open case read in place of all posts. */
export class StoryViews {
  readonly #tables: KeptTables;

  private constructor(tables: KeptTables) {
    this.#tables = tables;
  }

  static async open(spilloverCase: Case): Promise<StoryViews> {
    return new StoryViews(await KeptTables.open(spilloverCase.database, spilloverCase.readOnly));
  }

  /** Runs `work` with the relation of a story's posts; with the whole case (`post`) where no story is given. */
  use<T>(
    reader: Case,
    story: Pick<Story, 'query' | 'from' | 'to'> | null,
    work: (table: StoryTable) => Promise<T>,
  ): Promise<T> {
    if (story === null) return work({ name: 'post', withoutTime: 0 });
    const selection = {
      query: parseStoryQuery(story.query),
      from: story.from === null ? null : new Date(story.from),
      to: story.to === null ? null : new Date(story.to),
    };
    return this.#tables.use(
      reader.database,
      'story',
      selection,
      async (database) => {
        const { withoutTime } = await selectStoryPosts(database, selection);
        return {
          sql: `select post_key, post.time, post.platform, post.account_key, post.kind
                from story_post join post using (post_key) order by post.time, post_key`,
          note: { withoutTime },
        };
      },
      ({ name, note }) => work({ name, withoutTime: note.withoutTime }),
    );
  }

  /** Runs `work` with the relation `(artifact_key, account_key)`: who wrote what the artifacts of kind `reshared` stand for. */
  withAuthors<T>(reader: Case, work: (relation: string) => Promise<T>): Promise<T> {
    return this.#tables.use(
      reader.database,
      'author_of_reshared',
      null,
      async () => ({
        sql: `select artifact_key, post.account_key from artifact join post on artifact.value = post.platform || '/' || post.post_id
              where artifact.kind = 'reshared' and post.account_key is not null order by post.account_key`,
        note: {},
      }),
      ({ name }) => work(name),
    );
  }

  /** Makes the tables that the first view of a story asks for. */
  async prepare(spilloverCase: Case, story: Pick<Story, 'query' | 'from' | 'to'>): Promise<void> {
    await this.use(spilloverCase, story, async () => {});
    await this.withAuthors(spilloverCase, async () => {});
  }

  /** To be called when posts were added or removed. */
  forget(): void {
    this.#tables.forget();
  }
}
