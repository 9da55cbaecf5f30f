import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case } from '../case/case.ts';

export interface Product {
  /** As it is offered for download. */
  name: string;
  path: string;
  media: string;
  /** Whether it holds pseudonyms in place of names. */
  isMasked: boolean;
}

const mostJobs = 20;

/** Files that jobs made to be taken away. They lie beside the case's other short-lived files until twenty newer jobs made some, or the server stops. */
export class JobProducts {
  readonly #parent: string;
  readonly #byJob = new Map<string, { folder: string; products: Product[] }>();

  constructor({ readOnly, temporary }: Case) {
    this.#parent = readOnly ? tmpdir() : temporary;
  }

  /** A new folder for what a job makes. */
  folder(job: string): string {
    mkdirSync(this.#parent, { recursive: true });
    const folder = mkdtempSync(join(this.#parent, 'import-product-'));
    this.#byJob.set(job, { folder, products: [] });
    for (const old of this.#byJob.keys()) {
      if (this.#byJob.size <= mostJobs) break;
      this.forget(old);
    }
    return folder;
  }

  /** Offers files and returns what the job says about them. */
  offer(job: string, products: readonly Product[]): { files: { name: string; bytes: number; href: string }[] } {
    this.#byJob.get(job)?.products.push(...products);
    return {
      files: products.map(({ name, path }) => ({
        name,
        bytes: statSync(path).size,
        href: `/api/jobs/${job}/files/${encodeURIComponent(name)}`,
      })),
    };
  }

  find(job: string, name: string): Product | null {
    return this.#byJob.get(job)?.products.find((one) => one.name === name) ?? null;
  }

  forget(job: string): void {
    const kept = this.#byJob.get(job);
    this.#byJob.delete(job);
    if (kept) rmSync(kept.folder, { recursive: true, force: true });
  }

  close(): void {
    for (const job of [...this.#byJob.keys()]) this.forget(job);
  }
}
