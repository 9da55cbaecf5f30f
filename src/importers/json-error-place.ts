/** Line and column, from 1, of the first character that cannot belong to a JSON text; null where the text is JSON. */
export function jsonErrorPlace(text: string): { line: number; column: number; problem: string } | null {
  const scanner = new JsonScanner(text);
  const problem = scanner.document();
  if (problem === null) return null;
  const before = text.slice(0, scanner.at).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1, problem };
}

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const stringText = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

class JsonScanner {
  at = 0;
  readonly #text: string;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): string | null {
    const problem = this.#value();
    if (problem !== null) return problem;
    this.#space();
    return this.at < this.#text.length ? 'text after the end of the value' : null;
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.at] ?? 'x')) this.at++;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (found) this.at += found[0].length;
    return found !== null;
  }

  #takeOne(character: string): boolean {
    this.#space();
    if (this.#text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  #value(): string | null {
    if (++this.#depth > 500) return 'nested too deeply';
    this.#space();
    const problem = this.#takeOne('{')
      ? this.#members('}', () => this.#member())
      : this.#takeOne('[')
        ? this.#members(']', () => this.#value())
        : this.#take(stringText) || this.#take(scalar)
          ? null
          : this.at >= this.#text.length
            ? 'the text ends too early'
            : this.#text[this.at] === '"'
              ? 'a text in quotes is not closed on its line, or has a wrong escape'
              : 'expected a value';
    this.#depth--;
    return problem;
  }

  #member(): string | null {
    this.#space();
    if (!this.#take(stringText)) return 'expected a name in double quotes';
    if (!this.#takeOne(':')) return 'expected a colon';
    return this.#value();
  }

  #members(closer: string, one: () => string | null): string | null {
    if (this.#takeOne(closer)) return null;
    for (;;) {
      const problem = one();
      if (problem !== null) return problem;
      if (this.#takeOne(closer)) return null;
      if (!this.#takeOne(',')) return `expected , or ${closer}`;
    }
  }
}
