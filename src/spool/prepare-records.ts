import type { Fault, SpoolOptions } from './fault.ts';
import { JsonRecordSpool } from './json-record-spool.ts';
import { mendJson } from './json-text.ts';
import type { PreparedJson } from './prepare-json.ts';
import { RawFile } from './raw-file.ts';
import { withSpools } from './spool-file.ts';

/** A record made by a parser in JavaScript; `context` is what it shares with the records around it. */
export interface ParsedRecord {
  at: string;
  line?: number;
  record: unknown;
  context?: Record<string, unknown>;
}

const KNOWN_CONTEXTS = 10_000;

function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, member: unknown) => (typeof member === 'bigint' ? String(member) : member));
  return text === undefined ? 'null' : mendJson(text);
}

async function hashFile(file: string, signal: AbortSignal | undefined): Promise<{ sha256: string; bytes: number }> {
  const raw = await RawFile.open(file, { signal });
  try {
    await raw.drain();
    return { sha256: raw.sha256(), bytes: raw.bytes };
  } finally {
    await raw.close();
  }
}

/**
 * Writes the records of a parser as `prepareJson` does. Equal contexts share a number. Big integers become texts.
 * Throws UserError where the file cannot be read, and what the parser throws.
 */
export async function prepareRecords(
  file: string,
  records: AsyncIterable<ParsedRecord | Fault>,
  options: SpoolOptions,
): Promise<PreparedJson> {
  const { sha256, bytes } = await hashFile(file, options.signal);
  return withSpools(options.spoolDir, ['ndjson', 'ndjson'], async (out, contextOut) => {
    const spool = new JsonRecordSpool(file, out!);
    const numbers = new Map<string, number>();
    let last = 0;
    let lastContext: Record<string, unknown> | undefined;
    let lastNumber = 0;
    for await (const item of records) {
      options.signal?.throwIfAborted();
      if ('reason' in item) {
        spool.records++;
        spool.list.push(item);
        continue;
      }
      if (lastNumber === 0 || item.context !== lastContext) {
        const json = toJson(item.context ?? {});
        const known = numbers.get(json);
        lastContext = item.context;
        lastNumber = known ?? ++last;
        if (known === undefined) {
          if (numbers.size < KNOWN_CONTEXTS) numbers.set(json, lastNumber);
          await contextOut!.write(`{"ctx":${lastNumber},"context":${json}}\n`);
        }
      }
      spool.writeText(item.line ?? null, item.at, lastNumber, toJson(item.record));
      await out!.settle();
    }
    options.onProgress?.(bytes, bytes);
    const { maxLineBytes, list } = spool;
    const result = { sha256, bytes, records: spool.records, faults: list.faults, notes: [], maxLineBytes };
    return { path: out!.path, contextPath: contextOut!.path, spooled: true, ...result };
  });
}
