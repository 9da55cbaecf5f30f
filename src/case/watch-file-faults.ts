import type { z } from 'zod';
import { nearestWord } from '../base/edit-distance.ts';
import type { Path, YamlSource } from './yaml-source.ts';

/** One mistake in a watch file: where, what, and the way out. */
export interface WatchFault {
  path: Path;
  /** A key of the value at `path` that is the mistake. */
  key?: string;
  says: string;
}

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  oneOf?: JsonSchema[];
  const?: unknown;
}

const secretNames = /^(pass(word)?|secret|token|bearer|api[-_]?key)$/i;

/** Puts a mistake that the schema found into words. */
export function faultsOf(issue: z.core.$ZodIssue, source: YamlSource, schema: object): WatchFault[] {
  const path = issue.path as Path;
  const value = valueAt(source.value, path);
  const one = (says: string): WatchFault[] => [{ path, says }];
  const comment = source.commentInPlaceOf(path);
  if (comment !== null) {
    return one(
      `is empty, because #${comment.trimEnd()} is a comment in YAML: put the whole text into quotes, such as '#${comment.trim()}'`,
    );
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path, key, says: unknownKey(key, path, source, schema) }));
    case 'invalid_union':
      if (issue.discriminator === undefined) return one(value === undefined ? 'is missing' : issue.message);
      return unknownKind(issue.discriminator, (issue as { options?: string[] }).options ?? [], path, source);
    case 'invalid_value':
      return one(notAmong(value, issue.values.map(String)));
    case 'invalid_type':
      if (value === undefined) return one('is missing');
      if (!issue.message.startsWith('Invalid input')) return one(`${issue.message}${instead(value)}`);
      return one(`takes ${kindNames[issue.expected] ?? issue.expected}${instead(value)}${listAdvice(issue.expected)}`);
    case 'too_small':
      return one(
        issue.origin === 'number'
          ? `must be at least ${issue.minimum}${instead(value)}`
          : issue.origin === 'array'
            ? 'needs at least one member'
            : 'must not be empty',
      );
    case 'too_big':
      return one(`must be at most ${issue.maximum}${instead(value)}`);
    default:
      return one(`${issue.message}${instead(value)}`);
  }
}

const kindNames: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of keys',
};

const listAdvice = (expected: string) => (expected === 'array' ? ' (begin every member with a dash)' : '');

function instead(value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return ', and it is empty';
  const text =
    typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'a block of keys') : JSON.stringify(value);
  return `, not ${text.length > 80 ? `${text.slice(0, 77)}…` : text}`;
}

function notAmong(value: unknown, known: readonly string[]): string {
  if (value === undefined) return `is missing: one of ${known.join(', ')}`;
  const near = nearestWord(String(value), known);
  return `there is no ${JSON.stringify(value)} here${near === null ? '' : `: did you mean ${near}?`} (${known.join(', ')})`;
}

function unknownKind(discriminator: string, known: readonly string[], path: Path, source: YamlSource): WatchFault[] {
  const block = path.slice(0, -1);
  const around = valueAt(source.value, block) as Record<string, unknown>;
  const meant = around[discriminator] === undefined ? nearestWord(discriminator, Object.keys(around)) : null;
  if (meant !== null)
    return [{ path: block, key: meant, says: `there is no such key: did you mean ${discriminator}?` }];
  return [{ path, says: notAmong(around[discriminator], known) }];
}

function unknownKey(key: string, path: Path, source: YamlSource, schema: object): string {
  const here = schemaAt(schema as JsonSchema, source.value, path);
  const known = Object.keys(here?.properties ?? {});
  if (here?.properties?.options?.properties?.[key]) return 'stands one step too far left: it belongs under options:';
  const near = nearestWord(key, known);
  if (near !== null) return `there is no such key: did you mean ${near}?`;
  if (secretNames.test(key)) {
    const from = known.find((one) => /^(secret|password)From$/.test(one));
    return `secrets do not belong in this file: ${from ? `${from}: NAME names an environment variable that holds it` : 'the environment or the file that credentials: names holds them'}`;
  }
  return `there is no such key; there are ${known.join(', ')}`;
}

/** The schema of the value at a path; of alternatives the one whose fixed members the value has. */
function schemaAt(schema: JsonSchema, value: unknown, path: Path): JsonSchema | null {
  const chosen = schema.oneOf?.find((one) =>
    Object.entries(one.properties ?? {}).every(
      ([key, member]) =>
        member.const === undefined || (value as Record<string, unknown> | null)?.[key] === member.const,
    ),
  );
  const own = chosen ?? schema;
  const [step, ...rest] = path;
  if (step === undefined) return own;
  const next = typeof step === 'number' ? own.items : own.properties?.[step];
  return next ? schemaAt(next, (value as Record<string, unknown>)?.[step], rest) : null;
}

export function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) here = (here as Record<string | number, unknown> | null | undefined)?.[step];
  return here;
}
