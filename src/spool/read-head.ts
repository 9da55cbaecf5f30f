import type { Encoding } from './decode-text.ts';
import { openTail } from './decode-text.ts';
import { type Compression, openContent } from './open-content.ts';
import { RawFile } from './raw-file.ts';

/** The beginning of a file's text, for telling its format. `bytes` is the size on disk. */
export interface Head {
  text: string;
  complete: boolean;
  compression: Compression;
  encoding: Encoding;
  bytes: number;
  binary: boolean;
  magic?: 'parquet';
}

const LIMIT_BYTES = 262_144;
const MAX_CONTROL_SHARE = 0.05;

function looksBinary(text: string): boolean {
  let controls = 0;
  let others = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0) continue;
    if ((unit < 32 && unit !== 9 && unit !== 10 && unit !== 13) || (unit >= 0x7f && unit < 0xa0) || unit === 0xfffd) {
      controls++;
    } else others++;
  }
  return text.length > 0 && controls >= MAX_CONTROL_SHARE * (controls + others);
}

/** Reads up to `limit` bytes of text after decompression and decoding. Throws UserError where the file cannot be read. */
export async function readHead(file: string, limit: number = LIMIT_BYTES): Promise<Head> {
  const raw = await RawFile.open(file, { unhashed: true });
  const bytes = raw.size;
  let magic: Buffer | undefined;
  try {
    magic = Buffer.from((await raw.next())?.subarray(0, 4) ?? '');
  } finally {
    await raw.close();
  }
  if (magic.toString('latin1') === 'PAR1') {
    const head = { text: '', complete: false, compression: 'none', encoding: 'utf-8', bytes, binary: true } as const;
    return { ...head, magic: 'parquet' };
  }
  const { pieces, summary } = await openContent(file, { unhashed: true, hasty: true });
  const parts: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    parts.push(Buffer.from(piece.subarray(0, limit + 1 - length)));
    length += parts.at(-1)!.length;
    if (length > limit) break;
  }
  const all = Buffer.concat(parts);
  const complete = length <= limit && summary.damage === null;
  const kept = all.subarray(0, limit);
  const text = (length <= limit ? all : kept.subarray(0, limit - openTail(kept))).toString('utf8');
  const { compression, encoding } = summary;
  return { text, complete, compression, encoding, bytes, binary: looksBinary(text) };
}
