import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { Prepared, SpoolOptions } from './fault.ts';
import { parquetError, readParquet, readParquetHead, withScratchDatabase } from './parquet-head.ts';
import { fileError } from './raw-file.ts';

interface PreparedParquet extends Prepared {
  columns: string[];
}

/**
 * Makes a Parquet file ready: DuckDB reads it where it lies, so nothing is copied, unless it has nested columns. Those are
 * written as JSON texts into a copy in `spoolDir`, because the relation `record` holds texts and only JSON can be taken apart again.
 * @throws UserError when the file is damaged or compressed as a whole.
 */
export async function prepareParquet(file: string, options: SpoolOptions): Promise<PreparedParquet> {
  const { sha256, bytes, magic } = await readThrough(file, options);
  if (magic !== 'PAR1') {
    throw new UserError(
      `${file} is not a Parquet file.`,
      'Parquet is compressed inside; unpack a .gz or .zst around it first.',
    );
  }
  const { columns, records } = await readParquetHead(file);
  const nested = columns.filter((column) => column.nested);
  const path = nested.length === 0 ? file : join(options.spoolDir, 'nested-as-json.parquet');
  if (nested.length > 0)
    await writeNestedAsJson(
      file,
      path,
      nested.map(({ name }) => name),
    );
  return {
    path,
    spooled: path !== file,
    sha256,
    bytes,
    records,
    faults: [],
    notes: [],
    columns: columns.map(({ name }) => name),
  };
}

async function writeNestedAsJson(file: string, path: string, names: string[]): Promise<void> {
  const replacements = names
    .map((name) => `"${name.replaceAll('"', '""')}"`)
    .map((name) => `to_json(${name})::varchar as ${name}`);
  await withScratchDatabase(async (connection) => {
    try {
      await connection.run(
        `copy (select * replace (${replacements.join(', ')}) from ${readParquet(file)}) to '${path.replaceAll("'", "''")}' (format parquet)`,
      );
    } catch (error) {
      throw parquetError(file, error);
    }
  });
}

async function readThrough(
  file: string,
  options: SpoolOptions,
): Promise<{ sha256: string; bytes: number; magic: string }> {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let bytes = 0;
  try {
    const { size } = statSync(file);
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      options.signal?.throwIfAborted();
      if (bytes === 0) head.push((chunk as Buffer).subarray(0, 4));
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      options.onProgress?.(bytes, size);
    }
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw fileError(file, error);
  }
  return { sha256: hash.digest('hex'), bytes, magic: Buffer.concat(head).toString('latin1') };
}
