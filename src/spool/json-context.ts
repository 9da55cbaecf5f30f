import { mendJson } from './json-text.ts';
import type { SpoolFile } from './spool-file.ts';

const MAX_PENDING = 100_000;
const MAX_SCALAR_CHARACTERS = 65_536;

/** The scalar members of an enclosing object as JSON texts by name, and the contexts below it that wait for its end. */
export interface Scope {
  outer: Scope | null;
  scalars: Map<string, string>;
  ctx: number;
  waiting: Waiting[];
}

interface Waiting {
  ctx: number;
  layers: Map<string, string>[];
}

/** Writes, for each enclosing object that holds records, the scalar members of all objects around them: inner ones win. */
export class ContextSpool {
  /** True once contexts had to be written before all outer members were known. */
  cutShort = false;
  readonly #out: SpoolFile;
  #last = 0;
  #outermost = 0;

  constructor(out: SpoolFile) {
    this.#out = out;
  }

  open(outer: Scope | null): Scope {
    return { outer, scalars: new Map(), ctx: 0, waiting: [] };
  }

  /** Number of the context of a record in this scope. */
  number(scope: Scope | null): number {
    if (scope === null) {
      if (this.#outermost === 0) {
        this.#outermost = ++this.#last;
        this.#write({ ctx: this.#outermost, layers: [] });
      }
      return this.#outermost;
    }
    if (scope.ctx === 0) scope.ctx = ++this.#last;
    return scope.ctx;
  }

  /** Takes a member, `value` as JSON text; false when it is not valid JSON. */
  add(scope: Scope, name: string, value: string, needsMending: boolean): boolean {
    const text = needsMending ? mendJson(value) : value;
    if (text.length > MAX_SCALAR_CHARACTERS) return true;
    try {
      JSON.parse(text);
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
    scope.scalars.set(name, text);
    return true;
  }

  close(scope: Scope): void {
    if (scope.ctx > 0) scope.waiting.push({ ctx: scope.ctx, layers: [] });
    for (const waiting of scope.waiting) waiting.layers.push(scope.scalars);
    const { outer } = scope;
    if (outer === null) {
      for (const waiting of scope.waiting) this.#write(waiting);
    } else {
      for (const waiting of scope.waiting) outer.waiting.push(waiting);
      if (outer.waiting.length > MAX_PENDING) this.#writeEarly(outer);
    }
    scope.waiting = [];
  }

  #writeEarly(scope: Scope): void {
    this.cutShort = true;
    const around: Map<string, string>[] = [];
    for (let at: Scope | null = scope; at !== null; at = at.outer) around.push(at.scalars);
    for (const { ctx, layers } of scope.waiting) this.#write({ ctx, layers: [...layers, ...around] });
    scope.waiting = [];
  }

  #write({ ctx, layers }: Waiting): void {
    const merged = new Map<string, string>();
    for (const layer of layers.toReversed()) for (const [name, value] of layer) merged.set(name, value);
    const members = Array.from(merged, ([name, value]) => `${JSON.stringify(name)}:${value}`);
    this.#out.put(`{"ctx":${ctx},"context":{${members.join(',')}}}\n`);
  }
}
