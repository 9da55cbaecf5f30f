import { SourceError } from '../base/errors.ts';

/** The JSON object of an answer. @throws SourceError, retryable, where it is something else: what a proxy or a cut answer gives. */
export function readObject(source: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SourceError(source, 'the answer is no JSON', true, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SourceError(source, 'the answer is no JSON object', true);
  return value as Record<string, unknown>;
}

/** The JSON list of an answer. @throws SourceError, retryable, where it is something else. */
export function readList(source: string, text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch (error) {
    throw new SourceError(source, 'the answer is no JSON', true, { cause: error });
  }
  throw new SourceError(source, 'the answer is no list', true);
}
