import { appendFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fresh, sample, samples, spillover, stories, written, zeroes } from './run-spillover.ts';

/** A zstd frame with one stored block (RFC 8878, 3.1.1), for contents of 256 to 65,791 bytes. */
function storedZstd(content: Buffer): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x60, 0, 0, 0, 0, 0]);
  header.writeUInt16LE(content.length - 256, 5);
  header.writeUIntLE((content.length << 3) | 1, 7, 3);
  return Buffer.concat([header, content]);
}

describe('spillover import', () => {
  it('prints the JSON that others rely on, progress on stderr only', async () => {
    const { code, out, err } = await spillover('import', ...stories, '--json', '--case', fresh('case'));
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report.totals).toEqual({ recordsRead: 11, postsAdded: 10, duplicates: 0, problems: 1, embedded: 0 });
    expect(report.failed).toEqual([]);
    expect(report.sources).toHaveLength(3);
    expect(report.sources[0]).toMatchObject({
      file: sample('4chan/pol/thread-880000101.json'),
      format: 'fourchan-api',
      ...zeroes,
      recordsRead: 3,
      postsAdded: 3,
      alreadyImported: false,
    });
    expect(report.sources[1]).toMatchObject({ format: 'x-api-v2', recordsRead: 6, postsAdded: 5, problems: 1 });
    expect(report.sources[2]).toMatchObject({ format: 'news-feed', recordsRead: 2, postsAdded: 2 });
    for (const { recordsRead, postsAdded, duplicates, problems } of [...report.sources, report.totals])
      expect(recordsRead).toBe(postsAdded + duplicates + problems);
    expect(err).toMatch(/^thread-880000101\.json: reading$/m);
    expect(err).not.toContain('\u001b');
    expect(err).not.toContain('\r');
  });

  it('prints a table and what to do next without --json', async () => {
    const { code, out } = await spillover('import', ...stories, '--case', fresh('case'));
    expect(code).toBe(0);
    expect(out).toMatch(/^file +format +records +posts added +duplicates +problems +embedded$/m);
    expect(out).toMatch(/^total +11 +10 +0 +1 +0$/m);
    expect(out).toContain('spillover problems --case');
    expect(out).not.toContain('\u001b');
  });

  it('adds nothing from a file that the case holds, and says so', async () => {
    const directory = fresh('case');
    await spillover('import', sample('x.jsonl'), '--case', directory);
    const again = await spillover('import', sample('x.jsonl'), '--case', directory, '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ sources: [{ alreadyImported: true, ...zeroes }], totals: zeroes });
    const plain = await spillover('import', sample('x.jsonl'), '--case', directory);
    expect(plain.out).toContain('already holds this file');
    const status = JSON.parse((await spillover('status', '--case', directory, '--json')).out);
    expect(status.totals).toMatchObject({ recordsRead: 6, postsAdded: 5 });
  });

  it('takes only the new post of a file that has grown by a line', async () => {
    const directory = fresh('case');
    const file = fresh('grown.jsonl');
    cpSync(sample('x.jsonl'), file);
    await spillover('import', file, '--case', directory);
    const line = JSON.parse(readFileSync(file, 'utf8').split('\n')[0]!);
    appendFileSync(file, `${JSON.stringify({ ...line, id: '2051285713334646279', text: 'A further page' })}\n`);
    const { out } = await spillover('import', file, '--case', directory, '--json');
    expect(JSON.parse(out).sources).toMatchObject([
      { recordsRead: 7, postsAdded: 1, duplicates: 5, problems: 1, alreadyImported: false },
    ]);
  });

  it('reads gzip and zstd twins as the same posts', async () => {
    const directory = fresh('case');
    const file = sample('x.jsonl');
    const twins = [
      written('twin.jsonl.gz', gzipSync(readFileSync(file))),
      written('twin.jsonl.zst', storedZstd(readFileSync(file))),
    ];
    const { code, out } = await spillover('import', file, ...twins, '--case', directory, '--json');
    expect(code).toBe(0);
    const [plain, ...packed] = JSON.parse(out).sources;
    expect(plain).toMatchObject({ recordsRead: 6, postsAdded: 5, duplicates: 0, problems: 1 });
    expect(packed).toHaveLength(twins.length);
    for (const source of packed)
      expect(source).toMatchObject({ recordsRead: 6, postsAdded: 0, duplicates: 5, problems: 1 });
  });

  it('reads a folder, and says which of its files it does not know', async () => {
    const { code, out } = await spillover('import', samples, '--case', fresh('case'), '--json');
    expect(code).toBe(2);
    const report = JSON.parse(out);
    expect(report.totals).toMatchObject({ recordsRead: 11, postsAdded: 10 });
    expect(report.failed).toHaveLength(1);
    expect(report.failed[0].file).toBe(sample('survey.csv'));
    expect(report.failed[0].hint).toContain('--suggest');
  });

  it('passes calmly over what lies beside posts: its own files, and pictures and styles of an export', async () => {
    const folder = fresh('export');
    for (const inner of ['photos', 'css']) mkdirSync(join(folder, inner), { recursive: true });
    cpSync(sample('x.jsonl'), join(folder, 'x.jsonl'));
    const files = {
      'a.json': '{"coverage": [], "watch": []}',
      'b.json': '{"campaign": true, "options": {}, "start": "", "end": "", "story": {}}',
      'c.txt': '#FerryPapers OR "ferry papers" OR url:paste.example/k3vQx9Lm\n',
      'README.md': 'Where this came from',
      'css/style.css': 'body { margin: 0 }',
      'photos/photo.jpg': Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 1, 2, 3]),
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const { code, out } = await spillover('import', folder, '--case', fresh('case'), '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ failed: [], totals: { postsAdded: 5 } });
    expect(report.passedOver.map(({ kind, what }: { kind: string; what: string }) => [kind, what])).toEqual([
      ['own', 'what is known besides the posts'],
      ['own', 'the truth about an invented campaign'],
      ['own', 'the query of a story'],
      ['accessory', 'part of a web page'],
      ['accessory', 'a picture'],
      ['accessory', 'a description'],
    ]);
    const plain = await spillover('import', folder, '--case', fresh('case'));
    expect(plain.out).toContain(`spillover context add ${join(folder, 'a.json')}`);
    expect(plain.out).toContain('no posts in 3 files such as');
    const picture = await spillover('import', join(folder, 'photos/photo.jpg'), '--case', fresh('case'));
    expect(picture).toMatchObject({ code: 2 });
    expect(picture.out).toContain('not imported');
  });

  it('says that a board is unknown only where nothing names it', async () => {
    const known = await spillover('import', sample('4chan/pol/thread-880000101.json'), '--case', fresh('case'));
    expect(known.out).not.toContain('--board');
    const file = fresh('unnamed-thread.json');
    cpSync(sample('4chan/pol/thread-880000101.json'), file);
    expect((await spillover('import', file, '--case', fresh('case'))).out).toContain('--board');
  });

  it('writes a column map and reads a table by it', async () => {
    const map = fresh('map.json');
    const suggested = await spillover('import', '--suggest', sample('survey.csv'));
    expect(suggested.code).toBe(0);
    expect(JSON.parse(suggested.out)).toMatchObject({
      post_id: 'message_id',
      text: 'text',
      time: { column: 'sent_on' },
    });
    const saved = await spillover('import', '--suggest', sample('survey.csv'), '--out', map);
    expect(saved).toMatchObject({ code: 0, out: '' });
    expect(JSON.parse(readFileSync(map, 'utf8'))).toEqual(JSON.parse(suggested.out));
    const directory = fresh('case');
    const by = ['--map', map, '--platform', 'facebook', '--zone', 'Europe/Oslo'];
    const { out } = await spillover('import', sample('survey.csv'), ...by, '--case', directory, '--json');
    expect(JSON.parse(out).totals).toEqual({ ...zeroes, recordsRead: 4, postsAdded: 4 });
    const status = JSON.parse((await spillover('status', '--case', directory, '--json')).out);
    expect(status.platforms).toMatchObject([
      { platform: 'facebook', posts: 4, from: '2026-05-05T07:00:00Z', to: '2026-05-05T08:30:00Z', withoutTime: 0 },
    ]);
  });

  it('says that a zone is missing, and takes the times when the file comes again with one', async () => {
    const directory = fresh('case');
    const map = written('map.json', '{"post_id":"message_id","time":"sent_on","text":"text","urls":"page"}');
    const argv = [sample('survey.csv'), '--map', map, '--platform', 'facebook', '--case', directory];
    const without = await spillover('import', ...argv);
    expect(without.out).toMatch(/^note: 4 posts .*--zone/m);
    const before = JSON.parse((await spillover('status', '--case', directory, '--json')).out);
    expect(before.platforms).toMatchObject([{ posts: 4, withoutTime: 4, from: null }]);
    const again = await spillover('import', ...argv, '--zone', 'UTC', '--json');
    expect(JSON.parse(again.out).totals).toEqual({ ...zeroes, recordsRead: 4, duplicates: 4 });
    const after = JSON.parse((await spillover('status', '--case', directory, '--json')).out);
    expect(after.platforms).toMatchObject([{ posts: 4, withoutTime: 0, from: '2026-05-05T09:00:00Z' }]);
    expect(after.coverage).toMatchObject([{ from: '2026-05-05T09:00:00Z', to: '2026-05-05T10:30:00Z', posts: 4 }]);
    expect(after.warnings).toEqual([]);
  });

  it('shows of an unread row what the file holds, nothing of its own', async () => {
    const directory = fresh('case');
    const table = written('table.csv', 'message_id,sent_on,text\n1,2026-05-05T09:00:00Z,fine\n2,yesterday,not fine\n');
    const map = written('map.json', '{"post_id":"message_id","time":"sent_on","text":"text","platform":"facebook"}');
    await spillover('import', table, '--map', map, '--case', directory);
    const { problems } = JSON.parse((await spillover('problems', '--case', directory, '--json')).out);
    expect(problems).toMatchObject([{ line: 3, reason: 'bad-time', detail: 'the time reads yesterday' }]);
    expect(JSON.parse(problems[0].sample)).toEqual({ message_id: '2', sent_on: 'yesterday', text: 'not fine' });
  });

  it('takes --platform twitter for x', async () => {
    const directory = fresh('case');
    const map = written('map.json', '{"post_id":"message_id","time":{"column":"sent_on","zone":"UTC"},"text":"text"}');
    const argv = [sample('survey.csv'), '--map', map, '--platform', 'Twitter', '--case', directory];
    expect((await spillover('import', ...argv)).code).toBe(0);
    const status = JSON.parse((await spillover('status', '--case', directory, '--json')).out);
    expect(status.platforms).toMatchObject([{ platform: 'x', posts: 4 }]);
  });

  it('reads names with quotes, patterns, emoji, line breaks and a leading dash', async () => {
    const inside = fresh('odd names');
    mkdirSync(inside);
    const names = [
      'a*.jsonl',
      'ab.jsonl',
      'a[b].jsonl',
      `it's "it".jsonl`,
      '🗼.jsonl',
      'two\nlines.jsonl',
      '-dash.jsonl',
    ];
    for (const [at, name] of names.entries()) {
      const post = {
        id: `205125048218104${6270 + at}`,
        author_id: '1',
        created_at: '2026-05-04T10:40:00.000Z',
        text: name,
      };
      writeFileSync(join(inside, name), `${JSON.stringify(post)}\n`);
    }
    const { code, out, err } = await spillover('import', inside, '--case', fresh('case'), '--json');
    expect(code, err).toBe(0);
    const report = JSON.parse(out);
    expect(report.totals).toEqual({ ...zeroes, recordsRead: names.length, postsAdded: names.length });
    for (const source of report.sources) expect(source).toMatchObject({ recordsRead: 1, postsAdded: 1 });
  });

  it('walks a folder with links in a circle once', async () => {
    const inside = fresh('circle');
    mkdirSync(join(inside, 'sub'), { recursive: true });
    cpSync(sample('news.xml'), join(inside, 'news.xml'));
    symlinkSync('..', join(inside, 'sub', 'up'));
    const { code, out, err } = await spillover('import', inside, '--case', fresh('case'), '--json');
    expect(code, err).toBe(0);
    expect(JSON.parse(out).sources).toHaveLength(1);
  });
});
