import { parseStoryQuery } from '../domain/story-query.ts';
import { type StoryTable, StoryTables } from '../store/story-table.ts';
import type { Case } from './case.ts';
import type { Story } from './stories.ts';

/** The posts of stories, ready for views of one open case. */
export class StoryViews {
  readonly #tables: StoryTables;

  private constructor(tables: StoryTables) {
    this.#tables = tables;
  }

  static async open(spilloverCase: Case): Promise<StoryViews> {
    return new StoryViews(await StoryTables.open(spilloverCase.database));
  }

  /** Runs `work` with the relation of a story's posts; with the whole case (`post`) where no story is given. */
  use<T>(
    reader: Case,
    story: Pick<Story, 'query' | 'from' | 'to'> | null,
    work: (table: StoryTable) => Promise<T>,
  ): Promise<T> {
    if (story === null) return work({ name: 'post', posts: 0, withoutTime: 0 });
    const selection = {
      query: parseStoryQuery(story.query),
      from: story.from === null ? null : new Date(story.from),
      to: story.to === null ? null : new Date(story.to),
    };
    return this.#tables.use(reader.database, selection, work);
  }

  /** To be called when posts were added. */
  forget(): void {
    this.#tables.forget();
  }
}
