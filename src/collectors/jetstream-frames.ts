import { readFileSync } from 'node:fs';
import { UserError } from '../base/errors.ts';
import { readZstdDictionary } from '../spool/zstd-dictionary.ts';
import { ZstdDamage } from '../spool/zstd-entropy.ts';
import { ZstdFrames } from '../spool/zstd-frames.ts';
import type { Frame } from './socket-frames.ts';

const whereToGet =
  'It is the file zstd_dictionary (pkg/models, in newer versions legacy_subscribe.zdict) of github.com/bluesky-social/jetstream. Without --zstd-dictionary the stream is read uncompressed.';

/**
 * Reads the text of Jetstream's messages; those in binary are compressed, with the dictionary of this file.
 * @throws UserError where the file is no dictionary; later where messages were made with another one.
 */
export function jetstreamFrames(file: string | null): (frame: Frame) => string {
  const frames = file === null ? null : new ZstdFrames(readDictionary(file));
  return ({ data, binary }) => {
    if (!binary || frames === null) return data.toString('utf8');
    try {
      return Buffer.from(frames.decode(data)).toString('utf8');
    } catch (error) {
      if (!(error instanceof ZstdDamage)) throw error;
      throw new UserError(
        `A message of the stream cannot be unpacked with ${file}: ${error.message}.`,
        `The dictionary must be the one of the server. ${whereToGet}`,
        { cause: error },
      );
    }
  };
}

function readDictionary(file: string) {
  try {
    return readZstdDictionary(readFileSync(file));
  } catch (error) {
    const why = (error as Error).message;
    throw new UserError(`${file} cannot be read as a Zstandard dictionary: ${why}.`, whereToGet, { cause: error });
  }
}
