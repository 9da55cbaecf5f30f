import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { differences, readExpected } from '../../test/support/expected-records.ts';
import { importedCase } from '../../test/support/imported-case.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { blueskyJetstream } from './bluesky-jetstream.ts';
import { readFileHead } from './file-head.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillover-jetstream-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, events: unknown[], array = false): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    array ? JSON.stringify(events, null, 1) : events.map((event) => JSON.stringify(event)).join('\n'),
  );
  return path;
}

async function imported(file: string) {
  const { spilloverCase, report, remove } = await importedCase([file], { mapped: blueskyJetstream });
  try {
    return {
      failed: report.failed,
      totals: [report.totals.recordsRead, report.totals.postsAdded, report.totals.duplicates, report.totals.problems],
      posts: await spilloverCase.database.rows(`
        select post_id, kind, parent_id, strftime(time, '%Y-%m-%dT%H:%M:%S.%gZ') as utc, time_precision_ms, text, urls, hashtags, mentions, warnings,
          (select list(value order by value) from share join artifact using (artifact_key) where share.post_key = post.post_key and artifact.kind = 'media') as media,
          strftime(deleted_at, '%Y-%m-%dT%H:%M:%SZ') as deleted, strftime(edited_at, '%Y-%m-%dT%H:%M:%SZ') as edited, handle
        from post left join account using (account_key) order by post_id`),
      problems: await spilloverCase.database.rows('select line, reason, detail from problem order by line'),
    };
  } finally {
    remove();
  }
}

const seen = Date.UTC(2024, 10, 20, 9, 0, 0) * 1000;
const event = (rkey: string, record: object, more: object = {}) => ({
  did: 'did:plc:inventedalder',
  time_us: seen,
  kind: 'commit',
  commit: { rev: '3lbeljyml5s23', operation: 'create', collection: 'app.bsky.feed.post', rkey, record, ...more },
});
/** Record key of a post made at 09:00:00.000 of that day; the last two characters are free. */
const key = (tail: string) => {
  const letters = '234567abcdefghijklmnopqrstuvwxyz';
  let text = '';
  for (let rest = BigInt(seen); text.length < 11; rest /= 32n) text = letters[Number(rest % 32n)] + text;
  return text + tail;
};

const claims: [why: string, createdAt: string, utc: string, precisionMs: number, warnings: string[] | null][] = [
  ['an offset', '2024-11-20T10:00:00.5+01:00', '2024-11-20T09:00:00.500Z', 1, null],
  ['no fraction', '2024-11-20T08:59:00Z', '2024-11-20T08:59:00.000Z', 1000, null],
  ['before the network existed', '1985-10-26T01:21:00.000Z', '2024-11-20T09:00:00.000Z', 1, ['time-conflict']],
  ['the year 0', '0000-10-14T15:06:10.730Z', '2024-11-20T09:00:00.000Z', 1, ['time-conflict']],
  ['a week before the stream saw it', '2024-11-13T09:00:00.000Z', '2024-11-20T09:00:00.000Z', 1, ['time-conflict']],
  ['in the future', '2024-11-20T09:06:00.000Z', '2024-11-20T09:00:00.000Z', 1, ['time-conflict']],
  ['no date', 'yesterday', '2024-11-20T09:00:00.000Z', 1, ['time-conflict']],
];

test('claimed times stand unless they cannot be true; then the key counts, else the stream', async () => {
  const events = claims.map(([why, createdAt], index) => event(key(`2${'abcdefg'[index]}`), { createdAt, text: why }));
  const late = {
    ...event('self', { createdAt: '1985-10-26T01:21:00.000Z', text: 'no time in the key' }),
    time_us: seen + 250_000,
  };
  const { posts } = await imported(write('time.ndjson', [...events, late]));
  expect(posts.map((post) => [post.text, post.utc, post.time_precision_ms, post.warnings])).toEqual([
    ...claims.map(([why, , utc, precisionMs, warnings]) => [why, utc, precisionMs, warnings]),
    ['no time in the key', '2024-11-20T09:00:00.250Z', 1, ['time-conflict']],
  ]);
});

const facet = (feature: object) => ({ index: { byteStart: 0, byteEnd: 1 }, features: [feature] });

test('links, tags, mentions, pictures and quotes, also where programs misspell them', async () => {
  const quoted = 'at://did:plc:inventedbirch/app.bsky.feed.post/3lbells753222';
  const { posts, totals } = await imported(
    write('content.ndjson', [
      event(key('22'), {
        createdAt: '2024-11-20T09:00:00.000Z',
        text: 'see example.org/long... #one @birch.example.com',
        tags: ['hidden'],
        facets: [
          facet({ $type: 'app.bsky.richtext.facet#link', uri: 'https://example.org/long?a=1,2' }),
          facet({ $type: 'FACETTAG', tag: '#one' }),
          facet({ $type: 'app.bsky.richtext.facet#mention', did: 'did:plc:inventedbirch' }),
          facet({
            $type: 'app.bsky.richtext.facet#link',
            uri: 'https://bsky.app/profile/birch.example.com/post/3lbells753222',
          }),
        ],
        embed: {
          $type: 'app.bsky.embed.recordWithMedia',
          record: { record: { uri: quoted } },
          media: { images: [{ image: { ref: { $link: 'bafkreiinvented' } } }] },
        },
      }),
      event(key('23'), {
        createdAt: '2024-11-20T09:00:01.000Z',
        text: 'plain https://example.net/x #two',
        embed: { external: { uri: 'https://media.tenor.com/abc/x.gif?hh=1' } },
      }),
      event(key('24'), {
        createdAt: '2024-11-20T09:00:02.000Z',
        text: 'odd',
        langs: 'en',
        facets: 'none',
        embed: { external: { uri: 'https://example.com/card' }, images: 5 },
      }),
      event(key('25'), {
        createdAt: '2024-11-20T09:00:03.000Z',
        text: 'a feed',
        embed: { record: { uri: 'at://did:plc:x/app.bsky.feed.generator/abc' } },
      }),
    ]),
  );
  expect(totals).toEqual([4, 4, 0, 0]);
  expect(posts).toMatchObject(
    [
      {
        kind: 'quote',
        parent_id: quoted,
        urls: ['https://example.org/long?a=1,2'],
        hashtags: ['one', 'hidden'],
        mentions: ['birch.example.com'],
        media: ['bafkreiinvented'],
      },
      {
        kind: 'original',
        urls: ['https://example.net/x'],
        hashtags: ['two'],
        media: ['https://media.tenor.com/abc/x.gif'],
      },
      { kind: 'original', text: 'odd', urls: ['https://example.com/card'] },
      { kind: 'original', parent_id: null },
    ].map((post) => expect.objectContaining(post)),
  );
});

test('other events are problems that say what they are; follows with a text as subject do not disturb', async () => {
  const { totals, problems, posts } = await imported(
    write('events.ndjson', [
      event(
        key('22'),
        { subject: 'did:plc:inventedbirch', createdAt: '2024-11-20T09:00:00Z' },
        { collection: 'app.bsky.graph.follow' },
      ),
      event(key('23'), { text: 5, langs: {}, createdAt: 1 }, { collection: 'com.example.other' }),
      {
        did: 'did:plc:inventedalder',
        time_us: seen,
        kind: 'identity',
        identity: { did: 'did:plc:inventedalder', handle: 'alder.example.com' },
      },
      {
        did: 'did:plc:inventedalder',
        time_us: seen,
        kind: 'account',
        account: { active: false, status: 'takendown', did: 'did:plc:inventedalder' },
      },
      event(key('24'), { createdAt: '2024-11-20T09:00:00Z' }, { collection: 'app.bsky.feed.repost' }),
      event('', {}, { operation: 'delete', collection: 'app.bsky.feed.like', rkey: key('2a'), record: undefined }),
      event('', {}, { operation: 'delete', rkey: key('2b'), record: undefined }),
      event(key('26'), { text: 'kept', createdAt: '2024-11-20T09:00:00Z' }),
    ]),
  );
  expect(totals).toEqual([8, 1, 0, 7]);
  expect(problems).toEqual([
    { line: 1, reason: 'not-a-post', detail: 'follow' },
    { line: 2, reason: 'not-a-post', detail: 'other' },
    { line: 3, reason: 'not-a-post', detail: 'identity event' },
    { line: 4, reason: 'not-a-post', detail: 'account event: account takendown' },
    { line: 5, reason: 'missing-object', detail: 'the repost does not say of what' },
    { line: 6, reason: 'not-a-post', detail: 'like deletion' },
    { line: 7, reason: 'unknown-post', detail: expect.any(String) },
  ]);
  expect(posts[0]!.handle).toBe('alder.example.com');
});

test('edits, deletions, the second wire version and Tap events', async () => {
  const record = { createdAt: '2024-11-20T08:00:00.000Z', text: 'tap' };
  const { totals, posts } = await imported(
    write(
      'wires.json',
      [
        event(key('22'), { createdAt: '2024-11-20T09:00:00.000Z', text: 'first' }),
        {
          ...event(key('22'), { createdAt: '2024-11-20T09:00:00.000Z', text: 'second' }, { operation: 'update' }),
          time_us: seen + 60e6,
        },
        {
          $type: 'message',
          payload: {
            $type: 'network.bsky.jetstream.subscribeEvents#commit',
            seq: 1,
            did: 'did:plc:inventedbirch',
            time: '2024-11-20T09:00:01Z',
            rev: 'x',
            operation: 'create',
            collection: 'app.bsky.feed.post',
            rkey: key('22'),
            record: { createdAt: '2024-11-20T09:00:00.750Z', text: 'v2' },
          },
        },
        {
          id: 1,
          type: 'record',
          record: {
            live: false,
            did: 'did:plc:inventedcedar',
            rev: 'x',
            collection: 'app.bsky.feed.post',
            rkey: key('22'),
            action: 'create',
            record,
          },
        },
        {
          ...event(key('22'), {}, { operation: 'delete', record: undefined }),
          did: 'did:plc:inventedbirch',
          time_us: seen + 120e6,
        },
      ],
      true,
    ),
  );
  expect(totals).toEqual([5, 3, 2, 0]);
  expect(posts.map((post) => [post.text, post.utc, post.edited, post.deleted])).toEqual([
    ['first', '2024-11-20T09:00:00.000Z', '2024-11-20T09:01:00Z', null],
    ['v2', '2024-11-20T09:00:00.750Z', null, '2024-11-20T09:02:00Z'],
    ['tap', '2024-11-20T08:00:00.000Z', null, null],
  ]);
});

test('recognises events in lines and arrays, and not other JSON', async () => {
  const some = [
    event(key('22'), { createdAt: '2024-11-20T09:00:00.000Z', text: 'a' }),
    event(key('23'), { text: 'b' }),
  ];
  expect(blueskyJetstream.sniff(await readFileHead(write('a.ndjson', some)))).toBeGreaterThan(0.9);
  expect(blueskyJetstream.sniff(await readFileHead(write('a.json', some, true)))).toBeGreaterThan(0.9);
  expect(
    blueskyJetstream.sniff(
      await readFileHead(write('b.ndjson', [{ did: 'x', kind: 'commit' }, { id: '1', text: 'b' }, null, 3])),
    ),
  ).toBeLessThan(0.5);
});

const synthetic = sharedData('formats/synthetic/bluesky_jetstream_ndjson');
test.skipIf(synthetic === null)('agrees with the expected records of the synthetic stream', async () => {
  const expected = readExpected(synthetic!);
  const { spilloverCase, report, remove } = await importedCase(
    expected.files.map((file) => join(synthetic!, file)),
    { mapped: blueskyJetstream },
  );
  try {
    expect(await differences(spilloverCase, expected, 'bluesky')).toEqual([]);
    const { recordsRead, postsAdded, duplicates, problems } = report.totals;
    expect({ records: recordsRead, posts: postsAdded, duplicates, problems }).toEqual(expected.totals);
  } finally {
    remove();
  }
});
