import { describe, expect, it } from 'vitest';
import { bridgeCommunities } from './community-bridges.ts';
import type { TraceArtifact } from './load-trace-artifacts.ts';
import { none, type TracePosts } from './load-trace-posts.ts';

/** Rows: platform, account, kind, account of the parent. Account a is in community a / 10. */
function story(rows: [platform: '4chan' | 'x', account: number, kind: number, parentAccount?: number][]) {
  const platforms = ['4chan', 'x'];
  const column = <T>(of: (row: (typeof rows)[number], i: number) => T) => rows.map(of);
  const posts = {
    count: rows.length,
    platforms,
    time: Float64Array.from(column((_, i) => i * 60_000)),
    precisionMs: new Float64Array(rows.length).fill(1000),
    platform: Uint8Array.from(column(([platform]) => platforms.indexOf(platform))),
    account: Uint32Array.from(column(([platform, account]) => (platform === '4chan' ? none : account))),
    kind: Uint8Array.from(column(([, , kind]) => kind)),
    parent: new Int32Array(rows.length).fill(-1),
    parentAccount: Uint32Array.from(column(([, , , parent]) => parent ?? none)),
    accountCount: 40,
  } as unknown as TracePosts;
  return { posts, communityOf: Uint32Array.from({ length: 40 }, (_, account) => Math.floor(account / 10)) };
}

const artifact = (kind: TraceArtifact['kind'], value: string, posts: number[]): TraceArtifact => ({
  key: 1,
  kind,
  value,
  display: value,
  posts,
  everywhere: posts.length,
});

describe('bridges between communities', () => {
  const { posts, communityOf } = story([
    ['4chan', none, 0],
    ...[0, 1, 2, 3, 4].map((account): ['x', number, number] => ['x', account, 0]),
    ...[10, 11, 12, 13, 14].map((account): ['x', number, number, number] => ['x', account, 1, 0]),
    ['x', 20, 0],
  ]);
  const thread = artifact('thread', '4chan/b/1', [1, 6]);
  const page = artifact('url', 'https://paste.example/a', [0, 2, 7]);
  const text = artifact('text', 'abc', [3, 8]);
  const found = bridgeCommunities(posts, communityOf, [page, thread, text], new Map([['4chan/b/1', 0]]), [page], 0);
  const named = (place: number) => {
    const one = found.communities[place]!;
    return one.platform === null ? `c${one.number}` : 'board';
  };
  const bridges = found.bridges.map(
    (one) => `${one.kind} ${named(found.ofPost[one.from]!)}>${named(found.ofPost[one.to]!)} ${one.from}>${one.to}`,
  );

  it('takes the posters of an anonymous board as one community and leaves tiny ones out', () => {
    expect(found.communities.map((one) => [one.number, one.posts, one.accounts])).toEqual([
      [0, 5, 5],
      [1, 5, 5],
      [null, 1, 0],
    ]);
    expect(found.ofPost[11]).toBe(-1);
  });

  it('types every ordered pair, and takes no reshare for a copied text', () => {
    expect(bridges).toEqual([
      'announced board>c0 0>1',
      'cites-thread board>c0 0>1',
      'direct board>c0 0>2',
      'announced board>c1 0>6',
      'cites-thread board>c1 0>6',
      'direct c0>c1 1>6',
      'direct board>c1 0>7',
      'direct c0>c1 2>7',
    ]);
  });

  it('counts in full, with the reshares across and the accounts most reshared', () => {
    const link = found.links.find((one) => named(one.from) === 'c0' && named(one.to) === 'c1')!;
    expect([link.bridges, link.kinds, link.reshares, link.first!.to]).toEqual([2, { direct: 2 }, 5, 6]);
    expect(found.communities[0]!.around).toEqual([0]);
  });

  it('says how it came into each: by the reshare where there is one', () => {
    expect(found.communities.map((one) => one.entry && [named(one.entry.from), one.entry.how, one.entry.to])).toEqual([
      ['board', 'cites-thread', 1],
      ['c0', 'reshare', 6],
      null,
    ]);
  });
});
