import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseStoryQuery } from '../domain/story-query.ts';
import { Database } from './database.ts';
import { migrations } from './migrations.ts';
import { selectStoryPosts } from './story-filter.ts';

let database: Database;
beforeAll(async () => {
  database = await Database.open(':memory:');
  for (const sql of migrations) await database.run(sql);
  await database.run(`insert into account by name select * from (values
    (1, 'x', '11', 'Alder'), (2, 'x', '12', 'birch'), (3, 'telegram', 'channel1', null)) as t(account_key, platform, account_id, handle)`);
  await database.run(`insert into post by name select *, 1 as source_key, false as embedded from (values
    (1, 'x', 'p1', 1, timestamp '2024-01-01 10:00:00', 'original', null, 'The ferry papers are out', 'en'),
    (2, 'x', 'p2', 2, timestamp '2024-01-01 10:05:00', 'reshare', 'p1', 'RT @Alder: The fer…', 'en'),
    (3, 'x', 'p3', 2, timestamp '2024-01-01 11:00:00', 'original', null, 'Ferrypapersx and 100% of it', 'fr'),
    (4, 'telegram', 'c/1', 3, timestamp '2024-01-02 10:00:00', 'original', null, 'フェリーの書類', null),
    (5, 'telegram', 'c/2', 3, null, 'original', null, 'the ferry papers, undated', null)
  ) as t(post_key, platform, post_id, account_key, time, kind, parent_id, text, lang)`);
  await database.run(`insert into artifact values (1, 'hashtag', 'ferrypapers', '#FerryPapers'), (2, 'url', 'https://paste.example/abc', null),
    (3, 'url', 'https://paste.example/abcdef', null), (4, 'domain', 'paste.example', null), (5, 'url', 'https://paste.example/abc/raw', null), (6, 'media', 'sha1:ab', null)`);
  await database.run(
    `insert into share values (1, 1, 1, timestamp '2024-01-01 10:00:00'), (3, 3, 2, null), (3, 4, 2, null), (4, 2, 3, null), (4, 4, 3, null), (2, 5, 2, null), (3, 6, 2, null)`,
  );
});
afterAll(() => database.close());

async function selected(query: string, from?: string, to?: string): Promise<number[]> {
  await selectStoryPosts(database, {
    query: parseStoryQuery(query),
    from: from ? new Date(from) : null,
    to: to ? new Date(to) : null,
  });
  const rows = await database.rows<{ k: number }>('select post_key as k from story_post order by 1');
  return rows.map((row) => row.k);
}

describe('stories', () => {
  it.each([
    ['#FerryPapers', [1, 2]],
    ['"ferry papers"', [1, 2]],
    ['ferry', [1, 2]],
    ['url:paste.example/abc', [2, 4]],
    ['url:https://paste.example/abcdef', [3]],
    ['domain:paste.example', [3, 4]],
    ['account:x/@ALDER', [1, 2]],
    ['account:telegram/channel1', [4]],
    ['media:sha1:ab', [3]],
    ['platform:telegram', [4]],
    ['lang:fr', [3]],
    ['書類', [4]],
    ['ferry NOT lang:fr', [1, 2]],
    ['#nothing', []],
    ["o'brien", []],
    ['100%', [3]],
  ])('%s', async (query, expected) => {
    expect(await selected(query)).toEqual(expected);
  });

  it('cuts by time, start inclusive and end exclusive', async () => {
    expect(await selected('platform:x', '2024-01-01T10:05:00Z', '2024-01-01T11:00:00Z')).toEqual([2]);
  });

  it('counts posts without a time instead of tracing them', async () => {
    const counts = await selectStoryPosts(database, { query: parseStoryQuery('papers'), from: null, to: null });
    expect(counts).toEqual({ posts: 2, withoutTime: 1 });
  });
});
