import { createHash } from 'node:crypto';
import { caseRevision } from './case-revision.ts';
import type { Database } from './database.ts';

const memorySchema = 'view_cache';
const fileSchema = 'kept';
const mostTables = 8;

export interface KeptTable<Note> {
  /** Relation, with its schema. */
  name: string;
  note: Note;
}

/** How a table is made: the SELECT whose rows it holds, and what is noted beside them. */
export type MakeTable<Note> = (database: Database) => Promise<{ sql: string; note: Note }>;

interface Held {
  made: Promise<KeptTable<unknown>>;
  /** Null until it is made. */
  name: string | null;
  users: number;
}

/**
 * Tables derived from the posts for views, so that these do not ask all posts again: kept in the case, whose revision is part of their
 * name, and shared by all connections; what a read-only case lacks is made in memory. Those used last stay; `forget` drops all once posts changed.
 */
export class KeptTables {
  readonly #schema: string;
  readonly #held = new Map<string, Held>();
  #stale = 0;

  private constructor(schema: string) {
    this.#schema = schema;
  }

  static async open(database: Database, readOnly: boolean): Promise<KeptTables> {
    if (readOnly) await database.run(`attach ':memory:' as ${memorySchema} (read_write)`);
    return new KeptTables(readOnly ? memorySchema : fileSchema);
  }

  /** Runs `work` with the table of a key, made through `database` where it is not there yet. `kind` is a word of letters and `_`. */
  async use<Note, T>(
    database: Database,
    kind: string,
    key: unknown,
    make: MakeTable<Note>,
    work: (table: KeptTable<Note>) => Promise<T>,
  ): Promise<T> {
    const base = `${kind}_${createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 20)}`;
    let held = this.#held.get(base);
    if (!held) {
      const making: Held = { made: this.#findOrMake(database, base, make), name: null, users: 0 };
      making.made.then(
        ({ name }) => {
          making.name = name;
        },
        () => this.#held.delete(base),
      );
      held = making;
    }
    this.#held.delete(base);
    this.#held.set(base, held);
    held.users++;
    try {
      return await work((await held.made) as KeptTable<Note>);
    } finally {
      held.users--;
      await this.#dropOld(database);
    }
  }

  /** To be called once posts were added or removed. */
  forget(): void {
    for (const [base, held] of [...this.#held]) {
      this.#held.delete(base);
      this.#held.set(`stale ${++this.#stale} ${base}`, held);
    }
  }

  async #findOrMake<Note>(database: Database, base: string, make: MakeTable<Note>): Promise<KeptTable<Note>> {
    const revision = await caseRevision(database);
    const table = `${base}_${revision}`;
    const name = `${this.#schema}.${table}`;
    const found = await this.#find<Note>(database, table);
    if (found) return found;
    try {
      return await database.transaction(async () => {
        const { sql, note } = await make(database);
        await database.run(`create table ${name} as ${sql}`);
        await database.run(`comment on table ${name} is '${JSON.stringify(note).replaceAll("'", "''")}'`);
        for (const old of await this.#ofOtherRevisions(database, revision))
          await database.run(`drop table if exists ${this.#schema}.${old}`);
        return { name, note };
      });
    } catch (error) {
      // Another connection, of a trace say, may have made the same table meanwhile.
      const made = await this.#find<Note>(database, table);
      if (made) return made;
      throw error;
    }
  }

  async #find<Note>(database: Database, table: string): Promise<KeptTable<Note> | null> {
    const row = await database.first<{ schema: string; comment: string | null }>(
      `select case when database_name = '${memorySchema}' then '${memorySchema}' else schema_name end as schema, comment
       from duckdb_tables() where table_name = $table and (schema_name = '${fileSchema}' or database_name = '${memorySchema}')`,
      { table },
    );
    return row?.comment == null ? null : { name: `${row.schema}.${table}`, note: JSON.parse(row.comment) as Note };
  }

  /** Tables in the file that an earlier revision left and nobody holds. */
  async #ofOtherRevisions(database: Database, revision: number): Promise<string[]> {
    if (this.#schema !== fileSchema) return [];
    const rows = await database.rows<{ name: string }>(
      `select table_name as name from duckdb_tables() where schema_name = '${fileSchema}' and not ends_with(table_name, $ending)`,
      { ending: `_${revision}` },
    );
    const used = new Set([...this.#held.values()].filter(({ users }) => users > 0).map(({ name }) => name));
    return rows.map(({ name }) => name).filter((name) => !used.has(`${fileSchema}.${name}`));
  }

  async #dropOld(database: Database): Promise<void> {
    let surplus = this.#held.size - mostTables;
    for (const [base, held] of this.#held) {
      if (held.users > 0 || !(base.startsWith('stale ') || surplus > 0)) continue;
      this.#held.delete(base);
      surplus--;
      const { name } = await held.made;
      if (name.startsWith(`${this.#schema}.`)) await database.run(`drop table if exists ${name}`);
    }
  }
}
