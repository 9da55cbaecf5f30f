import { basename } from 'node:path';
import { readHead } from '../spool/read-head.ts';
import { sniffCsv } from '../spool/sniff-csv.ts';
import type { FileHead } from './importer.ts';
import { outlineJson } from './json-outline.ts';

/** Reads and outlines the beginning of a file for recognition. */
export async function readFileHead(file: string): Promise<FileHead> {
  const head = await readHead(file);
  const jsonLines = head.binary ? [] : parseLines(head.text, head.complete);
  const looksJson = /^\s*[[{]/.test(head.text);
  return {
    ...head,
    fileName: basename(file),
    jsonLines,
    document:
      looksJson && jsonLines.length === 0 ? outlineJson(head.text) : jsonLines.length === 1 ? jsonLines[0] : null,
    csv: head.binary || looksJson ? null : sniffCsv(head.text),
  };
}

function parseLines(text: string, complete: boolean): unknown[] {
  const lines = text.split('\n');
  if (!complete) lines.pop();
  const parsed: unknown[] = [];
  for (const line of lines.slice(0, 50)) {
    if (!/^\s*[[{]/.test(line)) continue;
    try {
      parsed.push(JSON.parse(line));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  if (parsed.length === 0 && !complete && lines.length <= 1 && /^\s*\{/.test(text)) {
    const outlined = outlineJson(text);
    if (outlined !== null) parsed.push(outlined);
  }
  return parsed;
}
