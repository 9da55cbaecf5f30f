import { randomBytes } from 'node:crypto';
import type { CaseConnections } from '../case/case-connections.ts';
import { defaultPublicFigures, keptMaskKey, knownAccounts, maskKey } from '../case/case-mask.ts';
import { TwoWayMask } from '../case/two-way-mask.ts';

/** Holds the mask that answers go through, made anew once accounts or what is known of them changed. */
export class Masking {
  /** Whether the server was started so that names never show. */
  readonly isAlways: boolean;
  readonly #connections: CaseConnections;
  #made: Promise<TwoWayMask> | null = null;
  #keyOfStart: string | null = null;

  constructor(connections: CaseConnections, isAlways: boolean) {
    this.isAlways = isAlways;
    this.#connections = connections;
  }

  mask(): Promise<TwoWayMask> {
    if (this.#made === null) {
      const made = this.#make();
      this.#made = made;
      made.catch(() => {
        if (this.#made === made) this.#made = null;
      });
    }
    return this.#made;
  }

  forget(): void {
    this.#made = null;
  }

  async #make(): Promise<TwoWayMask> {
    const key = await this.#connections.edit(async (editor) => {
      if (!editor.readOnly) return maskKey(editor);
      this.#keyOfStart ??= (await keptMaskKey(editor)) ?? randomBytes(32).toString('hex');
      return this.#keyOfStart;
    });
    return new TwoWayMask(key, await this.#connections.read((reader) => knownAccounts(reader, defaultPublicFigures)));
  }
}
