import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../base/errors.ts';
import { Random } from '../base/random.ts';
import type { Prepared } from './fault.ts';
import { openContent } from './open-content.ts';
import { prepareCsv } from './prepare-csv.ts';
import { prepareJson } from './prepare-json.ts';
import { prepareLines } from './prepare-lines.ts';

const ROUNDS = 165;
const folder = mkdtempSync(join(tmpdir(), 'spillover-damage-'));
const options = { spoolDir: join(folder, 'spool') };
let connection: DuckDBConnection;

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

type Damage = (bytes: Buffer, random: Random) => Buffer;
const splice = (bytes: Buffer, at: number, remove: number, insert: string | Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(insert), bytes.subarray(at + remove)]);
const insert =
  (text: string): Damage =>
  (bytes, random) =>
    splice(bytes, random.int(bytes.length + 1), 0, text);

/** Damages in one place, after which all but a few records must come through. */
const local: Record<string, Damage> = {
  'NUL bytes': (bytes, random) => splice(bytes, random.int(bytes.length), 0, Buffer.alloc(1 + random.int(20))),
  'a flipped byte': (bytes, random) => splice(bytes, random.int(bytes.length), 1, Buffer.of(random.int(256))),
  'a quote': insert('"'),
  'a backslash': insert('\\'),
  'a line feed': insert('\n'),
  'a carriage return': insert('\r'),
  'a bracket': (bytes, random) => insert('{}[],:;'[random.int(7)]!)(bytes, random),
  'bytes cut out': (bytes, random) => splice(bytes, random.int(bytes.length), 1 + random.int(30), ''),
  'blank lines': insert('\n\n  \n'),
  'half a surrogate pair': insert('\\ud83d'),
  'latin-1 letters': (bytes, random) => splice(bytes, random.int(bytes.length), 0, Buffer.of(0xe9, 0xe8)),
};

const sweeping: Record<string, Damage> = {
  'cut off': (bytes, random) => bytes.subarray(0, random.int(bytes.length + 1)),
  'many flipped bytes': (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let i = 0; i < 20; i++) copy[random.int(copy.length)] = random.int(256);
    return copy;
  },
  'many quotes': (bytes, random) => {
    let copy = bytes;
    for (let i = 0; i < 10; i++) copy = insert('"')(copy, random);
    return copy;
  },
  'UTF-16LE with a mark': (bytes) => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le'),
  'UTF-16BE without a mark': (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le').swap16(),
  'UTF-16LE, cut': (bytes, random) => {
    const wide = Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le');
    return wide.subarray(0, random.int(wide.length));
  },
  'windows-1252': (bytes) => Buffer.from(bytes.toString('utf8').replace(/[^\x00-\xff]/g, '?'), 'latin1'),
  'gzip, cut': (bytes, random) => {
    const packed = gzipSync(bytes);
    return packed.subarray(0, 3 + random.int(packed.length - 3));
  },
  'gzip, flipped': (bytes, random) => {
    const packed = gzipSync(bytes);
    return splice(packed, 10 + random.int(packed.length - 10), 1, Buffer.of(random.int(256)));
  },
  'gzip of a flipped file': (bytes, random) => gzipSync(local['a flipped byte']!(bytes, random)),
  shuffled: (bytes, random) => {
    const at = random.int(bytes.length);
    return Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]);
  },
  noise: (_bytes, random) => Buffer.from(Array.from({ length: random.int(3000) }, () => random.int(256))),
};

function* cases(bytes: Buffer, kinds: Record<string, Damage>, seed: number): Generator<[string, string]> {
  const names = Object.keys(kinds);
  for (let round = 0; round < ROUNDS; round++) {
    const name = names[round % names.length]!;
    const file = join(folder, 'damaged');
    writeFileSync(file, kinds[name]!(bytes, new Random(seed + round)));
    yield [`${name}, round ${round}`, file];
  }
}

async function attempt<T extends Prepared>(prepare: () => Promise<T>): Promise<T | null> {
  try {
    return await prepare();
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

async function textOf(file: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const piece of (await openContent(file)).pieces) parts.push(Buffer.from(piece));
  return Buffer.concat(parts).toString('utf8');
}

const post = (n: number) => ({
  id: String(1371023293145935873n + BigInt(n)),
  text: `Fähre ${n} 🙂 {"said": [1, "${n % 7 === 0 ? 'x\ny' : 'z'}"]}, a\\b`,
  tags: n % 3 === 0 ? [] : ['a', { deep: [n, null, true] }],
});
const posts = Array.from({ length: 40 }, (_, n) => post(n));

describe('prepareLines', () => {
  const bytes = Buffer.from(`${posts.map((value) => JSON.stringify(value)).join('\n')}\n`);

  async function check(label: string, file: string): Promise<number> {
    const prepared = await attempt(() => prepareLines(file, options));
    if (prepared === null) return 0;
    const found = await rows(
      `select row_number() over () as line, id from read_ndjson('${prepared.path}', columns = {id: 'varchar'}, ignore_errors = true)`,
    );
    expect(found.length, label).toBe(prepared.lines);
    expect(prepared.records, label).toBe(prepared.lines - (prepared.blankLines?.length ?? 0));
    const lines = (await textOf(file)).split('\n');
    let good = 0;
    for (const [index, line] of lines.entries()) {
      if (index >= prepared.lines) {
        expect(line.replaceAll('\0', '').trim(), label).toBe('');
        continue;
      }
      const id = idOf(line);
      const isFault = prepared.faults.some((fault) => fault.line === index + 1);
      if (id !== null && !isFault) {
        expect(found[index]!.id, `${label}, line ${index + 1}`).toBe(id);
        good++;
      } else if (isFault) expect(found[index]!.id, label).toBeNull();
      if (id !== null && isFault) expect(prepared.faults.at(-1)!.reason, label).toBe('damaged-archive');
    }
    if (prepared.spooled) rmSync(prepared.path);
    return good;
  }

  function idOf(line: string): string | null {
    try {
      const value = JSON.parse(line) as { id?: unknown } | null;
      return typeof value?.id === 'string' && !/\\u(?!d83d\\ude42)d/.test(line) ? value.id : null;
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }

  it('loses no more than the damaged lines', async () => {
    for (const [label, file] of cases(bytes, local, 1)) {
      expect(await check(label, file), label).toBeGreaterThanOrEqual(posts.length - 2);
    }
  });

  it('gives the database what it can read, whatever comes', async () => {
    for (const [label, file] of cases(bytes, sweeping, 2)) await check(label, file);
  });
});

describe('prepareCsv', () => {
  const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const table = posts.map(({ id, text }) => [id, text, 'fr', '']);
  const bytes = Buffer.from(`id,text,lang,extra\r\n${table.map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`);
  const originals = new Set(table.map((row) => JSON.stringify(row)));

  async function check(label: string, file: string): Promise<number> {
    const style = label.length % 3 === 0 ? 'both' : 'double';
    const dialect = { delimiter: ',', escape: style, header: 'first-row' } as const;
    const prepared = await attempt(() => prepareCsv(file, dialect, options));
    if (prepared === null) return 0;
    const columns = prepared.columns.map((_, index) => `'c${index}': 'varchar'`);
    const found = await rows(
      `select * from read_csv('${prepared.path}', auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
        new_line = '\\n', parallel = ${prepared.multiline === 0}, columns = {'line': 'bigint', ${columns.join(', ')}})`,
    );
    expect(found.length, label).toBe(prepared.records - prepared.faults.length);
    const lines = found.map((row) => Number(row.line));
    expect(lines, label).toEqual([...new Set(lines)].sort((a, b) => a - b));
    rmSync(prepared.path);
    return found.filter((row) =>
      originals.has(
        JSON.stringify(
          Object.values(row)
            .slice(1)
            .map((cell) => cell ?? ''),
        ),
      ),
    ).length;
  }

  it('loses no more than the records around the damage', async () => {
    const head = bytes.subarray(0, bytes.indexOf('\n') + 1);
    const body = bytes.subarray(head.length);
    const below = Object.fromEntries(
      Object.entries(local).map(([name, damage]): [string, Damage] => [
        name,
        (_bytes, random) => Buffer.concat([head, damage(body, random)]),
      ]),
    );
    for (const [label, file] of cases(bytes, below, 3)) {
      expect(await check(label, file), label).toBeGreaterThanOrEqual(posts.length - 2);
    }
  });

  it('gives the database what it can read, whatever comes', async () => {
    for (const [label, file] of cases(bytes, sweeping, 4)) await check(label, file);
  });
});

describe('prepareJson', () => {
  const document = {
    name: 'Ferry',
    groups: [
      { id: 9, posts: posts.slice(0, 20) },
      { posts: posts.slice(20), late: 'x' },
    ],
  };
  const originals = new Set(posts.map((value) => JSON.stringify(value)));

  async function check(label: string, file: string): Promise<{ same: number; other: number }> {
    const prepared = await attempt(() =>
      prepareJson(file, ['groups[*].posts[*]', 'groups[*].posts[*].tags[*]'], options),
    );
    if (prepared === null) return { same: 0, other: 0 };
    const found = await rows(
      `select line, "at", ctx, record from read_ndjson('${prepared.path}',
        columns = {line: 'bigint', "at": 'varchar', ctx: 'bigint', record: 'json'}, ignore_errors = true)`,
    );
    expect(found.length, label).toBe(prepared.records - prepared.faults.length);
    const contexts = await rows(
      `select ctx from read_ndjson('${prepared.contextPath}', columns = {ctx: 'bigint', context: 'json'}, ignore_errors = true)`,
    );
    const known = new Set(contexts.map((row) => row.ctx));
    const values: string[] = [];
    for (const row of found) {
      expect(row.line, label).not.toBeNull();
      expect(known, label).toContain(row.ctx);
      if (/posts\[\d+\]$/.test(String(row.at)) && row.record !== null)
        values.push(JSON.stringify(JSON.parse(String(row.record))));
    }
    rmSync(prepared.path);
    rmSync(prepared.contextPath);
    const same = values.filter((value) => originals.has(value)).length;
    return { same, other: values.length - same };
  }

  const flat = Buffer.from(JSON.stringify(document));
  const pretty = Buffer.from(JSON.stringify(document, null, 1));

  it('hardly ever loses more than two records of a pretty-printed document when one is damaged', async () => {
    const from = pretty.indexOf('"posts"') + 20;
    const to = pretty.indexOf('"posts"', from) - 30;
    const inside = Object.fromEntries(
      Object.entries(local).map(([name, damage]): [string, Damage] => [
        name,
        (bytes, random) =>
          Buffer.concat([bytes.subarray(0, from), damage(bytes.subarray(from, to), random), bytes.subarray(to)]),
      ]),
    );
    let worse = 0;
    for (const [label, file] of cases(pretty, inside, 5)) {
      const { same, other } = await check(label, file);
      if (same < posts.length - 2) worse++;
      expect(other, label).toBeLessThanOrEqual(2);
    }
    // A bracket too many or too few can leave JSON in which the next records belong to another list.
    expect(worse).toBeLessThanOrEqual(0.02 * ROUNDS);
  });

  it('invents no record in a document without line ends', async () => {
    for (const [label, file] of cases(flat, local, 6))
      expect((await check(label, file)).other, label).toBeLessThanOrEqual(2);
  });

  it('gives the database what it can read, whatever comes', async () => {
    for (const [label, file] of cases(pretty, sweeping, 7)) await check(label, file);
    for (const [label, file] of cases(flat, sweeping, 8)) await check(label, file);
  });
});
