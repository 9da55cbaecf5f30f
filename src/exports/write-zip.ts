import { createHash } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { Zip, ZipDeflate } from 'fflate';
import { writingTo } from './writing-to.ts';

/** A file of an archive; pieces are asked for one after the other, so that a large file is never in memory. */
export interface ZippedFile {
  path: string;
  content: string | Uint8Array | Iterable<Uint8Array>;
}

/** Writes files as a zip archive, piece by piece, and its SHA-256 beside it as `NAME.sha256`. @throws UserError where the place cannot be written. */
export async function writeZip(out: string, files: Iterable<ZippedFile>): Promise<void> {
  const part = `${out}.part`;
  const handle = writingTo(out, () => openSync(part, 'w'));
  const hash = createHash('sha256');
  try {
    await new Promise<void>((resolve, reject) => {
      const zip = new Zip((error, chunk, last) => {
        if (error) return reject(error);
        hash.update(chunk);
        for (let at = 0; at < chunk.length; ) at += writeSync(handle, chunk, at);
        if (last) resolve();
      });
      for (const { path, content } of files) {
        const entry = new ZipDeflate(path, { level: 6 });
        entry.mtime = new Date(1980, 0, 2);
        zip.add(entry);
        if (typeof content === 'string') entry.push(Buffer.from(content), true);
        else if (content instanceof Uint8Array) entry.push(content, true);
        else {
          for (const piece of content) entry.push(piece);
          entry.push(new Uint8Array(), true);
        }
      }
      zip.end();
    });
  } finally {
    closeSync(handle);
  }
  try {
    writingTo(out, () => {
      renameSync(part, out);
      writeFileSync(`${out}.sha256`, `${hash.digest('hex')}  ${basename(out)}\n`);
    });
  } finally {
    rmSync(part, { force: true });
  }
}
