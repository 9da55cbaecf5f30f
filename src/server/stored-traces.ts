import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { OutdatedResultError } from '../case/result-form.ts';
import type { Provenance } from '../case/results.ts';
import { maskedTrace, storedTrace } from '../case/stored-trace.ts';
import type { Mask } from '../domain/mask.ts';
import { ApiFault } from './api-fault.ts';
import { storyNamed, type Workbench } from './workbench.ts';

type Stored = (Provenance & { result: TraceResult }) | null;

/** The stored trace, parsed once and remembered. @throws OutdatedResultError where another version wrote it. */
const remembered = ({ cache, connections }: Workbench, story: string): Promise<Stored> =>
  cache.get(`trace ${story}`, () =>
    connections.read(async (reader) => {
      await storyNamed(reader, story);
      return storedTrace(reader, story);
    }),
  );

/** @throws ApiFault 404 before the first trace. */
export async function traceOf(bench: Workbench, story: string, mask: Mask | null): Promise<NonNullable<Stored>> {
  const stored = await remembered(bench, story);
  if (stored === null) throw new ApiFault(404, 'not-traced', `"${story}" was not traced yet.`, 'Start a trace first.');
  if (mask === null) return stored;
  return bench.cache.get(`masked trace ${story}`, async () => ({
    ...stored,
    result: maskedTrace(stored.result, mask),
  }));
}

/** The stored trace where there is one that can be read: for what it only adds to. @throws ApiFault 404 for an unknown story. */
export async function readableTrace(bench: Workbench, story: string): Promise<TraceResult | null> {
  try {
    return (await remembered(bench, story))?.result ?? null;
  } catch (error) {
    if (error instanceof OutdatedResultError) return null;
    throw error;
  }
}
