import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Database } from '../store/database.ts';

interface KnownSource {
  sha256: string;
  started: string;
}

/** Size, format and options of a source: a file that differs in one of them is another source. */
export interface SourceIdentity {
  bytes: number;
  format: string;
  options: string;
}

/** Tells whether the case holds a file already; hashes a file only where one of its size is there. */
export class KnownSources {
  readonly #byIdentity = new Map<string, KnownSource[]>();

  private constructor() {}

  static async load(database: Database): Promise<KnownSources> {
    const known = new KnownSources();
    const rows = await database.rows<SourceIdentity & KnownSource>(
      `select bytes, format, options, sha256, strftime(started, '%Y-%m-%d %H:%M UTC') as started from source order by source_key`,
    );
    for (const { sha256, started, ...identity } of rows) known.add(identity, sha256, started);
    return known;
  }

  add(identity: SourceIdentity, sha256: string, started: string): void {
    const key = keyOf(identity);
    const list = this.#byIdentity.get(key);
    if (list) list.push({ sha256, started });
    else this.#byIdentity.set(key, [{ sha256, started }]);
  }

  /** When the file was imported before; null where it was not. */
  async imported(file: string, identity: SourceIdentity): Promise<string | null> {
    const candidates = this.#byIdentity.get(keyOf(identity));
    if (!candidates) return null;
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
    const sha256 = hash.digest('hex');
    return candidates.find((candidate) => candidate.sha256 === sha256)?.started ?? null;
  }
}

const keyOf = ({ bytes, format, options }: SourceIdentity) => `${bytes}|${format}|${options}`;
