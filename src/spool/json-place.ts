import type { ContextSpool, Scope } from './json-context.ts';
import type { PatternNode } from './json-pattern.ts';

/** A container that is open on the way to records. */
export interface Frame {
  node: PatternNode;
  path: string;
  isArray: boolean;
  /** Number of the element at hand, in arrays. */
  index: number;
  /** Name of the member at hand, in objects. */
  key: string;
  scope: Scope | null;
  /** White space before the elements of a pretty-printed array; null where it does not tell where they begin. */
  indent: Buffer | null;
  /** First byte of the first element. */
  open: number;
}

/** Where in the document a record lies that is looked through for further records. */
export interface Inside {
  path: string;
  scope: Scope | null;
  line: number;
}

/** The containers around the place at hand, outermost first. */
export class JsonPlace {
  readonly #frames: Frame[] = [];
  readonly #contexts: ContextSpool;
  readonly #inside: Inside | null;

  constructor(contexts: ContextSpool, inside: Inside | null) {
    this.#contexts = contexts;
    this.#inside = inside;
  }

  get frame(): Frame | undefined {
    return this.#frames.at(-1);
  }

  get isRoot(): boolean {
    return this.#frames.length === 0;
  }

  get path(): string {
    const frame = this.frame;
    if (frame === undefined) return this.#inside?.path ?? '';
    if (frame.isArray) return `${frame.path}[${frame.index}]`;
    return frame.path === '' ? frame.key : `${frame.path}.${frame.key}`;
  }

  /** The innermost object around the place. */
  get scope(): Scope | null {
    return this.frame?.scope ?? this.#inside?.scope ?? null;
  }

  enter(node: PatternNode, isArray: boolean): void {
    const { path, scope: outer } = this;
    const scope = isArray ? outer : this.#contexts.open(outer);
    this.#frames.push({ node, path, isArray, index: 0, key: '', scope, indent: null, open: 0 });
  }

  leave(): void {
    const frame = this.#frames.pop()!;
    if (!frame.isArray) this.#contexts.close(frame.scope!);
  }

  /** Leaves containers up to the innermost array that shows by its indent where its elements begin; false when there is none. */
  leaveToIndented(): boolean {
    while (this.frame !== undefined && this.frame.indent === null) this.leave();
    return this.frame !== undefined;
  }

  leaveAll(): void {
    while (!this.isRoot) this.leave();
  }
}
