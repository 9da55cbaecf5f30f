import type { FileHead, Importer } from './importer.ts';
import { xApiV2 } from './x-api-v2.ts';

/** All built-in formats. Adding one = its file, a line here, a folder of samples with expected output. */
export const importers: readonly Importer[] = [xApiV2];

/** The importer that is surest of a file, or null where none is at least half sure. */
export function recognise(head: FileHead): Importer | null {
  let best: Importer | null = null;
  let score = 0.5;
  for (const importer of importers) {
    const own = importer.sniff(head);
    if (own >= score && (best === null || own > score)) {
      best = importer;
      score = own;
    }
  }
  return best;
}
