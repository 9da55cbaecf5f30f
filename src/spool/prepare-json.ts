import { ByteWindow } from './byte-window.ts';
import type { Prepared, SpoolOptions } from './fault.ts';
import { ContextSpool } from './json-context.ts';
import { compilePatterns } from './json-pattern.ts';
import { JsonRecordSpool } from './json-record-spool.ts';
import { JsonWalker } from './json-walker.ts';
import { openContent } from './open-content.ts';
import { withSpools } from './spool-file.ts';

/**
 * `path`: one line `{"line","at","ctx","record"}` per record; `contextPath`: one line `{"ctx","context"}` per object that
 * encloses records, with the scalar members of all objects around them. `maxLineBytes` is of `path`.
 */
export interface PreparedJson extends Prepared {
  contextPath: string;
  maxLineBytes: number;
}

/**
 * Finds the records of one JSON document and writes each on a line of its own, its bytes as they were. Patterns name their
 * places: `posts[*]`, `[*].threads[*].last_replies[*]`, `$` for the whole. A record inside another is written after it.
 * Broken records become faults; a document that is cut off gives what is whole and one fault.
 * Throws UserError where the file cannot be read.
 */
export async function prepareJson(file: string, patterns: string[], options: SpoolOptions): Promise<PreparedJson> {
  const root = compilePatterns(patterns);
  const content = await openContent(file, options);
  try {
    return await withSpools(options.spoolDir, ['ndjson', 'ndjson'], async (out, contextOut) => {
      const { summary } = content;
      const records = new JsonRecordSpool(file, out!);
      const contexts = new ContextSpool(contextOut!);
      const cutReason = () => (summary.damage === null ? 'invalid-json' : 'damaged-archive');
      const walker = new JsonWalker({ root, records, contexts, cutReason });
      const window = new ByteWindow(content.pieces);
      for (let moved = 0, isEnd = false; !isEnd; moved = isEnd ? 0 : await window.more()) {
        isEnd = window.done;
        window.begin = walker.run(window.buffer, moved, window.end, isEnd);
        await out!.settle();
        await contextOut!.settle();
      }
      if (summary.damage !== null && !walker.cutReported) {
        records.fault(walker.line, 'damaged-archive', `the archive is broken: ${summary.damage}`, '', '$');
      }
      const notes = [...summary.notes];
      if (!walker.matched) notes.push(`Nothing was found at ${patterns.join(', ')}.`);
      if (walker.unreadMembers > 0) notes.push(`${walker.unreadMembers} members around the records could not be read.`);
      if (contexts.cutShort) {
        notes.push('There are very many groups of records: members that stand after them were not taken in.');
      }
      const { sha256, bytes } = summary;
      const { maxLineBytes, list } = records;
      const result = { sha256, bytes, records: records.records, faults: list.faults, notes, maxLineBytes };
      return { path: out!.path, contextPath: contextOut!.path, spooled: true, ...result };
    });
  } finally {
    await content.close();
  }
}
