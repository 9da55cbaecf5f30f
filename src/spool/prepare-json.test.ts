import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { sharedData } from '../../test/support/shared-data.ts';
import { Random } from '../base/random.ts';
import { ContextSpool } from './json-context.ts';
import { compilePatterns } from './json-pattern.ts';
import { JsonRecordSpool } from './json-record-spool.ts';
import { mendJson } from './json-text.ts';
import { JsonWalker } from './json-walker.ts';
import { prepareJson } from './prepare-json.ts';
import { SpoolFile } from './spool-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-json-'));
const options = { spoolDir: join(folder, 'spool') };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface SpoolLine {
  line: number;
  at: string;
  ctx: number;
  record: unknown;
}
const linesOf = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as T);

async function prepare(content: Buffer | string, patterns: string[]) {
  const path = join(folder, 'input');
  writeFileSync(path, content);
  const prepared = await prepareJson(path, patterns, options);
  const lines = linesOf<SpoolLine>(prepared.path);
  const contexts = new Map(
    linesOf<{ ctx: number; context: unknown }>(prepared.contextPath).map(({ ctx, context }) => [ctx, context]),
  );
  expect(lines.length).toBe(prepared.records - prepared.faults.length);
  return {
    ...prepared,
    text: readFileSync(prepared.path, 'utf8'),
    lines,
    at: lines.map((line) => line.at),
    values: lines.map((line) => line.record),
    contextOf: (index: number) => contexts.get(lines[index]!.ctx),
    faultPlaces: prepared.faults.map(({ line, at, reason }) => [line, at, reason]),
  };
}

describe('prepareJson', () => {
  it('writes records with line, place and context, their bytes as they were', async () => {
    const found = await prepare(
      '{\n "name": "Ferry", "messages": [\n  {"id": 99999999999999999999, "x": 1.0},\n  {\n   "text": "a\\nb"\r\n  }\n ],\n "id": 12345678901234567890, "more": {"no": 1}\n}\n',
      ['messages[*]'],
    );
    expect(found.text.split('\n').slice(0, 2)).toEqual([
      '{"line":3,"at":"messages[0]","ctx":1,"record":{"id": 99999999999999999999, "x": 1.0}}',
      '{"line":4,"at":"messages[1]","ctx":1,"record":{    "text": "a\\nb"    }}',
    ]);
    expect(readFileSync(found.contextPath, 'utf8')).toBe(
      '{"ctx":1,"context":{"name":"Ferry","id":12345678901234567890}}\n',
    );
    expect(found).toMatchObject({ records: 2, faults: [], notes: [], maxLineBytes: 86 });
  });

  it('merges the scalars of all objects around a record, inner ones first', async () => {
    const chats = [
      { name: 'a', messages: [1], id: 1 },
      { name: 'b', messages: [2, null, 'x'], n: null },
    ];
    const found = await prepare(
      JSON.stringify({ who: 'me', name: 'all', chats: { list: chats, about: '' }, end: true }),
      ['chats.list[].messages[]'],
    );
    expect(found.values).toEqual([1, 2, null, 'x']);
    expect(found.at).toEqual([0, 1, 1, 1].map((chat, i) => `chats.list[${chat}].messages[${[0, 0, 1, 2][i]}]`));
    expect(found.contextOf(0)).toEqual({ who: 'me', name: 'a', about: '', id: 1, end: true });
    expect(found.contextOf(3)).toEqual({ who: 'me', name: 'b', about: '', n: null, end: true });
  });

  it('writes a record that holds records before these', async () => {
    const catalog = [{ page: 1, threads: [{ no: 1, last_replies: [{ no: 2 }, { no: 3 }] }, { no: 4 }] }, { page: 2 }];
    const found = await prepare(JSON.stringify(catalog, null, 2), ['[*].threads[*]', '[*].threads[*].last_replies[*]']);
    expect(found.at).toEqual([
      '[0].threads[0]',
      '[0].threads[0].last_replies[0]',
      '[0].threads[0].last_replies[1]',
      '[0].threads[1]',
    ]);
    expect(found.lines.map((line) => line.line)).toEqual([5, 8, 11, 16]);
    expect(found.contextOf(0)).toEqual({ page: 1 });
    expect(found.contextOf(1)).toEqual({ page: 1, no: 1 });
  });

  it.each([
    ['$', '{"a":[1]}', ['$']],
    ['$', ' 12 ', ['$']],
    ['data', '{"data":{"x":1}}', ['data']],
    ['[*]', '[1,[2],{"a":3},"x",null,true]', ['[0]', '[1]', '[2]', '[3]', '[4]', '[5]']],
    ['a[*][*]', '{"a":[[1,2],[],[3]]}', ['a[0][0]', 'a[0][1]', 'a[2][0]']],
    ['a.b[*]', '{"a":{"b":[1]},"b":[2],"x":{"a":{"b":[3]}}}', ['a.b[0]']],
    ['[*].p[*]', '[{"p":[1]},3,[{"p":[2]}],{"p":{"q":[4]}}]', ['[0].p[0]']],
  ])('finds %s in %s', async (pattern, text, places) => {
    expect(await prepare(text, [pattern])).toMatchObject({ at: places, faults: [], notes: [] });
  });

  it('notes when nothing is found, and refuses a pattern that makes no sense', async () => {
    expect(await prepare('{"posts":{}}', ['posts[*]'])).toMatchObject({
      records: 0,
      notes: ['Nothing was found at posts[*].'],
    });
    expect(await prepare('', ['[*]'])).toMatchObject({ records: 0, faults: [] });
    await expect(prepare('[]', ['a..b'])).rejects.toThrow(/bad pattern/);
  });

  it('mends escapes that are wrong, control characters, and halves of surrogate pairs', async () => {
    const text = '["\\x1f\\\\x1f","a\nb\tc","\\ud83d\\ude00 \\ud83d \\udE00 \\\\ud83d","\\ud83d\\ud83d\\ude00"]';
    const found = await prepare(text, ['[*]']);
    expect(found.values).toEqual(['\u001f\\x1f', 'a\nb\tc', '😀 \ufffd \ufffd \\ud83d', '\ufffd😀']);
    expect(mendJson('{"a":"\\uD83D\\uDE00"}')).toBe('{"a":"\\uD83D\\uDE00"}');
  });

  it('reports a broken value alone where its end can be told', async () => {
    const found = await prepare('[{"a":1},{"a":01},{"a" 2},{"a":"\0"},nul,{"a":6}]', ['[*]']);
    expect(found.at).toEqual(['[0]', '[5]']);
    expect(found.faultPlaces).toEqual([
      [1, '[1]', 'invalid-json'],
      [1, '[2]', 'invalid-json'],
      [1, '[3]', 'nul-byte'],
      [1, '[4]', 'invalid-json'],
    ]);
    expect(found.faults[0]!.sample).toBe('{"a":01}');
  });

  it('goes on with the next value of a pretty-printed array after a quote or bracket that is missing', async () => {
    const posts = Array.from({ length: 6 }, (_, id) => ({ id, text: `post ${id}`, tags: [{ id: 1 }, { id: 2 }] }));
    const pretty = JSON.stringify({ chats: [{ posts }, { posts: posts.slice(0, 2) }], late: 1 }, null, 1);
    for (const [from, to] of [
      ['"post 2"', '"post 2'],
      ['"post 2",\n     "tags": [', '"post 2",\n     "tags": '],
      ['{\n     "id": 2,', '\n     "id": 2,'],
      ['"id": 2,\n     "text"', '"id" 2,\n     "text"'],
    ]) {
      expect(pretty).toContain(from);
      const found = await prepare(pretty.replace(from!, to!), ['chats[*].posts[*]']);
      expect(found.values.map((value) => (value as { id: number }).id)).toEqual([0, 1, 3, 4, 5, 0, 1]);
      expect(found.at.slice(-3)).toEqual(['chats[0].posts[5]', 'chats[1].posts[0]', 'chats[1].posts[1]']);
      expect(found.faultPlaces).toEqual([[expect.any(Number), 'chats[0].posts[2]', 'invalid-json']]);
      expect(found.contextOf(6)).toEqual({ late: 1 });
    }
  });

  it('gives one fault for the rest where structure is lost', async () => {
    const found = await prepare('{"a":[{"b":1},{"b":[2},{"b":3}],"c":4}', ['a[*]']);
    expect(found.values).toEqual([{ b: 1 }]);
    expect(found.faultPlaces).toEqual([[1, 'a[1]', 'invalid-json']]);
    const second = await prepare('{"a":[1]} {"a":[2]}', ['a[*]']);
    expect(second.faults).toMatchObject([{ at: '$', detail: 'more follows after the end of the document' }]);
  });

  it('takes what is whole of a document that is cut off, with one fault where it is cut', async () => {
    const document = { name: 'x', posts: [{ id: 1 }, { id: 2, n: [1, 2] }, { id: 3 }], tail: { a: 1 } };
    for (const text of [JSON.stringify(document), JSON.stringify(document, null, 2)]) {
      for (let length = 1; length < text.length; length++) {
        const found = await prepare(text.slice(0, length), ['posts[*]']);
        expect(found.values).toEqual(document.posts.slice(0, found.values.length));
        expect(found.faults).toHaveLength(1);
        expect(found.faults[0]!.reason).toBe('invalid-json');
        if (found.values.length > 0) expect(found.contextOf(0)).toMatchObject({ name: 'x' });
      }
    }
    const cut = await prepare('{"posts":[{"id":1},{"id":2,"n":[1,', ['posts[*]', 'posts[*].n[*]']);
    expect(cut.faultPlaces).toEqual([[1, 'posts[1]', 'invalid-json']]);
    expect(cut.at).toEqual(['posts[0]', 'posts[1].n[0]']);
  });

  it('names a damaged archive as the reason', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({ i, n: (i * 2654435761) % 4294967296 }));
    const packed = gzipSync(JSON.stringify(rows));
    const found = await prepare(packed.subarray(0, packed.length >> 1), ['[*]']);
    expect(found.values).toEqual(rows.slice(0, found.values.length));
    expect(found.values.length).toBeGreaterThan(2000);
    expect(found.faultPlaces).toEqual([[1, `[${found.values.length}]`, 'damaged-archive']]);
    const flipped = Buffer.from(packed);
    flipped[flipped.length - 6]! ^= 1;
    expect((await prepare(flipped, ['[*]'])).faultPlaces).toEqual([[1, '$', 'damaged-archive']]);
  });

  it('refuses values nested more than 512 deep, and survives any depth', async () => {
    const nest = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    const found = await prepare(`[${nest(512)},${nest(513)},${nest(1_000_000)},1]`, ['[*]']);
    expect(found.at).toEqual(['[0]', '[3]']);
    expect(found.faultPlaces.map(([, at]) => at)).toEqual(['[1]', '[2]']);
    expect((await prepare('['.repeat(3_000_000), ['[*]'])).faults).toHaveLength(1);
    expect((await prepare('{"a":'.repeat(100_000), ['a[*]'])).faults).toHaveLength(1);
  });

  it('passes over a record that is too long', async () => {
    const text = `[1,{"a":"${'x'.repeat(70 * 1024 * 1024)}"},3]`;
    const found = await prepare(text, ['[*]']);
    expect(found.values).toEqual([1, 3]);
    expect(found.faults).toMatchObject([{ at: '[1]', reason: 'line-too-long' }]);
  });

  const telegram = sharedData('formats/synthetic/telegram_result_json/result.json');
  it.skipIf(!telegram)('reads the Telegram sample with its wrong escape', async () => {
    const found = await prepare(readFileSync(telegram!), ['messages[*]']);
    expect(found).toMatchObject({ records: 9, faults: [] });
    expect(found.contextOf(0)).toMatchObject({ type: 'private_supergroup', id: 990000301 });
  });
});

describe('JsonWalker', () => {
  async function walk(bytes: Buffer, patterns: string[], step: number): Promise<string> {
    const out = await SpoolFile.create(options.spoolDir, 'ndjson');
    const contextOut = await SpoolFile.create(options.spoolDir, 'ndjson');
    const records = new JsonRecordSpool('x', out);
    const contexts = new ContextSpool(contextOut);
    const walker = new JsonWalker({
      root: compilePatterns(patterns),
      records,
      contexts,
      cutReason: () => 'invalid-json',
    });
    let kept = Buffer.alloc(0);
    let moved = 0;
    for (let at = 0; ; at += step) {
      const isEnd = at >= bytes.length;
      kept = Buffer.concat([kept, bytes.subarray(at, at + step)]);
      moved = walker.run(kept, moved, kept.length, isEnd);
      kept = Buffer.from(kept.subarray(moved));
      if (isEnd) break;
    }
    await out.close();
    await contextOut.close();
    const faults = records.list.faults.map(({ line, at, reason, detail }) => ({ line, at, reason, detail }));
    return JSON.stringify([linesOf(out.path), linesOf(contextOut.path), faults, records.records, walker.unreadMembers]);
  }

  it('does not depend on where pieces end, in good documents and bad ones', async () => {
    const random = new Random(11);
    const post = (id: number) => ({ id, text: `ä\n"${id}\\ 🙂`, tags: [{ n: id }, 'x', -1.5e3, []] });
    const document = {
      name: 'n\u0001',
      list: [{ posts: [post(1), post(2), post(3)], z: 1.5 }, { posts: [post(4)] }],
      last: null,
    };
    for (let round = 0; round < 150; round++) {
      const text = JSON.stringify(document, null, round % 3).replaceAll('\\n', round % 2 ? '\\ud83d' : '\n');
      let bytes = Buffer.from(text);
      if (round > 10) {
        const at = random.int(bytes.length);
        const put = Buffer.from('"{}[],:\\\n\0 x'.charAt(random.int(12)));
        bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + random.int(3))]);
      }
      const whole = await walk(bytes, ['list[*].posts[*]', 'list[*].posts[*].tags[*]'], bytes.length);
      for (const step of [1, 3, 17, 64]) {
        const inSteps = await walk(bytes, ['list[*].posts[*]', 'list[*].posts[*].tags[*]'], step);
        expect(inSteps, `round ${round}, step ${step}`).toBe(whole);
      }
    }
  });
});
