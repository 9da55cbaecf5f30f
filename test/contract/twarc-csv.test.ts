import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFileHead } from '../../src/importers/file-head.ts';
import { xApiV2, xApiV2Stream } from '../../src/importers/x-api-v2.ts';
import { caseOf } from '../support/importer-checks.ts';
import { sharedData } from '../support/shared-data.ts';

const folder = sharedData('formats/twarc_csv');

/** Records of each file, and how many of them are posts (the others are problems, each with the detail that is named). */
const files: Record<string, { records: number; posts: number; problem?: string }> = {
  '2sets': { records: 200, posts: 200 },
  brexit: { records: 100, posts: 100 },
  cashtags: { records: 1, posts: 1 },
  cotweet: { records: 1, posts: 1 },
  counts: { records: 169, posts: 0, problem: 'a count of posts' },
  edited: { records: 1, posts: 1 },
  edited_after: { records: 1, posts: 1 },
  edited_before: { records: 1, posts: 1 },
  entities_test: { records: 474, posts: 474 },
  flat: { records: 100, posts: 100 },
  geo_tweets: { records: 2, posts: 2 },
  kpop: { records: 100, posts: 100 },
  lists: { records: 6, posts: 0, problem: 'a list of users' },
  many_urls: { records: 1, posts: 1 },
  media_policy_violation_off: { records: 100, posts: 100 },
  media_policy_violation_on: { records: 100, posts: 100 },
  media_tweet: { records: 1, posts: 1 },
  mentions_tweet: { records: 1, posts: 1 },
  noflat: { records: 100, posts: 100 },
  quoted_edit: { records: 1, posts: 1 },
  streaming_output_with_error: { records: 7, posts: 7 },
  tweets_compliance: { records: 2, posts: 0, problem: 'a change or deletion of a post that is not in the case' },
  two_tweets: { records: 1, posts: 1 },
  users: { records: 96, posts: 0, problem: 'a user' },
  users_compliance: { records: 2, posts: 0, problem: 'compliance notice for an account: delete, protected' },
  verified_type: { records: 1, posts: 1 },
  withheld: { records: 215, posts: 215 },
};

/** What the counts of formats/README.md leave out: a line that is no JSON is a record here, and a problem, as any other damage is. */
const deviations: Record<string, { more: number; reason: string }> = {
  streaming_output_with_error: { more: 1, reason: 'invalid-json' },
};

interface Tweet {
  id: string;
  author_id: string;
  created_at: string;
  in_reply_to_user_id?: string;
  referenced_tweets?: ({ type: string } & Post)[];
  entities?: {
    urls?: { url: string; expanded_url?: string; unwound_url?: string }[];
    hashtags?: { tag: string }[];
  };
}

type Post = Pick<Tweet, 'id' | 'entities'>;

interface Line extends Tweet {
  data?: Tweet[] | Tweet;
  includes?: { tweets?: Tweet[] };
}

const lineOf = (text: string): Line | null => {
  try {
    return JSON.parse(text) as Line;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** Each post of a file with the post that it reshares, as flattening a page brings them together. */
function flattened(name: string): { tweet: Tweet; reshared: Post | null }[] {
  return readFileSync(`${folder}/${name}.jsonl`, 'utf8')
    .split('\n')
    .flatMap((text) => {
      const line = lineOf(text);
      if (line === null) return [];
      const items = line.data === undefined ? [line] : [line.data].flat();
      return items.map((tweet) => {
        const reference = tweet.referenced_tweets?.find(({ type }) => type === 'retweeted');
        const included = line.includes?.tweets?.find(({ id }) => id === reference?.id);
        return { tweet, reshared: included ?? reference ?? null };
      });
    });
}

/** The links of a post: unfolded as far as the file knows, without photos, videos and the post itself. */
function linksOf({ id, entities }: Post): string[] {
  const links = (entities?.urls ?? []).map((url) => url.unwound_url ?? url.expanded_url ?? url.url);
  return [...new Set(links)].filter(
    (url) => !/^https:\/\/twitter\.com\/.+\/status\/\d+\/(photo|video)\/1$/.test(url) && !url.endsWith(`/status/${id}`),
  );
}

const tagsOf = ({ entities }: Pick<Post, 'entities'>) => [...new Set((entities?.hashtags ?? []).map(({ tag }) => tag))];

function implied({ tweet, reshared }: ReturnType<typeof flattened>[number]) {
  const parent = (type: string) => tweet.referenced_tweets?.find((reference) => reference.type === type)?.id ?? null;
  const isReply = parent('replied_to') !== null || tweet.in_reply_to_user_id !== undefined;
  const kind = reshared ? 'reshare' : isReply ? 'reply' : parent('quoted') ? 'quote' : 'original';
  const own = (tweet.entities?.urls ?? []).length;
  const isCut = reshared !== null && (reshared.entities?.urls ?? []).length > own;
  return {
    post_id: tweet.id,
    account_id: tweet.author_id,
    second: tweet.created_at.slice(0, 19),
    kind,
    parent_id: { reshare: reshared?.id ?? null, reply: parent('replied_to'), quote: parent('quoted'), original: null }[
      kind
    ],
    urls: linksOf(isCut ? reshared : { ...tweet, id: reshared?.id ?? tweet.id }),
    hashtags: tagsOf(reshared?.entities ? reshared : tweet),
  };
}

const columns = `post_id, account.account_id, strftime(post.time, '%Y-%m-%dT%H:%M:%S') as second, kind, parent_id,
  coalesce(urls, []) as urls, coalesce(hashtags, []) as hashtags`;

async function imported(name: string) {
  const file = `${folder}/${name}.jsonl`;
  const head = await readFileHead(file);
  const importer = xApiV2Stream.sniff(head) > xApiV2.sniff(head) ? xApiV2Stream : xApiV2;
  const { spilloverCase, reports } = await caseOf([[file, importer]]);
  return { database: spilloverCase.database, totals: reports[0]!.totals };
}

describe.skipIf(folder === null)('the test files of twarc-csv', () => {
  it('hold 1,784 records', () => {
    expect(Object.values(files).reduce((sum, { records }) => sum + records, 0)).toBe(1784);
    expect(Object.keys(files)).toHaveLength(27);
  });

  it.each(Object.entries(files))(
    '%s: posts are what flattening implies, and every other record is a problem that says why',
    async (name, { records, posts, problem }) => {
      const { database, totals } = await imported(name);
      const more = deviations[name]?.more ?? 0;
      const problems = records - posts + more;
      expect(totals).toMatchObject({ recordsRead: records + more, postsAdded: posts, duplicates: 0, problems });
      const found = await database.rows<{ reason: string; detail: string }>(
        'select distinct reason, detail from problem',
      );
      expect(found.map(({ detail }) => detail)).toEqual(
        problem ? [problem] : more ? [expect.stringContaining('JSON')] : [],
      );
      if (more) expect(found.map(({ reason }) => reason)).toEqual([deviations[name]!.reason]);
      if (posts === 0) return;
      const expected = flattened(name).map(implied);
      expect(expected).toHaveLength(posts);
      expect(
        await database.rows(
          `select ${columns} from post left join account using (account_key) where not embedded order by post_id`,
        ),
      ).toEqual(expected.sort((a, b) => (a.post_id < b.post_id ? -1 : 1)));
    },
  );

  it('flat and noflat are the same posts', async () => {
    const query = `select post_id, account.account_id, post.time, kind, parent_id, parent_handle, other_parents, root_id, text, lang, urls, hashtags, mentions,
      reach, likes, reshares from post left join account using (account_key) order by post_id`;
    const [flat, pages] = [await imported('flat'), await imported('noflat')];
    expect(flat.totals).toEqual(pages.totals);
    expect(await flat.database.rows(query)).toEqual(await pages.database.rows(query));
  });

  it('users, withheld posts and edits leave their marks', async () => {
    const users = (await imported('users')).database;
    expect(await users.rows('select count(*) as accounts, count(description) as described from account')).toEqual([
      { accounts: 91, described: 91 },
    ]);
    const withheld = (await imported('withheld')).database;
    expect(
      await withheld.rows(
        `select count(*) as posts from post where list_contains(warnings, 'withheld') and not embedded`,
      ),
    ).toEqual([{ posts: 13 }]);
    const edited = (await imported('edited_before')).database;
    expect(
      await edited.rows(
        `select post_id, strftime(edited_at, '%H:%M:%S') as edited, warnings from post order by post_id`,
      ),
    ).toEqual([
      { post_id: '1576994746135764992', edited: '17:57:11', warnings: ['older-version'] },
      { post_id: '1576994789110992896', edited: '17:57:11', warnings: null },
    ]);
  });
});
