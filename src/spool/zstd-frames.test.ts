import { readFileSync } from 'node:fs';
import { compressUsingDict, createCCtx, init } from '@bokuweb/zstd-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../base/random.ts';
import { readZstdDictionary } from './zstd-dictionary.ts';
import { ZstdDamage } from './zstd-entropy.ts';
import { ZstdFrames } from './zstd-frames.ts';

const bytes = readFileSync(new URL('../../test/data/jetstream.zdict', import.meta.url));
const dictionary = readZstdDictionary(bytes);
let context: number;
const packed = (content: Uint8Array, level = 3) => Buffer.from(compressUsingDict(context, content, bytes, level));

beforeAll(async () => {
  await init();
  context = createCCtx();
});

describe('ZstdFrames', () => {
  it('reads frames of the reference encoder that share a dictionary, whatever is in them', () => {
    const frames = new ZstdFrames(dictionary);
    const random = new Random(7);
    const words = bytes.toString('latin1').match(/[a-z.]{3,12}/g)!;
    for (let round = 0; round < 300; round++) {
      const count = Math.floor(10 ** (random.uniform() * 4));
      const text = Array.from({ length: count }, () => words[random.int(words.length)]).join(' ');
      const noise = Uint8Array.from({ length: count }, () => random.int(256));
      const content = round % 3 === 0 ? Buffer.concat([Buffer.from(text), noise]) : Buffer.from(text);
      const frame = packed(content, 1 + (round % 19));
      expect(Buffer.from(frames.decode(frame)).equals(content)).toBe(true);
    }
    const large = Buffer.from('a thread of many words '.repeat(30_000));
    expect(Buffer.from(frames.decode(packed(large))).equals(large)).toBe(true);
    expect(Buffer.from(frames.decode(packed(new Uint8Array()))).length).toBe(0);
  });

  it('names the dictionary that a frame asks for', () => {
    const other = new ZstdFrames({ ...dictionary, id: 99 });
    expect(() => other.decode(packed(Buffer.from('some text that is long enough')))).toThrow(
      new RegExp(`made with dictionary ${dictionary.id}, this one is 99`),
    );
  });

  it('never fails otherwise than by ZstdDamage on flipped and cut bytes', () => {
    const frames = new ZstdFrames(dictionary);
    const random = new Random(3);
    const frame = packed(Buffer.from(`{"text": "${'a leak of words and of numbers 123 '.repeat(40)}"}`));
    for (let round = 0; round < 3_000; round++) {
      const broken = Buffer.from(round % 4 === 0 ? frame.subarray(0, random.int(frame.length)) : frame);
      for (let flips = 0; flips < 1 + (round % 3) && broken.length > 0; flips++)
        broken[random.int(broken.length)]! ^= 1 << random.int(8);
      try {
        frames.decode(broken);
      } catch (error) {
        expect(error).toBeInstanceOf(ZstdDamage);
      }
    }
  });
});

describe('readZstdDictionary', () => {
  it('refuses what is no dictionary, cut off or broken', () => {
    expect(() => readZstdDictionary(Buffer.from('some text'))).toThrow(ZstdDamage);
    const random = new Random(5);
    for (let round = 0; round < 1_000; round++) {
      const broken = Buffer.from(round % 2 ? bytes : bytes.subarray(0, 4 + random.int(300)));
      broken[random.int(Math.min(broken.length, 300))]! ^= 1 << random.int(8);
      try {
        readZstdDictionary(broken);
      } catch (error) {
        expect(error).toBeInstanceOf(ZstdDamage);
      }
    }
  });
});
