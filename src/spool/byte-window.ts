const START_BYTES = 1 << 20;

/**
 * A sliding view on a stream of pieces: the bytes `buffer[begin, end)` are at hand. A reader moves `begin` past what it is
 * done with and asks for more; what is left moves to the front, so positions it holds go down by what `more` returns.
 */
export class ByteWindow {
  buffer: Buffer = Buffer.allocUnsafeSlow(2 * START_BYTES);
  begin = 0;
  end = 0;
  done = false;
  readonly #pieces: AsyncGenerator<Buffer>;

  constructor(pieces: AsyncGenerator<Buffer>) {
    this.#pieces = pieces;
  }

  /** Takes in at least half as much again as is kept, or all there is; returns by how much positions moved down. */
  async more(): Promise<number> {
    const moved = this.begin;
    const kept = this.end - this.begin;
    if (moved > 0) {
      this.buffer.copyWithin(0, this.begin, this.end);
      this.begin = 0;
      this.end = kept;
    }
    const wanted = kept + Math.max(START_BYTES, kept >> 1);
    while (this.end < wanted && !this.done) {
      const next = await this.#pieces.next();
      if (next.done) this.done = true;
      else this.#append(next.value);
    }
    return moved;
  }

  /** Throws away all bytes at hand and those to come up to and with the next `byte`; returns how many bytes that were. */
  async skipPast(byte: number): Promise<number> {
    let skipped = 0;
    for (;;) {
      const found = this.buffer.subarray(0, this.end).indexOf(byte, this.begin);
      if (found >= 0) {
        skipped += found + 1 - this.begin;
        this.begin = found + 1;
        return skipped;
      }
      skipped += this.end - this.begin;
      this.begin = this.end;
      if (this.done) return skipped;
      await this.more();
    }
  }

  #append(piece: Buffer): void {
    if (this.end + piece.length > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.buffer.length, this.end + piece.length));
      this.buffer.copy(larger, 0, 0, this.end);
      this.buffer = larger;
    }
    piece.copy(this.buffer, this.end);
    this.end += piece.length;
  }
}
