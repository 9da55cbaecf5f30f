import { readFileSync, statSync } from 'node:fs';
import type { Document, LineCounter, Node, Pair } from 'yaml';
import { UserError } from '../base/errors.ts';

/** Keys and indices from the top of a document to one of its values. */
export type Path = readonly (string | number)[];

/** Line and column, from 1. */
export interface Place {
  line: number;
  column: number;
}

const mostBytes = 1_000_000;

/** A YAML file with the places of its values. */
export class YamlSource {
  readonly file: string;
  /** The document as plain values. */
  readonly value: unknown;
  readonly #document: Document;
  readonly #lines: LineCounter;

  private constructor(file: string, document: Document, lines: LineCounter) {
    this.file = file;
    this.#document = document;
    this.#lines = lines;
    this.value = document.toJS({ maxAliasCount: 100 });
  }

  /** @throws UserError where the file cannot be read or is no YAML, with line and column. */
  static async read(file: string): Promise<YamlSource> {
    const text = readText(file);
    const {
      default: { LineCounter, parseAllDocuments },
    } = await import('yaml');
    const lines = new LineCounter();
    const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
    const [document] = documents;
    if (!document || documents.length === 0 || document.contents === null)
      throw new UserError(`${file} is empty.`, 'spillover watch --example prints a file to start from.');
    for (const { errors, warnings } of documents as Document[]) {
      const [first] = [...errors, ...warnings];
      if (!first) continue;
      const { line, col } = lines.linePos(first.pos[0]);
      throw new UserError(
        `${file}, line ${line}, column ${col}: ${first.message}.`,
        adviceOn[first.code] ?? 'Check the indentation, and put texts with : # { } [ ] or quotes into quotes.',
      );
    }
    if (documents.length > 1)
      throw new UserError(
        `${file} holds ${documents.length} documents.`,
        'A watch is one document: remove the --- lines.',
      );
    try {
      return new YamlSource(file, document as Document, lines);
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      throw new UserError(`${file}: ${error.message}.`, 'Write the values out instead of aliases (*name).', {
        cause: error,
      });
    }
  }

  /** Where a value stands; where it is missing, the nearest thing around it. With `key`, where that key of the value stands. */
  place(path: Path, key?: string): Place {
    if (key !== undefined) {
      const found = this.#pair(path, key)?.key as Node | undefined;
      if (found?.range) return this.#at(found.range[0]);
    }
    for (let length = path.length; length > 0; length--) {
      const node = this.#document.getIn(path.slice(0, length), true) as Node | undefined;
      if (node?.range) return this.#at(node.range[0]);
    }
    return { line: 1, column: 1 };
  }

  /** The comment right after a value that is empty; null where there is none. */
  commentInPlaceOf(path: Path): string | null {
    const node = this.#document.getIn(path, true) as (Node & { value?: unknown; comment?: string | null }) | undefined;
    return node?.value === null && node.comment ? node.comment : null;
  }

  #pair(path: Path, key: string): Pair | undefined {
    const map = (path.length === 0 ? this.#document.contents : this.#document.getIn(path, true)) as {
      items?: Pair[];
    } | null;
    return map?.items?.find((one) => String((one.key as { value?: unknown })?.value) === key);
  }

  #at(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }
}

const adviceOn: Record<string, string> = {
  DUPLICATE_KEY: 'Every key may stand once in a block: join the two.',
  TAB_AS_INDENT: 'Indent with blanks: YAML allows no tabs.',
  TAG_RESOLVE_FAILED: 'Remove the tag (!name): watch files need none.',
};

function readText(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > mostBytes) throw new UserError(`${file} is too large for a watch file (${size} bytes).`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof TypeError) throw new UserError(`${file} is not UTF-8 text.`, undefined, { cause: error });
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`, 'spillover watch FILE.yaml', {
      cause: error,
    });
  }
}
