import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../src/domain/canonical-url.ts';
import type { Importer } from '../../src/importers/importer.ts';
import { xApiV1 } from '../../src/importers/x-api-v1.ts';
import { xApiV2, xApiV2Stream } from '../../src/importers/x-api-v2.ts';
import { caseOf, postsOf, sampleFile } from '../support/importer-checks.ts';
import { sharedData } from '../support/shared-data.ts';

const folder = sharedData('formats/twitwi');

interface Normalised {
  id: string;
  timestamp_utc: number;
  retweeted_id?: string | null;
  quoted_id?: string | null;
  to_tweetid?: string | null;
  links: string[];
  hashtags: string[];
  like_count?: number | null;
  retweet_count?: number | null;
  user_id: string;
}

interface Post {
  post_id: string;
  account_id: string | null;
  seconds: number;
  kind: string;
  parent_id: string | null;
  other_parents: { kind: string; id: string }[] | null;
  urls: string[] | null;
  hashtags: string[] | null;
  likes: number | null;
  reshares: number | null;
}

/** What twitwi has of one field and the case has not (`missing`), and the other way round (`extra`). */
interface Difference {
  id: string;
  post: Post;
  field: string;
  missing: string[];
  extra: string[];
}

interface Deviation {
  field: string;
  reason: string;
  /** How often it occurs in which comparison. */
  times: Record<string, number>;
  /** What is left of a difference once the deviation is granted. */
  granted: (difference: Difference) => Partial<Difference>;
}

const v2 = 'normalized-tweets-v2';
const v2All = 'normalized-tweets-v2-all';
const alternative = 'normalized-alternative-payload';

const isMedia = (url: string) => /\/status\/\d+\/(photo|video)\/\d/.test(url);
const parentsOf = (post: Post) => [{ kind: post.kind, id: post.parent_id }, ...(post.other_parents ?? [])];

const deviations: Deviation[] = [
  {
    field: 'links',
    reason: 'twitwi takes photos and videos of API v2 posts for links; they are media here',
    times: { [v2]: 2, [v2All]: 3, [alternative]: 37 },
    granted: ({ missing }) => ({ missing: missing.filter((url) => !isMedia(url)) }),
  },
  {
    field: 'links',
    reason: 'twitwi leaves out the link to the quoted post; here it is a link like any other',
    times: { normalization: 2, [v2]: 1, [v2All]: 1, [alternative]: 2 },
    granted: ({ extra, post }) => ({
      extra: extra.filter(
        (url) => !parentsOf(post).some(({ kind, id }) => kind === 'quote' && url.includes(`/status/${id}`)),
      ),
    }),
  },
  {
    field: 'links',
    reason: 'a cut v1.1 tweet links to itself; that is no link here',
    times: { normalization: 1 },
    granted: ({ missing, id }) => ({ missing: missing.filter((url) => !url.endsWith(`/i/web/status/${id}`)) }),
  },
  {
    field: 'links',
    reason: 'a reshare has the links of the reshared post here, also those that API v2 cut off its text',
    times: { [v2]: 1, [v2All]: 1, [alternative]: 10 },
    granted: ({ extra, post }) => ({ extra: post.kind === 'reshare' ? [] : extra }),
  },
  {
    field: 'links',
    reason: 'twitwi writes = as %3D in paths',
    times: { [alternative]: 1 },
    granted: ({ missing, extra }) => ({
      missing: missing.filter((url) => !extra.includes(decodeURIComponent(url))),
      extra: extra.filter((url) => !missing.map(decodeURIComponent).includes(url)),
    }),
  },
  {
    field: 'hashtags',
    reason: 'a reshare has the hashtags of the reshared post here, also those that API v2 cut off its text',
    times: { [v2]: 3, [v2All]: 3, [alternative]: 6 },
    granted: ({ extra, post }) => ({ extra: post.kind === 'reshare' ? [] : extra }),
  },
  {
    field: 'hashtags',
    reason: 'twitwi gives the hashtags of a quoted v1.1 post to the post that quotes it',
    times: { normalization: 1 },
    granted: ({ missing, post }) => ({ missing: parentsOf(post).some(({ kind }) => kind === 'quote') ? [] : missing }),
  },
  {
    field: 'likes',
    reason: 'a reshare has no likes of its own: the API gives 0, here it is missing',
    times: { normalization: 2, [v2]: 11, [v2All]: 11, [alternative]: 73 },
    granted: ({ missing, extra, post }) =>
      post.kind === 'reshare' && extra[0] === 'null' ? { missing: [], extra: [] } : { missing, extra },
  },
  {
    field: 'reshares',
    reason: 'the number of reshares that a reshare carries is that of the reshared post; here it is missing',
    times: { normalization: 2, [v2]: 11, [v2All]: 11, [alternative]: 73 },
    granted: ({ missing, extra, post }) =>
      post.kind === 'reshare' && extra[0] === 'null' ? { missing: [], extra: [] } : { missing, extra },
  },
  {
    field: 'quoted',
    reason: 'a reshare of a quote names the quoted post too where the file holds the reshared post',
    times: { [v2]: 1, [v2All]: 1, [alternative]: 2 },
    granted: ({ missing, extra, post }) =>
      post.kind === 'reshare' && missing[0] === 'null' ? { missing: [], extra: [] } : { missing, extra },
  },
  {
    field: 'answered',
    reason: 'twitwi names the answered post only where the page holds it',
    times: { [alternative]: 10 },
    granted: ({ missing, extra, post }) =>
      post.kind === 'reply' && missing[0] === 'null' ? { missing: [], extra: [] } : { missing, extra },
  },
];

function differences(post: Post, expected: Normalised): Difference[] {
  const parent = (wanted: string) => parentsOf(post).find(({ kind }) => kind === wanted)?.id ?? null;
  const address = (url: string) => canonicalUrl(url)?.url ?? url;
  const lower = (tag: string) => tag.toLowerCase();
  const values: [field: string, theirs: unknown[], ours: unknown[], key?: (value: string) => string][] = [
    ['account', [expected.user_id], [post.account_id]],
    ['time', [expected.timestamp_utc], [post.seconds]],
    ['reshared', [expected.retweeted_id || null], [parent('reshare')]],
    ['quoted', [expected.quoted_id || null], [parent('quote')]],
    ['answered', [expected.to_tweetid || null], [parent('reply')]],
    ['links', expected.links, post.urls ?? [], address],
    ['hashtags', expected.hashtags, post.hashtags ?? [], lower],
    ['likes', [expected.like_count ?? null], [post.likes]],
    ['reshares', [expected.retweet_count ?? null], [post.reshares]],
  ];
  return values.map(([field, theirs, ours, key = (value) => value]) => {
    const without = (some: unknown[], others: unknown[]) => {
      const known = new Set(others.map((value) => key(String(value))));
      return some.map(String).filter((value) => !known.has(key(value)));
    };
    return { id: expected.id, post, field, missing: without(theirs, ours), extra: without(ours, theirs) };
  });
}

const columns = `post_id, account.account_id, floor(epoch(post.time))::bigint as seconds, kind, parent_id, other_parents, urls, hashtags, likes, reshares`;

/** Counts the deviations of one comparison and names what none of them grants. */
async function compare(importer: Importer, payloads: unknown[], expected: Normalised[]) {
  const file = sampleFile('payload.jsonl', payloads.map((payload) => JSON.stringify(payload)).join('\n'));
  const { posts, report } = await postsOf<Post & Record<string, unknown>>(importer, file, columns);
  const found = new Map(posts.map((post) => [post.post_id, post]));
  const counts = new Map<string, number>();
  const unexplained: string[] = [];
  for (const one of expected) {
    const post = found.get(one.id);
    if (!post) unexplained.push(`${one.id} is missing`);
    for (let difference of post ? differences(post, one) : []) {
      for (const { field, reason, granted } of deviations) {
        if (field !== difference.field || difference.missing.length + difference.extra.length === 0) continue;
        const left = { ...difference, ...granted(difference) };
        if (left.missing.length < difference.missing.length || left.extra.length < difference.extra.length)
          counts.set(reason, (counts.get(reason) ?? 0) + 1);
        difference = left;
      }
      const { id, field, missing, extra } = difference;
      if (missing.length + extra.length > 0) unexplained.push(`${id} ${field}: ${missing} instead of ${extra}`);
    }
  }
  return { counts, unexplained, totals: report.totals };
}

const read = <T>(name: string): T => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as T;
const expectedTimes = (name: string) =>
  Object.fromEntries(deviations.flatMap(({ reason, times }) => (times[name] ? [[reason, times[name]]] : [])));
const payloadsV2 = [
  'payload-v2',
  'payload-v2-geo',
  'payload-v2-tweet-retweet',
  'payload-v2-video',
  'payload-v2-singletweet',
];

describe.skipIf(folder === null)('what twitwi makes of the same payloads', () => {
  it.each(['normalization', 'normalization-no-api-key'])('%s: API v1.1, each tweet by itself', async (name) => {
    const pairs = read<{ source: unknown; normalized: Normalised | Normalised[] }[]>(name);
    const counts = new Map<string, number>();
    for (const { source, normalized } of pairs) {
      const { counts: found, unexplained } = await compare(xApiV1, [source], [normalized].flat());
      expect(unexplained).toEqual([]);
      for (const [reason, times] of found) counts.set(reason, (counts.get(reason) ?? 0) + times);
    }
    expect(Object.fromEntries(counts)).toEqual(expectedTimes(name));
  });

  it.each([v2, v2All])('%s: API v2 pages', async (name) => {
    const { counts, unexplained, totals } = await compare(
      xApiV2,
      payloadsV2.map((payload) => read(payload)),
      read<Normalised[]>(name),
    );
    expect(unexplained).toEqual([]);
    expect(Object.fromEntries(counts)).toEqual(expectedTimes(name));
    expect(totals).toMatchObject({ recordsRead: 20, postsAdded: 20, problems: 0 });
  });

  it(`${alternative}: a page of API v2 with 157 posts`, async () => {
    const { counts, unexplained, totals } = await compare(
      xApiV2,
      [read('alternative-payload-v2')],
      read<Normalised[]>(alternative),
    );
    expect(unexplained).toEqual([]);
    expect(Object.fromEntries(counts)).toEqual(expectedTimes(alternative));
    expect(totals).toMatchObject({ recordsRead: 100, postsAdded: 100, embedded: 69 });
  });

  it('finds one post in three collection forms', async () => {
    const files = ['search', 'show', 'stream'].map((form) => `${folder}/normalization-payload-${form}.json`);
    const { spilloverCase, reports } = await caseOf(files.map((file) => [file, xApiV1] as const));
    expect(reports.map(({ totals }) => [totals.postsAdded, totals.duplicates, totals.problems])).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ]);
    expect(await spilloverCase.database.rows('select count(*) as posts from post where not embedded')).toEqual([
      { posts: 1 },
    ]);
  });

  it('takes users of API v1.1 for accounts', async () => {
    const { spilloverCase, reports } = await caseOf([[`${folder}/api-users-v1.json`, xApiV1]]);
    const expected = read<{ id: string; screen_name: string; followers: number; tweets: number }[]>('normalized-users');
    const found = await spilloverCase.database.rows(
      'select account_id as id, handle as screen_name, followers, posts as tweets from account',
    );
    expect(reports[0]!.totals).toMatchObject({ recordsRead: 3, postsAdded: 0, problems: 3 });
    expect(found.sort(byId)).toEqual(
      expected.map(({ id, screen_name, followers, tweets }) => ({ id, screen_name, followers, tweets })).sort(byId),
    );
  });

  it('reads the payloads as JSON documents with the same result', async () => {
    const inLines = await caseOf([
      [sampleFile('pages.jsonl', payloadsV2.map((name) => JSON.stringify(read(name))).join('\n')), xApiV2],
    ]);
    const documents = await caseOf(
      payloadsV2.map((name) => [sampleFile(`${name}.json`, JSON.stringify(read(name), null, 1)), xApiV2] as const),
    );
    const stream = await caseOf([[`${folder}/payload-v2-singletweet.json`, xApiV2Stream]]);
    const query =
      'select post_id, kind, parent_id, other_parents, text, urls, hashtags, mentions from post order by post_id';
    expect(await documents.spilloverCase.database.rows(query)).toEqual(
      await inLines.spilloverCase.database.rows(query),
    );
    expect(stream.reports[0]!.totals).toMatchObject({ recordsRead: 1, postsAdded: 1 });
  });
});

const byId = (a: { id?: unknown }, b: { id?: unknown }) => (String(a.id) < String(b.id) ? -1 : 1);
