import { readFileSync } from 'node:fs';
import { compressUsingDict, createCCtx, init } from '@bokuweb/zstd-wasm';

let ready: Promise<void> | undefined;

/** Packs texts as frames of Zstandard, each by itself, with the dictionary of a file: what Jetstream does for `compress=true`. */
export async function packer(dictionaryFile: string): Promise<(text: string) => Buffer> {
  const dictionary = readFileSync(dictionaryFile);
  ready ??= init();
  await ready;
  const context = createCCtx();
  return (text) => Buffer.from(compressUsingDict(context, Buffer.from(text), dictionary, 3));
}
