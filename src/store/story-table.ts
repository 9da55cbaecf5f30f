import { createHash } from 'node:crypto';
import type { Database } from './database.ts';
import { type StorySelection, selectStoryPosts } from './story-filter.ts';

const schema = 'view_cache';
const mostTables = 8;

export interface StoryTable {
  /** Relation with `post_key, time, platform, account_key, kind`, in order of time. */
  name: string;
  posts: number;
  withoutTime: number;
}

interface Kept {
  made: Promise<StoryTable>;
  users: number;
}

/**
 * Posts of stories, kept in memory and shared by all connections, so that a view does not run the story's query again. Only the
 * stories looked at last are kept; `forget` drops all once the posts of the case changed.
 */
export class StoryTables {
  readonly #kept = new Map<string, Kept>();
  #number = 0;

  /** Makes room for the tables; once per opened database, also where that is read-only. */
  static async open(database: Database): Promise<StoryTables> {
    await database.run(`attach ':memory:' as ${schema} (read_write)`);
    return new StoryTables();
  }

  /** Runs `work` with the table of a selection, made through `database` where it is not there yet. */
  async use<T>(database: Database, selection: StorySelection, work: (table: StoryTable) => Promise<T>): Promise<T> {
    const key = createHash('sha256').update(JSON.stringify(selection)).digest('hex');
    let kept = this.#kept.get(key);
    if (!kept) {
      kept = { made: this.#make(database, selection), users: 0 };
      kept.made.catch(() => this.#kept.delete(key));
    }
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    kept.users++;
    try {
      return await work(await kept.made);
    } finally {
      kept.users--;
      await this.#dropOld(database);
    }
  }

  forget(): void {
    for (const [key, kept] of this.#kept) {
      this.#kept.delete(key);
      this.#kept.set(`stale ${++this.#number} ${key}`, kept);
    }
  }

  async #make(database: Database, selection: StorySelection): Promise<StoryTable> {
    const { posts, withoutTime } = await selectStoryPosts(database, selection);
    const name = `${schema}.story_${++this.#number}`;
    await database.run(
      `create table ${name} as select post_key, post.time, post.platform, post.account_key, post.kind
       from story_post join post using (post_key) order by post.time, post_key`,
    );
    return { name, posts, withoutTime };
  }

  async #dropOld(database: Database): Promise<void> {
    let surplus = this.#kept.size - mostTables;
    for (const [key, kept] of this.#kept) {
      if (kept.users > 0 || !(key.startsWith('stale ') || surplus > 0)) continue;
      this.#kept.delete(key);
      surplus--;
      await database.run(`drop table if exists ${(await kept.made).name}`);
    }
  }
}
