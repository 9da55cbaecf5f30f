import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { LineInspector } from './json-lines.ts';
import { prepareLines, readLinesAt } from './prepare-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-lines-'));
const options = { spoolDir: join(folder, 'spool') };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(bytes: Buffer | string): string {
  const path = join(folder, 'input');
  writeFileSync(path, bytes);
  return path;
}
const prepare = (bytes: Buffer | string) => prepareLines(file(bytes), options);
const spooled = async (bytes: Buffer | string) => {
  const prepared = await prepare(bytes);
  expect(prepared.spooled).toBe(true);
  return { ...prepared, text: readFileSync(prepared.path, 'utf8') };
};

describe('prepareLines', () => {
  it('uses a file in order where it lies', async () => {
    const text = '{"a":"ä🙂"}\r\n {"b":2} \n["x"]\n"text"\n12\nnull\n{"c":3}';
    const prepared = await prepare(text);
    expect(prepared).toEqual({
      path: join(folder, 'input'),
      spooled: false,
      sha256: createHash('sha256').update(text).digest('hex'),
      bytes: Buffer.byteLength(text),
      records: 7,
      lines: 7,
      maxLineBytes: 15,
      faults: [],
      notes: [],
    });
  });

  it.each([
    ['blank lines at the end', '{"a":1}\n{"a":2}\n\n  \n', 2],
    ['a last object that is cut off', '{"a":1}\n{"a":"x', 2],
    ['an empty file', '', 0],
    ['a file of blank lines', '\n\r\n \n', 0],
  ])('uses a file with %s where it lies', async (_name, text, records) => {
    expect(await prepare(text)).toMatchObject({ spooled: false, records, lines: records, faults: [] });
  });

  it('keeps line numbers: blank and faulty lines become null', async () => {
    const { text, ...prepared } = await spooled('\n{"a":1}\n\t \n{"a":\n{"a":"x\0"}\n}\n\0\0\0\n{"a":2}\n\n');
    expect(text).toBe('null\n{"a":1}\nnull\nnull\nnull\nnull\nnull\n{"a":2}\n');
    expect(prepared).toMatchObject({ records: 5, lines: 8, blankLines: [1, 3, 7], maxLineBytes: 7 });
    expect(prepared.faults).toEqual([
      { line: 4, reason: 'invalid-json', detail: 'the line is cut off', sample: '{"a":' },
      { line: 5, reason: 'nul-byte', detail: 'the line holds NUL bytes', sample: '{"a":"x␀"}' },
      { line: 6, reason: 'invalid-json', detail: 'the line is a piece of a JSON value', sample: '}' },
    ]);
  });

  it('decodes and unpacks', async () => {
    const wide = await spooled(Buffer.from('\ufeff{"a":"ä"}\n{"a":2}', 'utf16le'));
    expect(wide).toMatchObject({
      text: '{"a":"ä"}\n{"a":2}\n',
      notes: ['Read as UTF-16LE.'],
      records: 2,
      blankLines: [],
    });
    const packed = await spooled(gzipSync('\ufeff{"a":1}\r\n'));
    expect(packed).toMatchObject({ text: '{"a":1}\r\n', records: 1, faults: [] });
  });

  it('reports a cut archive once, where the next line would have been', async () => {
    const noise = Array.from({ length: 4000 }, (_, i) => `{"a":"${createHash('md5').update(`${i}`).digest('hex')}"}`);
    const packed = gzipSync(noise.join('\n'));
    const { text, faults, records, lines } = await spooled(packed.subarray(0, packed.length >> 1));
    const good = text.split('\n').slice(0, -2);
    expect(good).toEqual(noise.slice(0, good.length));
    expect(good.length).toBeGreaterThan(1500);
    expect(text.endsWith('\nnull\n')).toBe(true);
    expect({ records, lines }).toEqual({ records: good.length + 1, lines: good.length + 1 });
    expect(faults).toMatchObject([{ line: good.length + 1, reason: 'damaged-archive' }]);
    expect(noise[good.length]!.startsWith(faults[0]!.sample)).toBe(true);
  });

  it('passes over a line that is too long', async () => {
    const long = Buffer.alloc(257 * 1024 * 1024, 'x');
    const { faults, lines, text } = await spooled(
      Buffer.concat([Buffer.from('{"a":1}\n'), long, Buffer.from('\n{"a":3}')]),
    );
    expect(text.slice(0, 100)).toBe('{"a":1}\nnull\n{"a":3}\n');
    expect(lines).toBe(3);
    expect(faults).toMatchObject([{ line: 2, reason: 'line-too-long', sample: 'x'.repeat(500) }]);
  });

  it('finds lines again by their number', async () => {
    const text = `{"a":1}\r\n${'{"b":"ä"}\n'.repeat(300_000)}last`;
    expect(await readLinesAt(file(text), [1, 2, 300_001, 300_002, 300_003])).toEqual(
      new Map([
        [1, '{"a":1}'],
        [2, '{"b":"ä"}'],
        [300_001, '{"b":"ä"}'],
        [300_002, 'last'],
      ]),
    );
    expect(await readLinesAt(file('a\n\n'), [2, 3])).toEqual(new Map([[2, '']]));
  });

  it('leaves no spool behind when it is stopped', async () => {
    const stop = new AbortController();
    const input = file(gzipSync('{"a":1}\n'.repeat(5_000_000)));
    const left = existsSync(options.spoolDir) ? readdirSync(options.spoolDir).length : 0;
    const onProgress = (done: number): void => {
      if (done > 0) stop.abort();
    };
    await expect(prepareLines(input, { ...options, signal: stop.signal, onProgress })).rejects.toThrow(/abort/i);
    expect(readdirSync(options.spoolDir)).toHaveLength(left);
  });
});

describe('LineInspector', () => {
  it('does not depend on where pieces end', () => {
    const texts = [
      '{"a":"ä🙂"}\n{"b":2} \r\n\n\n',
      '{"a":"🙂"}\n{"b"\n{}\n',
      '{"a":1}\n\n{"b":1}',
      '{"ä":1}\n[1]\n"ü"',
    ];
    const bad = [Buffer.from([0x7b, 0xc3, 0x7d, 0x0a]), Buffer.from([0x7b, 0x7d, 0xf0, 0x9f, 0x99])];
    const expected = [true, false, false, true, false, false];
    for (const [index, bytes] of [...texts.map((text) => Buffer.from(text)), ...bad].entries()) {
      for (let step = 1; step <= bytes.length; step++) {
        const inspector = new LineInspector();
        let isGood = true;
        for (let at = 0; at < bytes.length && isGood; at += step)
          isGood = inspector.take(bytes.subarray(at, at + step));
        expect(isGood && inspector.finish(), `${index} in steps of ${step}`).toBe(expected[index]);
      }
    }
  });
});
