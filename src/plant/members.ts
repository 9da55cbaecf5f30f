import type { Accounts } from './accounts.ts';
import { type PlantRandom, WeightedTable } from './plant-random.ts';

/** A set of accounts from which authors are drawn by activity; nobody posts before the account exists. */
export class Members {
  readonly ids: readonly number[];
  readonly #table: WeightedTable;
  readonly #accounts: Accounts;

  constructor(accounts: Accounts, ids: readonly number[]) {
    this.ids = ids;
    this.#accounts = accounts;
    this.#table = new WeightedTable(ids.map((id) => accounts.activity[id]!));
  }

  pick(random: PlantRandom, time: number): number {
    let id = this.ids[this.#table.pick(random)]!;
    for (let tries = 0; this.#accounts.created[id]! > time && tries < 20; tries++)
      id = this.ids[this.#table.pick(random)]!;
    return this.#accounts.created[id]! > time ? this.ids[0]! : id;
  }
}
