import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { minetBluesky } from './minet-bluesky.ts';

const twitwi = sharedData('formats/twitwi');

interface Normalised {
  uri: string;
  timestamp_utc: number;
  user_did: string;
  to_post_uri?: string | null;
  quoted_uri?: string | null;
  repost_by_user_did?: string;
  repost_timestamp_utc?: number;
  links?: string[];
  hashtags?: string[];
}

describe('minet-bluesky', () => {
  it.skipIf(!twitwi)(
    'agrees with the normalised posts of the same file; the post of the year 0 is a problem',
    async () => {
      const rows = (
        JSON.parse(readFileSync(`${twitwi}/bluesky-normalized-posts.json`, 'utf8')) as Normalised[][]
      ).flat();
      const reposts = rows.filter((row) => row.repost_by_user_did);
      const first = new Map<string, Normalised>();
      for (const row of rows.filter(({ timestamp_utc }) => timestamp_utc > 0)) {
        const before = first.get(row.uri);
        if (!before || (before.repost_by_user_did && !row.repost_by_user_did)) first.set(row.uri, row);
      }
      const { posts, problems, report } = await postsOf<{
        post_id: string;
        kind: string;
        parent_id: string;
        urls: string[] | null;
        hashtags: string[] | null;
      }>(
        minetBluesky,
        `${twitwi}/bluesky-posts-export.csv`,
        `post_id, account_id, epoch(date_trunc('second', time))::bigint as second, kind, parent_id, urls, hashtags`,
      );
      expect(problems.map(({ reason }) => reason)).toEqual(['bad-time']);
      expect(report.totals).toMatchObject({ recordsRead: rows.length, problems: 1 });
      expect(posts.filter(({ kind }) => kind === 'reshare')).toMatchObject(
        reposts.map((row) => ({
          account_id: row.repost_by_user_did,
          second: row.repost_timestamp_utc,
          parent_id: row.uri,
        })),
      );
      const own = posts.filter(({ kind }) => kind !== 'reshare');
      expect(own.length).toBe(first.size);
      for (const { kind, ...post } of own) {
        const wanted = first.get(post.post_id)!;
        const versions = rows.filter(({ uri }) => uri === post.post_id);
        const sorted = (texts: string[] | null) => [...new Set(texts ?? [])].sort();
        expect({ ...post, urls: sorted(post.urls), hashtags: sorted(post.hashtags) }).toEqual({
          post_id: wanted.uri,
          account_id: wanted.user_did,
          second: Math.floor(wanted.timestamp_utc),
          parent_id: wanted.to_post_uri ?? wanted.quoted_uri ?? null,
          urls: sorted(versions.flatMap((row) => row.links ?? [])),
          hashtags: sorted(versions.flatMap((row) => row.hashtags ?? [])),
        });
      }
    },
  );

  it('reads parents, roots, the fraction of the second and lists', async () => {
    const { posts } = await postsOf(
      minetBluesky,
      sampleFile(
        'posts.csv',
        `cid,uri,timestamp_utc,local_time,user_did,user_handle,text,to_post_uri,to_root_post_uri,quoted_uri,links,hashtags
bafy1,at://did:plc:pond/app.bsky.feed.post/3a,1742116928,2025-03-16T10:22:08.653000,did:plc:pond,pond.example,Ducks,at://did:plc:reed/app.bsky.feed.post/2a,at://did:plc:reed/app.bsky.feed.post/1a,at://did:plc:moss/app.bsky.feed.post/9a,https://example.org/a|https://example.org/b,pond|lake
`,
      ),
      'post_id, handle, kind, parent_id, root_id, other_parents, urls, hashtags, time::varchar as time, time_precision_ms',
    );
    expect(posts).toEqual([
      {
        post_id: 'at://did:plc:pond/app.bsky.feed.post/3a',
        handle: 'pond.example',
        kind: 'reply',
        parent_id: 'at://did:plc:reed/app.bsky.feed.post/2a',
        root_id: 'at://did:plc:reed/app.bsky.feed.post/1a',
        other_parents: [{ kind: 'quote', id: 'at://did:plc:moss/app.bsky.feed.post/9a' }],
        urls: ['https://example.org/a', 'https://example.org/b'],
        hashtags: ['pond', 'lake'],
        time: '2025-03-16 09:22:08.653',
        time_precision_ms: 1,
      },
    ]);
  });
});
