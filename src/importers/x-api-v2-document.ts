import { UserError } from '../base/errors.ts';
import type { Fault } from '../spool/fault.ts';
import { openContent } from '../spool/open-content.ts';
import type { ParsedRecord } from './importer.ts';
import { jsonErrorPlace } from './json-error-place.ts';
import { outlineJson } from './json-outline.ts';
import { isObject } from './x-api-v2-recognise.ts';

type Fields = Record<string, unknown>;

const maxBytes = 256 * 1024 * 1024;

/**
 * The items of a JSON document: of one page, of a list of pages, or of a list of flattened posts. An item of a page comes with
 * its author and the posts it refers to, so that it reads like a flattened post; what else a page includes comes with its first
 * item. A broken document gives what stands before the fault, and one fault.
 * @throws UserError when the document is larger than 256 MB.
 */
export async function* parseApiV2Document(
  file: string,
  { signal }: { signal?: AbortSignal },
): AsyncGenerator<ParsedRecord | Fault> {
  const text = await readText(file, signal);
  const place = jsonErrorPlace(text);
  const value: unknown = place === null ? JSON.parse(text) : outlineJson(text.slice(0, place.offset));
  if (place === null) yield* recordsOf(value, '');
  else {
    const found = [...recordsOf(value, '')];
    const isWhole = isObject(value) && 'includes' in value;
    yield* isWhole ? found : found.slice(0, -1);
    const detail = `${place.problem} (line ${place.line}, column ${place.column})`;
    const from = Math.max(0, place.offset - 250);
    yield { line: place.line, at: '$', reason: 'invalid-json', detail, sample: text.slice(from, from + 500) };
  }
}
