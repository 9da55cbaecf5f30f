import { ByteWindow } from './byte-window.ts';
import type { Prepared, SpoolOptions } from './fault.ts';
import { ContextSpool } from './json-context.ts';
import { compilePatterns } from './json-pattern.ts';
import { JsonRecordSpool } from './json-record-spool.ts';
import { JsonWalker } from './json-walker.ts';
import { openContent } from './open-content.ts';
import { SpoolFile } from './spool-file.ts';

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
  const out = await SpoolFile.create(options.spoolDir, 'ndjson');
  const contextOut = await SpoolFile.create(options.spoolDir, 'ndjson');
  try {
    const { summary } = content;
    const records = new JsonRecordSpool(file, out);
    const contexts = new ContextSpool(contextOut);
    const cutReason = () => (summary.damage === null ? 'invalid-json' : 'damaged-archive');
    const walker = new JsonWalker({ root, records, contexts, cutReason });
    const window = new ByteWindow(content.pieces);
    for (let moved = 0; ; ) {
      const { done } = window;
      window.begin = walker.run(window.buffer, moved, window.end, done);
      await out.settle();
      await contextOut.settle();
      if (done) break;
      moved = await window.more();
    }
    if (summary.damage !== null && !walker.cutReported) {
      records.fault(walker.line, 'damaged-archive', `the archive is broken: ${summary.damage}`, '', '$');
    }
    await out.close();
    await contextOut.close();
    const notes = [...summary.notes];
    if (!walker.matched) notes.push(`Nothing was found at ${patterns.join(', ')}.`);
    if (walker.unreadMembers > 0) notes.push(`${walker.unreadMembers} members around the records could not be read.`);
    if (contexts.cutShort)
      notes.push('There are very many groups of records: members that stand after them were not taken in.');
    const { sha256, bytes } = summary;
    const { maxLineBytes, list } = records;
    const { path } = out;
    const contextPath = contextOut.path;
    return {
      path,
      contextPath,
      spooled: true,
      sha256,
      bytes,
      records: records.records,
      faults: list.faults,
      notes,
      maxLineBytes,
    };
  } catch (error) {
    await content.pieces.return(undefined);
    await out.discard();
    await contextOut.discard();
    throw error;
  }
}
