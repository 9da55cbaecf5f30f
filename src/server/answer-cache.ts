const mostAnswers = 300;

/** Remembers answers until something of the case changes; requests for the same answer at the same time share the work. */
export class AnswerCache {
  readonly #answers = new Map<string, Promise<unknown>>();

  get<T>(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key) as Promise<T> | undefined;
    if (known) {
      this.#answers.delete(key);
      this.#answers.set(key, known);
      return known;
    }
    const made = make();
    this.#answers.set(key, made);
    made.catch(() => {
      if (this.#answers.get(key) === made) this.#answers.delete(key);
    });
    for (const old of this.#answers.keys()) {
      if (this.#answers.size <= mostAnswers) break;
      this.#answers.delete(old);
    }
    return made;
  }

  forget(key: string): void {
    this.#answers.delete(key);
  }

  clear(): void {
    this.#answers.clear();
  }
}
