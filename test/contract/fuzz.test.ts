import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { type Case, openCase } from '../../src/case/case.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { importFiles } from '../../src/case/import-files.ts';
import { readFileHead } from '../../src/importers/file-head.ts';
import { recognise } from '../../src/importers/registry.ts';
import { readExpected } from '../support/expected-records.ts';
import { sharedData } from '../support/shared-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-fuzz-'));
let spilloverCase: Case;
beforeAll(async () => {
  spilloverCase = await openCase(join(folder, 'case'), { memoryLimitBytes: 2 * 1024 ** 3 });
});
afterAll(() => {
  spilloverCase.close();
  rmSync(folder, { recursive: true, force: true });
});

const tweet = (n: number) => ({
  id: String(1371023293145935873n + BigInt(n)),
  author_id: `99000000000000000${n % 10}`,
  text: `Post ${n} about the ferry 🙂 https://example.org/${n} #Millbrook`,
  created_at: '2021-03-14T09:00:00.000Z',
  entities: { urls: [{ expanded_url: `https://example.org/${n}` }], hashtags: [{ tag: 'Millbrook' }] },
  public_metrics: { retweet_count: n, like_count: 1 },
});
const tweets = Array.from({ length: 12 }, (_, n) => JSON.stringify(tweet(n))).join('\n');

interface Sample {
  name: string;
  path: string;
  bytes: Buffer;
}

function samples(): Sample[] {
  const roots = [sharedData('formats/synthetic'), fileURLToPath(new URL('../data/formats', import.meta.url))];
  const plain = join(folder, 'tweets.jsonl');
  writeFileSync(plain, `${tweets}\n`);
  const found: Sample[] = [{ name: 'tweets.jsonl', path: plain, bytes: readFileSync(plain) }];
  for (const root of roots) {
    if (!root || !existsSync(root)) continue;
    for (const format of readdirSync(root)) {
      if (!existsSync(join(root, format, 'expected.json'))) continue;
      for (const file of readExpected(join(root, format)).files) {
        const path = join(root, format, file);
        found.push({ name: `${format}-${file}`, path, bytes: readFileSync(path) });
      }
    }
  }
  return found;
}

type Damage = (bytes: Buffer, random: Random) => Buffer;
const splice = (bytes: Buffer, at: number, remove: number, insert: Buffer | string) =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(insert), bytes.subarray(at + remove)]);

const damages: Record<string, Damage> = {
  truncated: (bytes, random) => bytes.subarray(0, random.int(bytes.length)),
  'utf-16': (bytes) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bytes.toString('utf8'), 'utf16le')]),
  'latin-1': (bytes) => Buffer.from(bytes.toString('utf8').replace(/e/g, 'é'), 'latin1'),
  'NUL bytes': (bytes, random) => splice(bytes, random.int(bytes.length), 0, Buffer.alloc(1 + random.int(40))),
  'flipped bytes': (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let n = 0; n < 8; n++) copy[random.int(copy.length)] = random.int(256);
    return copy;
  },
  'a quote too many': (bytes, random) => splice(bytes, random.int(bytes.length), 0, '"'),
  'deep nesting': (bytes, random) => splice(bytes, random.int(bytes.length), 0, '['.repeat(20_000)),
  'wrong types': (bytes) => Buffer.from(bytes.toString('utf8').replace(/:\s*"[^"]{0,12}"/g, ': {"a":[1,null]}')),
  'numbers as strings': (bytes) => Buffer.from(bytes.toString('utf8').replace(/:\s*(\d+)/g, ': "$1"')),
  'huge ids': (bytes) => Buffer.from(bytes.toString('utf8').replace(/\d{10,}/g, (digits) => digits.repeat(4))),
  'a lone surrogate': (bytes, random) => {
    const text = bytes.toString('utf8');
    const quote = text.indexOf('"', random.int(text.length));
    return Buffer.from(quote < 0 ? text : `${text.slice(0, quote)}\\ud83d${text.slice(quote)}`);
  },
  'lines cut out': (bytes, random) => {
    const lines = bytes.toString('utf8').split('\n');
    lines.splice(random.int(lines.length), 1 + random.int(3));
    return Buffer.from(lines.join('\n'));
  },
  'blank lines and CRLF': (bytes) => Buffer.from(bytes.toString('utf8').replace(/\n/g, '\r\n\r\n')),
  'a cut gzip': (bytes, random) => {
    const packed = gzipSync(bytes);
    return packed.subarray(0, 20 + random.int(packed.length - 20));
  },
  'random junk inside': (bytes, random) =>
    splice(bytes, random.int(bytes.length), 5, Buffer.from(Array.from({ length: 64 }, () => random.int(256)))),
  doubled: (bytes) => Buffer.concat([bytes, bytes]),
};

describe('damaged inputs', () => {
  const inputs = samples();
  const kinds = Object.entries(damages);
  const byChance = kinds.filter(([, damage]) => damage.length > 1);
  const again = inputs.length < 30 ? 80 : 4;
  let tried = 0;

  /** Files whose records relate are imported one by one, which costs twenty times as much: each such sample gets half of the damages, in turn. */
  async function damagesOf(path: string, at: number): Promise<[kind: string, damage: Damage][]> {
    const relates = recognise(await readFileHead(path))?.relatesRecords ?? false;
    if (relates) return kinds.filter((_, n) => n % 2 === at % 2);
    return [...kinds, ...Array.from({ length: again }, (_, n) => byChance[(at + n) % byChance.length]!)];
  }

  /**
   * All damages of one sample are imported in one go, as a folder of small files is, and tell apart what each file gave. Files of one name with the same
   * first line mostly have one shape: next to each other they are written together, which is what makes hundreds of them affordable.
   */
  it.each(inputs.map((input, at) => [input.name, input, at] as const))(
    '%s: every record is accounted for, nothing crashes',
    { timeout: 300_000 },
    async (name, { path, bytes }, at) => {
      const random = new Random(`fuzz ${name}`);
      const damaged = (await damagesOf(path, at)).map(([kind, damage], n) => ({
        file: join(folder, `${n}-${kind.replaceAll(' ', '-')}`, name),
        bytes: damage(bytes, random),
      }));
      const files = damaged
        .sort((a, b) => Buffer.compare(firstLine(a.bytes), firstLine(b.bytes)))
        .map(({ file }) => file);
      for (const { file, bytes: content } of damaged) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
      const notes: string[] = [];
      const before = await postsIn(spilloverCase);
      const began = Date.now();
      const report = await importFiles(
        spilloverCase,
        files,
        { platform: 'x', board: 'syn' },
        { ...quietEffects, onNote: (note) => notes.push(note) },
      );
      const seconds = (Date.now() - began) / 1000;
      expect(seconds, `${name} took ${seconds} s`).toBeLessThan(20 * files.length);
      expect(notes).toEqual([]);
      for (const { file, recordsRead, postsAdded, duplicates, problems } of report.sources)
        expect(recordsRead, file).toBe(postsAdded + duplicates + problems);
      const { totals } = report;
      const upgraded = totals.postsAdded + totals.embedded - ((await postsIn(spilloverCase)) - before);
      expect(upgraded, `${name}: posts appeared from nowhere or vanished`).toBeGreaterThanOrEqual(0);
      expect([...report.failed, ...report.sources].map(({ file }) => file).sort()).toEqual([...files].sort());
      for (const file of files) rmSync(file);
      tried += files.length;
    },
  );

  it('agrees with JSON.parse on which lines are posts', { timeout: 120_000 }, async () => {
    const random = new Random('oracle');
    const names = [
      'truncated',
      'flipped bytes',
      'a quote too many',
      'a lone surrogate',
      'lines cut out',
      'blank lines and CRLF',
      'random junk inside',
    ];
    const rounds = Array.from({ length: 60 }, (_, round) => {
      tried++;
      const lines = Array.from({ length: 12 }, (_, n) => JSON.stringify(tweet(12 * round + n))).join('\n');
      const kind = names[round % names.length]!;
      const bytes = damages[kind]!(Buffer.from(`${lines}\n`), random);
      const file = join(folder, `oracle-${round}.jsonl`);
      writeFileSync(file, bytes);
      const written = bytes
        .toString('utf8')
        .split('\n')
        .filter((line) => line.trim() !== '');
      return { file, kind, records: written.length, good: written.filter(isPost).length };
    });
    const fresh = await openCase(join(folder, 'oracle-case'));
    try {
      const options = { format: 'x-api-v2' };
      const alone = rounds.slice(-names.length);
      const together = rounds.slice(0, -names.length).map(({ file }) => file);
      const { sources } = await importFiles(fresh, together, options, quietEffects);
      for (const { file } of alone) sources.push(...(await importFiles(fresh, [file], options, quietEffects)).sources);
      for (const [round, { file, kind, records, good }] of rounds.entries()) {
        const source = sources[round]!;
        expect(source.file).toBe(file);
        expect(source.recordsRead, `round ${round}: ${kind}`).toBe(records);
        expect(source.postsAdded + source.duplicates, `round ${round}: ${kind}`).toBe(good);
      }
    } finally {
      fresh.close();
    }
  });

  it('takes a line of 50 MB', { timeout: 120_000 }, async () => {
    const file = join(folder, 'long.jsonl');
    const long = { ...tweet(99), text: 'x'.repeat(50 * 1024 * 1024) };
    writeFileSync(file, `${JSON.stringify(tweet(98))}\n${JSON.stringify(long)}\n${JSON.stringify(tweet(97))}\n`);
    const fresh = await openCase(join(folder, 'long-case'));
    try {
      const { totals } = await importFiles(fresh, [file], {}, quietEffects);
      expect(totals.recordsRead).toBe(3);
      expect(totals.postsAdded + totals.problems).toBe(3);
      expect(totals.postsAdded).toBeGreaterThanOrEqual(2);
    } finally {
      fresh.close();
    }
  });

  it('tried at least 500 damaged files', () => {
    expect(tried).toBeGreaterThanOrEqual(600);
  });
});

const firstLine = (bytes: Buffer) => bytes.subarray(0, Math.max(0, bytes.indexOf('\n')));

const postsIn = async ({ database }: Case) =>
  (await database.first<{ n: number }>('select count(*) as n from post'))!.n;

function isPost(line: string): boolean {
  let value: { id?: unknown; text?: unknown; created_at?: unknown };
  try {
    value = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { id, text, created_at: created } = value;
  if (typeof id !== 'string' || id.trim() === '' || typeof text !== 'string') return false;
  if (/^\d{17,19}$/.test(id)) return true;
  return typeof created === 'string' && !Number.isNaN(Date.parse(created));
}
