import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../base/errors.ts';
import { parseCaseContext } from '../domain/case-context.ts';
import { type PlantSummary, plantCampaign } from './plant-campaign.ts';
import { type PlantOptions, plantOptions, resolvePlantOptions } from './plant-options.ts';
import type { PostTruth } from './post-truth.ts';
import type { Truth } from './truth.ts';

const root = mkdtempSync(join(tmpdir(), 'plant-'));
afterAll(() => rmSync(root, { recursive: true }));

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

function digests(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesIn(folder).map((file) => [
      relative(folder, file),
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    ]),
  );
}

interface Tweet {
  id: string;
  author_id: string;
  created_at: string;
  text: string;
  referenced_tweets?: { type: string; id: string }[];
  entities?: {
    urls?: { start: number; end: number; url: string; expanded_url: string }[];
    hashtags?: { start: number; end: number; tag: string }[];
    mentions?: { start: number; end: number; username: string }[];
  };
}
interface Page {
  data: Tweet[];
  includes: { users: { id: string; username: string; created_at: string }[]; tweets?: Tweet[] };
  meta: { result_count: number };
}

const jsonLines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
const truthOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth;

/** All records in a planted folder by their names in results, with the times they state. */
function recordsIn(folder: string): Map<string, string> {
  const records = new Map<string, string>();
  const add = (name: string, time: string) => {
    if (records.has(name)) throw new Error(`${name} stands twice in the files`);
    records.set(name, time);
  };
  if (existsSync(join(folder, 'x.jsonl')))
    for (const page of jsonLines<Page>(join(folder, 'x.jsonl')))
      for (const one of page.data) add(`x/${one.id}`, one.created_at);
  for (const event of jsonLines<{
    did: string;
    commit?: { collection: string; rkey: string; record: { createdAt: string } };
  }>(join(folder, 'bluesky.ndjson')))
    if (event.commit && event.commit.collection !== 'app.bsky.feed.like')
      add(`bluesky/at://${event.did}/${event.commit.collection}/${event.commit.rkey}`, event.commit.record.createdAt);
  for (const file of filesIn(folder)) {
    if (file.includes('/4chan/'))
      for (const post of (JSON.parse(readFileSync(file, 'utf8')) as { posts: { no: number; time: number }[] }).posts)
        add(`4chan/inv/${post.no}`, new Date(post.time * 1000).toISOString());
    else if (file.endsWith('result.json')) {
      const chat = JSON.parse(readFileSync(file, 'utf8')) as {
        id: number;
        messages: { id: number; type: string; date_unixtime: string }[];
      };
      for (const message of chat.messages)
        if (message.type === 'message')
          add(`telegram/${chat.id}/${message.id}`, new Date(Number(message.date_unixtime) * 1000).toISOString());
    } else if (file.endsWith('.xml'))
      for (const [, link, date] of readFileSync(file, 'utf8').matchAll(
        /<item>.*?<link>(.*?)<\/link>.*?<pubDate>(.*?)<\/pubDate>.*?<\/item>/gs,
      ))
        add(`news/${link}`, new Date(date!).toISOString());
  }
  return records;
}

function postsOf(truth: Truth): PostTruth[] {
  return [
    truth.origin,
    ...truth.stages.map((stage) => stage.post),
    ...truth.stages.map((stage) => stage.inFiles?.post ?? null),
    ...truth.catalysts.flatMap((one) => one.posts),
    truth.influencer?.post ?? null,
    ...truth.mainstream.map((one) => one.item),
    ...truth.artifacts.flatMap((one) => [one.first, ...Object.values(one.firstInFiles)]),
    ...truth.decoys.mentions,
  ].filter((post) => post !== null);
}

/** The milliseconds since 1970 that an X id holds. */
const snowflakeTime = (id: string) => Number((BigInt(id) >> 22n) + 1_288_834_974_657n);

describe('the files of a campaign', () => {
  const folder = join(root, 'plain');
  const options = { seed: 11, posts: 12_000 };
  let summary: PlantSummary;
  let pages: Page[];
  let truth: Truth;

  beforeAll(async () => {
    summary = await plantCampaign(options, folder, {});
    pages = jsonLines<Page>(join(folder, 'x.jsonl'));
    truth = truthOf(folder);
  });

  it('are the same bytes again, and other bytes with another seed', async () => {
    const first = digests(folder);
    await plantCampaign(options, join(root, 'again'), {});
    expect(digests(join(root, 'again'))).toEqual(first);
    await plantCampaign({ ...options, seed: 12 }, join(root, 'again'), {});
    expect(digests(join(root, 'again'))['x.jsonl']).not.toBe(first['x.jsonl']);
  });

  it('hold every post once, and the summary counts them', () => {
    const records = recordsIn(folder);
    expect(records.size).toBe(12_000);
    expect(summary.files.reduce((sum, file) => sum + file.posts, 0)).toBe(12_000);
    for (const [platform, count] of Object.entries(summary.counts)) {
      expect([...records.keys()].filter((name) => name.startsWith(`${platform}/`)).length).toBe(count.inFiles);
      expect(count.inFiles).toBe(count.made);
    }
    expect(filesIn(join(folder, '4chan')).length).toBeLessThanOrEqual(120);
  });

  it('hold every post that the truth names, at the time it names', () => {
    const records = recordsIn(folder);
    const named = postsOf(truth);
    expect(named.length).toBeGreaterThan(25);
    for (const post of named) {
      expect(post.inFiles).toBe('record');
      expect(post.statedTime).toBe(post.time);
      const stated = records.get(post.post);
      const wanted = post.platform === 'x' ? `${post.time.slice(0, 19)}.000Z` : post.time;
      expect(stated).toBe(wanted);
    }
    expect(truth.boosters.length).toBe(60);
    expect(truth.enthusiasts.length).toBe(400);
    expect(truth.absent.map((one) => one.verdict).sort()).toEqual([
      'absent',
      'absent',
      'absent',
      'absent',
      'not-collected',
      'present',
      'present',
    ]);
    expect(truth.absent.filter((one) => one.verdict === 'absent').every((one) => one.postsInFiles >= 15)).toBe(true);
  });

  it('have X ids that hold the second of created_at, authors and parents on the page, entities in place', () => {
    const wrong: string[] = [];
    const check = (one: Tweet, what: string, right: boolean) => {
      if (!right) wrong.push(`${one.id}: ${what}`);
    };
    for (const page of pages) {
      const users = new Set(page.includes.users.map((user) => user.id));
      const included = new Set((page.includes.tweets ?? []).map((one) => one.id));
      expect(page.meta.result_count).toBe(page.data.length);
      for (const one of [...page.data, ...(page.includes.tweets ?? [])]) {
        const { urls = [], hashtags = [], mentions = [] } = one.entities ?? {};
        check(
          one,
          'time',
          Math.floor(snowflakeTime(one.id) / 1000) * 1000 === Date.parse(one.created_at) &&
            one.created_at.endsWith('.000Z'),
        );
        check(one, 'author', users.has(one.author_id));
        for (const url of urls) check(one, 'url', one.text.slice(url.start, url.end) === url.url);
        for (const tag of hashtags) check(one, 'tag', one.text.slice(tag.start, tag.end) === `#${tag.tag}`);
        for (const mention of mentions)
          check(one, 'mention', one.text.slice(mention.start, mention.end) === `@${mention.username}`);
      }
      for (const one of page.data)
        for (const parent of one.referenced_tweets ?? []) check(one, 'parent', included.has(parent.id));
    }
    expect(wrong).toEqual([]);
  });

  it('never cut the story out of a reshare', () => {
    const all = new Map(
      pages.flatMap((page) => [...page.data, ...(page.includes.tweets ?? [])]).map((one) => [one.id, one]),
    );
    let checked = 0;
    for (const one of all.values()) {
      const parent = one.referenced_tweets?.find((reference) => reference.type === 'retweeted');
      const source = parent && all.get(parent.id);
      if (!source?.entities?.hashtags?.some((tag) => tag.tag === 'FerryPapers')) continue;
      if (!one.entities?.hashtags?.some((tag) => tag.tag === 'FerryPapers')) throw new Error(`${one.id} lost the tag`);
      checked++;
    }
    expect(checked).toBeGreaterThan(100);
  });

  it('name and number accounts so that boosters cannot be told by it', () => {
    const users = new Map(pages.flatMap((page) => page.includes.users).map((user) => [user.id, user]));
    const names = [...users.values()].map((user) => user.username.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => /^\w{4,15}$/.test(name))).toBe(true);
    const boosters = new Set(truth.boosters.map((one) => one.account.slice(2)));
    const starts = (wanted: boolean) =>
      [...users.values()]
        .filter((user) => boosters.has(user.id) === wanted)
        .map((user) => user.username.slice(0, 2).toLowerCase());
    expect(new Set(starts(true)).size).toBeGreaterThan(20);
    const common = new Set(starts(false));
    expect(starts(true).every((start) => common.has(start))).toBe(true);
    const ids = [...users.keys()].sort();
    const places = [...boosters].map((id) => ids.indexOf(id) / ids.length).sort((a, b) => a - b);
    expect(places[0]).toBeLessThan(0.2);
    expect(places.at(-1)).toBeGreaterThan(0.8);
  });

  it('come with a context that a case accepts, and a query', () => {
    const context = parseCaseContext(JSON.parse(readFileSync(join(folder, 'context.json'), 'utf8')), 'context.json');
    expect(context.watch.length).toBe(7);
    expect(new Set(context.coverage.map((one) => one.platform))).toEqual(
      new Set(['4chan', 'telegram', 'bluesky', 'x', 'news']),
    );
    const query = readFileSync(join(folder, 'story.txt'), 'utf8').trim();
    expect(query).toBe(truth.story.query);
    expect(query).toContain(truth.origin!.post.replace('4chan/inv/', 'url:boards.4chan.org/inv/thread/'));
  });

  it('write board text as the board does', () => {
    const thread = JSON.parse(
      readFileSync(join(folder, `4chan/inv/thread-${truth.origin!.post.split('/').at(-1)}.json`), 'utf8'),
    ) as { posts: { no: number; resto: number; now: string; com: string; time: number }[] };
    expect(thread.posts[0]!.resto).toBe(0);
    expect(
      thread.posts.slice(1).every((post) => post.resto === thread.posts[0]!.no && post.time >= thread.posts[0]!.time),
    ).toBe(true);
    expect(thread.posts[0]!.com).toContain('<br>https://paste.example/k3vQx9Lm');
    expect(
      thread.posts.some((post) =>
        post.com.startsWith(
          `<a href="#p${thread.posts[0]!.no}" class="quotelink">&gt;&gt;${thread.posts[0]!.no}</a><br>`,
        ),
      ),
    ).toBe(true);
    expect(thread.posts[0]!.now).toMatch(/^05\/15\/24\(Wed\)1[345]:\d\d:\d\d$/);
    const boards = filesIn(join(folder, '4chan'))
      .map((file) => readFileSync(file, 'utf8'))
      .join();
    expect(boards).toContain('<wbr>');
  });

  it('shuffle into other orders of the same rows', async () => {
    const shuffled = join(root, 'shuffled');
    await plantCampaign({ ...options, shuffle: true }, shuffled, {});
    const sorted = (where: string) => [...recordsIn(where)].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted(shuffled)).toEqual(sorted(folder));
    const ids = (where: string) =>
      jsonLines<Page>(join(where, 'x.jsonl')).flatMap((page) => page.data.map((one) => one.id));
    expect(ids(shuffled)).not.toEqual(ids(folder));
    expect(ids(shuffled).sort()).toEqual(ids(folder).sort());
  });
});

describe('losses in the files', () => {
  const planted = async (name: string, options: Partial<PlantOptions>) => {
    const folder = join(root, name);
    await plantCampaign({ seed: 5, posts: 6_000, ...options }, folder, {});
    return { folder, truth: truthOf(folder), records: recordsIn(folder) };
  };

  it('thinning: the truth says which posts are left, and first times come from those', async () => {
    const { truth, records, folder } = await planted('thin', { thinning: 0.4 });
    expect(records.size / 6_000).toBeCloseTo(0.4, 1);
    const included = new Set(
      jsonLines<Page>(join(folder, 'x.jsonl')).flatMap((page) =>
        (page.includes.tweets ?? []).map((one) => `x/${one.id}`),
      ),
    );
    for (const post of postsOf(truth)) {
      expect(records.has(post.post)).toBe(post.inFiles === 'record');
      if (post.inFiles === 'embedded') expect(included.has(post.post)).toBe(true);
      if (post.inFiles === 'no') expect(post.statedTime).toBeNull();
    }
    for (const stage of truth.stages) if (stage.inFiles?.post) expect(stage.inFiles.post.inFiles).toBe('record');
    const context = parseCaseContext(JSON.parse(readFileSync(join(folder, 'context.json'), 'utf8')), 'context.json');
    expect(context.coverage.every((one) => one.loss === 0.6)).toBe(true);
    expect(truth.absent.some((one) => one.verdict === 'absent')).toBe(false);
  });

  it('a missing platform: no file, no coverage, and the origin is not in the files', async () => {
    const { truth, records, folder } = await planted('missing', { missingPlatform: '4chan' });
    expect(existsSync(join(folder, '4chan'))).toBe(false);
    expect([...records.keys()].some((name) => name.startsWith('4chan/'))).toBe(false);
    expect(truth.origin!.inFiles).toBe('no');
    expect(truth.stages.find((stage) => stage.id === 'first-seen')!.inFiles!.post!.platform).not.toBe('4chan');
    expect(readFileSync(join(folder, 'context.json'), 'utf8')).not.toContain('"platform": "4chan"');
  });

  it('skew: each platform is wrong by the same amount, in ids and times alike', async () => {
    const { truth, records, folder } = await planted('skew', { skewSeconds: 60 });
    expect(new Set(Object.values(truth.clockSkewSeconds))).toEqual(new Set([60, -60]));
    for (const post of postsOf(truth)) {
      expect(records.has(post.post)).toBe(true);
      expect(Date.parse(post.statedTime!) - Date.parse(post.time)).toBe(truth.clockSkewSeconds[post.platform]! * 1000);
    }
    const tweets = jsonLines<Page>(join(folder, 'x.jsonl')).flatMap((page) => page.data);
    expect(
      tweets.filter((one) => Math.floor(snowflakeTime(one.id) / 1000) * 1000 !== Date.parse(one.created_at)),
    ).toEqual([]);
  });

  it('no campaign: no roles, a story that the query finds, the press first', async () => {
    const { truth, records } = await planted('none', { campaign: false });
    expect([truth.origin, truth.influencer, truth.catalysts, truth.boosters, truth.groups]).toEqual([
      null,
      null,
      [],
      [],
      [],
    ]);
    expect(truth.stages[0]!.id).toBe('first-seen');
    expect(truth.stages[0]!.platform).toBe('news');
    expect(truth.story.posts.made).toBeGreaterThan(600);
    for (const post of postsOf(truth)) expect(records.has(post.post)).toBe(true);
  });
});

describe('options', () => {
  it('all have a default that is accepted, and a help text', () => {
    const resolved = resolvePlantOptions({});
    for (const row of plantOptions) {
      expect(resolved[row.name]).toBe(row.default);
      expect(row.help).toMatch(/\w.*\.$/);
    }
  });

  it.each([
    { posts: 100 },
    { posts: 1e9 },
    { thinning: 0 },
    { thinning: 2 },
    { seed: 1.5 },
    { start: 'tomorrow' },
    { missingPlatform: 'myspace' as 'x' },
    { skewSeconds: -1 },
  ])('refuse %j', (given) => {
    expect(() => resolvePlantOptions(given)).toThrow(UserError);
  });

  it('refuse a directory with other files and clear one of their own', async () => {
    const folder = join(root, 'other');
    mkdirSync(folder);
    writeFileSync(join(folder, 'thesis.txt'), 'keep me');
    await expect(plantCampaign({ posts: 2_000 }, folder, {})).rejects.toThrow(UserError);
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
    const own = join(root, 'own');
    await plantCampaign({ posts: 2_000 }, own, {});
    await plantCampaign({ posts: 2_000, missingPlatform: 'x' }, own, {});
    expect(existsSync(join(own, 'x.jsonl'))).toBe(false);
  });

  it('stop when asked to', async () => {
    const controller = new AbortController();
    const stopped = plantCampaign({ posts: 5_000 }, join(root, 'stopped'), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toThrow(/abort/i);
  });
});
