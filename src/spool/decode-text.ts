import { isAscii, isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What was found while decoding: complete once the decoded pieces have all been read. */
export interface DecodeReport {
  encoding: Encoding;
  damagedLines: number;
}

const SNIFF_BYTES = 4096;
const LF = 10;
const REPLACEMENT = Buffer.from('\ufffd');
const HIGH_HALF =
  '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ' +
  String.fromCharCode(...Array.from({ length: 96 }, (_, i) => 160 + i));
const WINDOWS_1252 = Array.from(HIGH_HALF, (character) => Buffer.from(character));

/** Encoding by byte order mark, else by the place of the zero bytes, else UTF-8 for now; `mark` is the length of the mark. */
function sniffEncoding(head: Buffer): { encoding: Encoding; mark: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  const pairs = Math.min(head.length, SNIFF_BYTES) >> 1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) evenZeros++;
    if (head[2 * i + 1] === 0) oddZeros++;
  }
  if (pairs >= 2 && oddZeros > 0.4 * pairs && evenZeros < 0.05 * pairs) return { encoding: 'utf-16le', mark: 0 };
  if (pairs >= 2 && evenZeros > 0.4 * pairs && oddZeros < 0.05 * pairs) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
}

/** How many bytes at the end begin a UTF-8 sequence that the next piece may complete: 0 to 3. */
export function openTail(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

/** Whether the bytes hold at least one valid UTF-8 sequence of two bytes or more. */
export function hasMultibyte(bytes: Buffer): boolean {
  if (isAscii(bytes)) return false;
  if (isUtf8(bytes)) return true;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0xc2) continue;
    const length = sequenceLength(lead);
    if (length > 1 && i + length <= bytes.length && isUtf8(bytes.subarray(i, i + length))) return true;
  }
  return false;
}

function fromWindows1252(bytes: Buffer): Buffer {
  if (isAscii(bytes)) return bytes;
  const out = Buffer.allocUnsafe(bytes.length * 3);
  let at = 0;
  for (const byte of bytes) {
    if (byte < 0x80) out[at++] = byte;
    else for (const unit of WINDOWS_1252[byte - 0x80]!) out[at++] = unit;
  }
  return out.subarray(0, at);
}

class LineRepair {
  lines = 0;
  #inDamagedLine = false;

  /** Replaces what is not UTF-8 by U+FFFD, counting each line once even where it spans pieces. */
  repair(bytes: Buffer): Buffer {
    const parts: Buffer[] = [];
    for (let from = 0; from < bytes.length; ) {
      const feed = bytes.indexOf(LF, from);
      const to = feed < 0 ? bytes.length : feed + 1;
      const line = bytes.subarray(from, to);
      if (isUtf8(line)) parts.push(line);
      else {
        parts.push(Buffer.from(line.toString('utf8')));
        this.mark();
      }
      if (feed >= 0) this.#inDamagedLine = false;
      from = to;
    }
    return Buffer.concat(parts);
  }

  /** Notes where lines end in a piece that is in order. */
  pass(bytes: Buffer): void {
    if (this.#inDamagedLine && bytes.includes(LF)) this.#inDamagedLine = false;
  }

  mark(): void {
    if (!this.#inDamagedLine) this.lines++;
    this.#inDamagedLine = true;
  }
}

async function* decodeUtf16(pieces: AsyncGenerator<Buffer>, first: Buffer, bigEndian: boolean): AsyncGenerator<Buffer> {
  let carry: Buffer = Buffer.alloc(0);
  let piece: Buffer | undefined = first;
  while (piece !== undefined) {
    const joined: Buffer = Buffer.concat([carry, piece]);
    let whole = joined.length & ~1;
    const highByte = whole >= 2 ? joined[bigEndian ? whole - 2 : whole - 1]! : 0;
    if (highByte >= 0xd8 && highByte <= 0xdb) whole -= 2;
    carry = Buffer.from(joined.subarray(whole));
    const units = joined.subarray(0, whole);
    if (bigEndian) units.swap16();
    if (whole > 0) yield Buffer.from(units.toString('utf16le'));
    const result = await pieces.next();
    piece = result.done ? undefined : result.value;
  }
  if (carry.length > 0) yield REPLACEMENT;
}

/**
 * Yields the text as UTF-8 without a byte order mark, always valid. The report is written on the way. `restHasMultibyte` is
 * asked at most once: when the first bad bytes come and all before was ASCII, its answer decides between damaged UTF-8
 * and windows-1252. Pieces hold good until the next one is asked for.
 */
export async function* decodeText(
  pieces: AsyncGenerator<Buffer>,
  report: DecodeReport,
  restHasMultibyte: () => Promise<boolean>,
): AsyncGenerator<Buffer> {
  let first: Buffer = Buffer.alloc(0);
  while (first.length < SNIFF_BYTES) {
    const result = await pieces.next();
    if (result.done) break;
    first =
      first.length === 0 && result.value.length >= SNIFF_BYTES ? result.value : Buffer.concat([first, result.value]);
  }
  const { encoding, mark } = sniffEncoding(first);
  report.encoding = encoding;
  let piece: Buffer | undefined = first.subarray(mark);
  if (encoding !== 'utf-8') {
    yield* decodeUtf16(pieces, piece, encoding === 'utf-16be');
    return;
  }
  const lines = new LineRepair();
  let certain = mark > 0;
  let carry: Buffer = Buffer.alloc(0);
  while (piece !== undefined) {
    const joined: Buffer = carry.length === 0 ? piece : Buffer.concat([carry, piece]);
    if (report.encoding === 'windows-1252') {
      yield fromWindows1252(joined);
      carry = Buffer.alloc(0);
    } else {
      const whole = joined.length - openTail(joined);
      const body = joined.subarray(0, whole);
      const tail = Buffer.from(joined.subarray(whole));
      if (isUtf8(body)) {
        certain ||= !isAscii(body);
        lines.pass(body);
        yield body;
      } else {
        const copy = Buffer.from(body);
        certain ||= hasMultibyte(copy) || (await restHasMultibyte());
        if (!certain) report.encoding = 'windows-1252';
        yield certain ? lines.repair(copy) : fromWindows1252(copy);
      }
      carry = tail;
    }
    report.damagedLines = lines.lines;
    const result = await pieces.next();
    piece = result.done ? undefined : result.value;
  }
  if (carry.length === 0) return;
  if (report.encoding === 'windows-1252') yield fromWindows1252(carry);
  else {
    lines.mark();
    report.damagedLines = lines.lines;
    yield REPLACEMENT;
  }
}
