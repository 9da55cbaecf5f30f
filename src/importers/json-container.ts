import type { Container, FileHead } from './importer.ts';
import { outlineJson } from './json-outline.ts';

/** True where the file is one JSON value over its whole length (maybe cut off), false where it is one value a line. */
export function isOneDocument(head: FileHead): boolean {
  const text = head.text.trimStart();
  if (text.startsWith('[')) return true;
  if (!text.startsWith('{')) return false;
  const end = text.indexOf('\n');
  const isOneLine = end < 0 || text.slice(end).trim() === '';
  if (isOneLine && head.complete) return head.jsonLines.length === 0;
  return end >= 0 && /^\{\s*$|[,[{:]\s*$/.test(text.slice(0, end));
}

/** The JSON document of a file as far as the head shows it; null where the file has one value a line. */
export function documentInHead(head: FileHead): unknown {
  return isOneDocument(head) ? outlineJson(head.text) : null;
}

/** The only JSON value that the head shows, over several lines or in one; null where there are several. */
export function onlyValueInHead(head: FileHead): unknown {
  if (isOneDocument(head)) return documentInHead(head);
  return head.jsonLines.length === 1 ? head.jsonLines[0] : null;
}

/** The records that the head shows: its lines, or the members of the array it begins. For recognition only. */
export function recordsInHead(head: FileHead): object[] {
  const values = isOneDocument(head) ? [documentInHead(head)] : head.jsonLines;
  return values.flat(1).filter((value): value is object => typeof value === 'object' && value !== null);
}

/** Lines where the file has one value a line, else the places of the document that hold records. */
export function jsonContainer(
  head: FileHead,
  columns: Record<string, string>,
  patterns: string[],
  context?: Record<string, string>,
): Container {
  if (!isOneDocument(head)) return { kind: 'lines', columns };
  return { kind: 'document', patterns, columns, ...(context ? { context } : {}) };
}
