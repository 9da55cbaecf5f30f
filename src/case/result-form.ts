import { analyses } from '../analyses/registry.ts';
import { traceVersion } from '../analyses/trace/trace-options.ts';
import { UserError } from '../base/errors.ts';

/** Version of the form in which networks are stored with their layout. */
export const layoutVersion = '2';

/** Thrown for a stored result whose form an older (or newer) version of Spillover wrote. */
export class OutdatedResultError extends UserError {}

/** Version of the form in which results of an analysis are stored now; null for one that is not known. */
function formOf(analysis: string): string | null {
  if (analysis === 'trace') return traceVersion;
  if (analysis.startsWith('network-')) return layoutVersion;
  return analyses.find(({ definition }) => definition.id === analysis)?.definition.version.toString() ?? null;
}

/** Whether this version can read a stored result, by the version that is stored with it, such as `0.1.0/trace-4`. */
export function isReadable(analysis: string, stored: string): boolean {
  const form = formOf(analysis);
  return form === null || stored.endsWith(`-${form}`);
}

/** @throws OutdatedResultError with the way out where the result cannot be read. */
export function requireReadable(analysis: string, story: string | null, stored: string): void {
  if (isReadable(analysis, stored)) return;
  const of = story === null ? 'the case' : `"${story}"`;
  if (analysis === 'trace')
    throw new OutdatedResultError(
      `${of} was traced by another version of Spillover (${stored}), whose result this one does not read.`,
      `Trace it again: "Trace again" in the workbench, or spillover trace ${story}.`,
    );
  throw new OutdatedResultError(
    `"${analysis}" of ${of} was run by another version of Spillover (${stored}), whose result this one does not read.`,
    `Run it again: in the workbench, or spillover analyse ${analysis}${story === null ? '' : ` --story ${story}`}.`,
  );
}
