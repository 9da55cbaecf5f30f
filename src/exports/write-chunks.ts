import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { writingTo } from './writing-to.ts';

const blockLength = 1 << 18;

/**
 * Writes pieces of text one after the other without holding them all; the file appears whole or not at all.
 * @throws UserError where the place cannot be written.
 */
export function writeChunks(file: string, ...parts: Iterable<string>[]): void {
  const target = open(file);
  try {
    for (const chunks of parts) for (const chunk of chunks) target.write(chunk);
    target.finish();
  } finally {
    target.dispose();
  }
}

/** The same for pieces that come one by one. @throws UserError where the place cannot be written. */
export async function writeChunkStream(file: string, chunks: AsyncIterable<string>): Promise<void> {
  const target = open(file);
  try {
    for await (const chunk of chunks) target.write(chunk);
    target.finish();
  } finally {
    target.dispose();
  }
}

function open(file: string) {
  const part = `${file}.part`;
  let handle: number | null = writingTo(file, () => openSync(part, 'w'));
  let block = '';
  const flush = () => {
    const buffer = Buffer.from(block);
    for (let at = 0; at < buffer.length; ) at += writingTo(file, () => writeSync(handle!, buffer, at));
    block = '';
  };
  const close = () => {
    if (handle !== null) closeSync(handle);
    handle = null;
  };
  return {
    write: (chunk: string) => {
      block += chunk;
      if (block.length >= blockLength) flush();
    },
    finish: () => {
      flush();
      close();
      writingTo(file, () => renameSync(part, file));
    },
    dispose: () => {
      close();
      rmSync(part, { force: true });
    },
  };
}
