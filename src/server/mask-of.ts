import type { Case } from '../case/case.ts';
import { caseMask } from '../case/case-mask.ts';
import type { Mask } from '../domain/mask.ts';

/** The mask that one request asks for by `mask=true`. */
export async function maskOf(reader: Case, asked: string | undefined): Promise<Mask | null> {
  return asked === 'true' ? caseMask(reader) : null;
}
