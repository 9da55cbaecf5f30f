import { createGunzip, type Gunzip } from 'node:zlib';

/** Bytes that break the gzip format; what was decoded before them is good. */
export class GzipDamage extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GzipDamage';
  }
}

const SLICE_BYTES = 131_072;
const OUTPUT_BYTES = 524_288;

class Inflater {
  failure: Error | undefined;
  ended = false;
  readonly #stream: Gunzip;
  #output: Buffer[] = [];
  #wake: () => void = () => undefined;

  constructor() {
    this.#stream = createGunzip({ chunkSize: OUTPUT_BYTES });
    this.#stream.on('data', (piece: Buffer) => this.#output.push(piece));
    this.#stream.on('error', (error) => {
      this.failure ??= error;
      this.#wake();
    });
    this.#stream.on('end', () => {
      this.ended = true;
      this.#wake();
    });
  }

  async write(input: Buffer): Promise<Buffer[]> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#stream.write(input, () => resolve());
    });
    return this.#take();
  }

  async end(): Promise<Buffer[]> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#stream.end();
    });
    return this.#take();
  }

  close(): void {
    this.#stream.removeAllListeners('data');
    this.#stream.destroy();
  }

  #take(): Buffer[] {
    const output = this.#output;
    this.#output = [];
    return output;
  }
}

/**
 * Decodes gzip members, one after another. Zero bytes may follow the last. Throws GzipDamage where the data is broken
 * or cut off, after all that was decoded before has been yielded; `reopen` reads the same input once more for that,
 * because zlib keeps back what it decoded in the call that fails.
 */
export async function* gunzip(
  next: () => Promise<Buffer | null>,
  reopen: () => Promise<{ next: () => Promise<Buffer | null>; close: () => Promise<void> }>,
): AsyncGenerator<Buffer> {
  const inflater = new Inflater();
  let read = 0;
  let written = 0;
  try {
    for (let chunk = await next(); chunk !== null; chunk = await next()) {
      let output: Buffer[] = [];
      for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
        const slice = chunk.subarray(from, from + SLICE_BYTES);
        if (inflater.ended) {
          if (slice.some((byte) => byte !== 0)) throw new GzipDamage('bytes follow that are not gzip');
          continue;
        }
        const writing = inflater.write(slice);
        for (const piece of output) yield piece;
        output = await writing;
        for (const piece of output) written += piece.length;
        if (inflater.failure) {
          for (const piece of output) yield piece;
          yield* recover(reopen, read, written);
          throw new GzipDamage(inflater.failure.message);
        }
        read += slice.length;
      }
      for (const piece of output) yield piece;
    }
    if (!inflater.ended) yield* await inflater.end();
    if (inflater.failure) throw new GzipDamage('the data is cut off');
  } finally {
    inflater.close();
  }
}

async function* recover(
  reopen: () => Promise<{ next: () => Promise<Buffer | null>; close: () => Promise<void> }>,
  goodInput: number,
  goodOutput: number,
): AsyncGenerator<Buffer> {
  const source = await reopen();
  const inflater = new Inflater();
  let read = 0;
  let written = 0;
  try {
    while (!inflater.failure && !inflater.ended) {
      const chunk = await source.next();
      if (chunk === null) return;
      for (let from = 0; from < chunk.length && !inflater.failure && !inflater.ended; ) {
        const step = read < goodInput ? Math.min(SLICE_BYTES, goodInput - read, chunk.length - from) : 1;
        for (const piece of await inflater.write(chunk.subarray(from, from + step))) {
          const skip = Math.max(0, goodOutput - written);
          written += piece.length;
          if (skip < piece.length) yield piece.subarray(skip);
        }
        from += step;
        read += step;
      }
    }
  } finally {
    inflater.close();
    await source.close();
  }
}
