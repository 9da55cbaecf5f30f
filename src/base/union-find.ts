/**
 * Disjoint sets over the numbers 0 to `size` - 1. The root of a set is its smallest member, whatever the order of the unions,
 * so the result depends on which members were united and on nothing else.
 */
export class UnionFind {
  readonly #parent: Uint32Array;

  constructor(size: number) {
    this.#parent = new Uint32Array(size);
    for (let member = 0; member < size; member++) this.#parent[member] = member;
  }

  /** The smallest member of the set that holds `member`. */
  find(member: number): number {
    const parent = this.#parent;
    let at = member;
    while (parent[at]! !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  }

  /** Makes one set of the two; false where they were one already. */
  union(one: number, other: number): boolean {
    const a = this.find(one);
    const b = this.find(other);
    if (a === b) return false;
    if (a < b) this.#parent[b] = a;
    else this.#parent[a] = b;
    return true;
  }

  /** The smallest member of each member's set, by member. */
  roots(): Uint32Array {
    const roots = new Uint32Array(this.#parent.length);
    for (let member = 0; member < roots.length; member++) roots[member] = this.find(member);
    return roots;
  }
}
