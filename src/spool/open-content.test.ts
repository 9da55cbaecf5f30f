import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { sharedData } from '../../test/support/shared-data.ts';
import { type DecodeReport, decodeText } from './decode-text.ts';
import { type ContentSummary, openContent } from './open-content.ts';
import { readHead } from './read-head.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-content-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(bytes: Buffer | string): string {
  const path = join(folder, 'input');
  writeFileSync(path, bytes);
  return path;
}

async function read(bytes: Buffer | string): Promise<{ text: string; summary: ContentSummary }> {
  const { pieces, summary } = await openContent(file(bytes));
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return { text: Buffer.concat(parts).toString('utf8'), summary };
}

const text = Array.from({ length: 30_000 }, (_, i) => `Zeile ${i}: Fähre 🙂 “quoted”\n`).join('');

describe('openContent', () => {
  it('hashes and counts the file as it lies on disk', async () => {
    const packed = gzipSync(text);
    const { summary } = await read(packed);
    expect(summary).toMatchObject({
      compression: 'gzip',
      encoding: 'utf-8',
      bytes: packed.length,
      damage: null,
      notes: [],
    });
    expect(summary.sha256).toBe(createHash('sha256').update(packed).digest('hex'));
  });

  it('reads gzip members one after another, with zeros at the end', async () => {
    const packed = Buffer.concat([gzipSync(text), gzipSync('the end'), Buffer.alloc(70_000)]);
    expect((await read(packed)).text).toBe(`${text}the end`);
  });

  it('gives all that a cut or broken gzip file still holds', async () => {
    const packed = gzipSync(text);
    const cut = await read(packed.subarray(0, packed.length >> 1));
    expect(text.startsWith(cut.text)).toBe(true);
    expect(cut.text.length).toBeGreaterThan(0.4 * text.length);
    expect(cut.summary.damage).toBe('the data is cut off');
    const broken = Buffer.from(packed);
    broken.fill(0xff, packed.length >> 1, (packed.length >> 1) + 40);
    const { text: found, summary } = await read(broken);
    let same = 0;
    while (same < found.length && found[same] === text[same]) same++;
    expect(same).toBeGreaterThanOrEqual(cut.text.length - 2);
    expect(summary.damage).not.toBeNull();
    expect(summary.sha256).toBe(createHash('sha256').update(broken).digest('hex'));
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16BE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16LE without a mark', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16BE without a mark', Buffer.from(text, 'utf16le').swap16(), 'utf-16be'],
  ])('reads %s', async (_name, bytes, encoding) => {
    const { text: found, summary } = await read(bytes);
    expect(found).toBe(text);
    expect(summary.encoding).toBe(encoding);
    expect(summary.notes).toEqual(encoding === 'utf-8' ? [] : [`Read as ${encoding.toUpperCase()}.`]);
  });

  it('takes bytes for windows-1252 only where nothing is UTF-8, in the whole file', async () => {
    const ascii = 'plain line\n'.repeat(200_000);
    const western = Buffer.concat([
      Buffer.from(ascii),
      Buffer.from([0x93, 0x63, 0x61, 0x66, 0xe9, 0x94, 0x20, 0x80, 0x0a]),
    ]);
    const first = await read(western);
    expect(first.text).toBe(`${ascii}“café” €\n`);
    expect(first.summary.encoding).toBe('windows-1252');
    expect(first.summary.notes[0]).toMatch(/windows-1252/);
    const mixed = await read(
      Buffer.concat([western, Buffer.from([0xe9, 0x0a]), Buffer.from(ascii), Buffer.from('später\n')]),
    );
    expect(mixed.summary.encoding).toBe('utf-8');
    expect(mixed.text.slice(ascii.length).replace(ascii, '')).toBe('\ufffdcaf\ufffd \ufffd\n\ufffd\nspäter\n');
    expect(mixed.summary.notes).toEqual(['Bytes that are not UTF-8 were replaced by U+FFFD in 2 lines.']);
  });

  it('replaces a letter that the end cuts, and half a pair in UTF-16', async () => {
    const { text: cut, summary } = await read(Buffer.from('Fähre ü').subarray(0, 8));
    expect(cut).toBe('Fähre \ufffd');
    expect(summary.notes).toHaveLength(1);
    expect((await read(Buffer.from('\ufeffab\ud83d!', 'utf16le'))).text).toBe('ab\ufffd!');
    expect((await read(Buffer.from('\ufeffabc', 'utf16le').subarray(0, 7))).text).toBe('ab\ufffd');
  });

  it('says what is wrong with a path, and how to unpack other archives', async () => {
    mkdirSync(join(folder, 'inner'));
    await expect(openContent(join(folder, 'none'))).rejects.toMatchObject({
      name: 'UserError',
      hint: 'Check the path.',
    });
    await expect(openContent(join(folder, 'inner'))).rejects.toThrow(/is a folder/);
    await expect(openContent(join(folder, 'input/x'))).rejects.toThrow(/No such file/);
    await expect(openContent('/dev/null')).rejects.toThrow(/not a regular file/);
    await expect(read(Buffer.from('504b030414000000', 'hex'))).rejects.toMatchObject({
      hint: expect.stringContaining('unzip'),
    });
    await expect(read(Buffer.from('425a6839314159265359', 'hex'))).rejects.toThrow(/bzip2/);
  });

  it('reports progress up to the size of the file, and stops on a signal', async () => {
    const path = file(text.repeat(4));
    const seen: number[] = [];
    const stop = new AbortController();
    const { pieces } = await openContent(path, {
      onProgress: (done, total) => seen.push(done / total),
      signal: stop.signal,
    });
    for await (const piece of pieces) expect(piece.length).toBeGreaterThan(0);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    stop.abort();
    await expect(openContent(path, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  const pushshift = sharedData('formats/synthetic/pushshift_ndjson/RS_2021-03.zst');
  it.skipIf(!pushshift)('reads a Pushshift file with a declared window of 2 GiB', async () => {
    const { pieces, summary } = await openContent(pushshift!);
    const parts: Buffer[] = [];
    for await (const piece of pieces) parts.push(Buffer.from(piece));
    expect(Buffer.concat(parts).equals(readFileSync(pushshift!.replace('.zst', '.ndjson')))).toBe(true);
    expect(summary).toMatchObject({ compression: 'zstd', damage: null });
  });
});

describe('decodeText', () => {
  async function* inSteps(bytes: Buffer, step: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
  }

  it('does not depend on where pieces end', async () => {
    const damaged = Buffer.concat([
      Buffer.from('x'.repeat(4096)),
      Buffer.from('ä🙂'),
      Buffer.of(0xff, 0xf0, 0x9f),
      Buffer.from('\n🙂é\n'),
      Buffer.of(0xc3),
    ]);
    for (const bytes of [damaged, Buffer.from(`\ufeff${'y'.repeat(3000)}🙂ä`, 'utf16le')]) {
      const results = new Set<string>();
      for (const step of [1, 2, 3, 5, 4097, 10_000]) {
        const report: DecodeReport = { encoding: 'utf-8', damagedLines: 0 };
        const parts: Buffer[] = [];
        for await (const piece of decodeText(inSteps(bytes, step), report, async () => false))
          parts.push(Buffer.from(piece));
        results.add(`${Buffer.concat(parts).toString('utf8')} ${JSON.stringify(report)}`);
      }
      expect(results.size).toBe(1);
    }
  });
});

describe('readHead', () => {
  it('gives text, size, compression and encoding of the beginning', async () => {
    const whole = await readHead(file('\ufeffid,text\r\n1,ä\r\n'));
    expect(whole).toEqual({
      text: 'id,text\r\n1,ä\r\n',
      complete: true,
      compression: 'none',
      encoding: 'utf-8',
      bytes: 18,
      binary: false,
    });
    const packed = gzipSync(text.repeat(3));
    const head = await readHead(file(packed), 1001);
    expect(head).toMatchObject({ complete: false, compression: 'gzip', bytes: packed.length, binary: false });
    expect(text.startsWith(head.text)).toBe(true);
    expect(Buffer.byteLength(head.text)).toBeGreaterThan(997);
    expect((await readHead(file(''))).text).toBe('');
  });

  it('tells binary files, and Parquet by its first bytes', async () => {
    const picture = Buffer.from('89504e470d0a1a0a0000000d494844520000001000000010080600000018f3ff61', 'hex');
    expect((await readHead(file(picture))).binary).toBe(true);
    expect(await readHead(file('PAR1\x15\x04'))).toMatchObject({ magic: 'parquet', binary: true });
    expect((await readHead(file('a\tb\nc\u00e4\n'))).binary).toBe(false);
  });

  it('keeps what a broken archive gives', async () => {
    const packed = gzipSync(text);
    expect(await readHead(file(packed.subarray(0, 3000)))).toMatchObject({ complete: false, compression: 'gzip' });
  });
});
