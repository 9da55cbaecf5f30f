import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { readFileHead } from './file-head.ts';
import { xZeeschuimer } from './x-zeeschuimer.ts';
import { zeeschuimerOther } from './zeeschuimer-other.ts';

const items: [site: string, data: object][] = [
  [
    'truthsocial.com',
    {
      id: '11',
      created_at: '2022-03-01T08:51:55.123Z',
      content: '<p>The lighthouse opens <a href="https://example.org/lighthouse" rel="nofollow">here</a></p>',
      url: 'https://truthsocial.com/@heron/11',
      account: { id: '1', username: 'heron', display_name: 'Heron', followers_count: 7 },
      tags: [{ name: 'lighthouse' }],
      mentions: [],
      in_reply_to_id: '10',
      replies_count: 1,
      reblogs_count: 2,
      favourites_count: 3,
    },
  ],
  [
    'gab.com',
    {
      id: '21',
      type: 'post',
      created_at: '2022-03-01T08:51:55.000Z',
      content: 'see https://example.org/a',
      url: 'https://gab.com/stork/posts/21',
      account: { id: '2', username: 'stork' },
      reaction_count: 4,
    },
  ],
  ['gab.com', { id: '22', type: 'group', created_at: '2022-03-01T08:51:55.000Z', account: { id: '3' } }],
  [
    'tiktok.com',
    {
      id: '31',
      createTime: 1646124715,
      desc: 'stairs #lighthouse @stork',
      author: { id: '4', uniqueId: 'tern', nickname: 'Tern' },
      authorStats: { followerCount: 12 },
      stats: { diggCount: 5, shareCount: 6, commentCount: 7, playCount: 8 },
      textExtra: [
        { hashtagName: 'Lighthouse', userUniqueId: '' },
        { hashtagName: '', userUniqueId: 'stork' },
      ],
    },
  ],
  [
    'threads.net',
    {
      pk: '9',
      id: '9_5',
      code: 'Cabc',
      taken_at: 1646124715,
      caption: { text: 'wind and lenses' },
      user: { pk: '5', username: 'plover' },
      like_count: 9,
      text_post_app_info: {
        direct_reply_count: 1,
        repost_count: 2,
        link_preview_attachment: { url: 'https://example.org/b' },
      },
    },
  ],
  [
    'instagram.com',
    {
      id: '6_6',
      code: 'Dxyz',
      taken_at: 1646124715,
      caption: null,
      user: { pk: '6', username: 'gull' },
      like_count: 1,
      comment_count: 2,
    },
  ],
  ['9gag.com', { id: '71', text: 'not read' }],
  ['tiktok.com', { createTime: 1646124715, desc: 'no id' }],
  [
    'instagram.com',
    {
      __typename: 'GraphImage',
      id: '99',
      shortcode: 'Egraph',
      taken_at_timestamp: 1646124715,
      owner: { id: '8', username: 'avocet' },
      edge_media_to_caption: { edges: [{ node: { text: 'fog #coast' } }] },
      edge_media_preview_like: { count: 0 },
    },
  ],
  [
    'threads.com',
    {
      code: 'Cdef',
      taken_at: 1646124800,
      caption: { text: 'yes' },
      user: { pk: '6', username: 'dunlin' },
      text_post_app_info: { is_reply: true, reply_to_author: { username: 'plover' } },
    },
  ],
  [
    'tiktok-comments',
    {
      id: '701',
      cid: '701',
      aweme_id: '31',
      reply_id: '0',
      create_time: 1646124900,
      text: 'who lit it?',
      digg_count: 2,
      user: { uid: '9', unique_id: 'gannet', nickname: 'Gannet' },
    },
  ],
  [
    'linkedin.com',
    {
      updateMetadata: { urn: 'urn:li:fs_updateV2:(urn:li:activity:6960882777168695296,MAIN_FEED)' },
      actor: {
        name: { text: 'Curlew' },
        navigationContext: { actionTarget: 'https://www.linkedin.com/in/curlew?miniProfileUrn=1' },
      },
      commentary: { text: { text: 'A talk on lamps' } },
      content: { articleComponent: { navigationContext: { actionTarget: 'https://example.org/talk' } } },
      '*socialDetail': { '*totalSocialActivityCounts': { numLikes: 3, numShares: 1, numComments: 0 } },
    },
  ],
];
const seen = { timestamp_collected: 1646208000000 };
const collected = items.map(([source_platform, data]) => ({
  nav_index: '1:1:0',
  item_id: '0',
  ...seen,
  source_platform,
  data,
}));
const copied = items.map(([source_platform, data]) => ({ ...data, __import_meta: { ...seen, source_platform } }));
const lines = (values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');
const columns = `post.platform, post_id, account.account_id, account.handle, kind, parent_id, parent_handle, root_id, text, urls, hashtags, mentions, likes, reshares, replies, views, reach,
  strftime(time, '%Y-%m-%dT%H:%M:%S.%gZ') as time, permalink`;

describe.each([
  ['Zeeschuimer', collected],
  ['4CAT', copied],
])('items of other platforms as %s writes them', (_name, values) => {
  it('become posts where the platform is known, and problems where it is not', async () => {
    const { posts, problems, report } = await postsOf(
      zeeschuimerOther,
      sampleFile('items.ndjson', lines(values)),
      columns,
    );
    expect(posts).toMatchObject([
      {
        platform: 'truthsocial',
        post_id: '11',
        account_id: '1',
        handle: 'heron',
        kind: 'reply',
        parent_id: '10',
        text: 'The lighthouse opens here',
        urls: ['https://example.org/lighthouse'],
        hashtags: ['lighthouse'],
        mentions: null,
        likes: 3,
        reshares: 2,
        replies: 1,
        reach: 7,
        time: '2022-03-01T08:51:55.123Z',
      },
      { platform: 'gab', post_id: '21', handle: 'stork', urls: ['https://example.org/a'], likes: 4, reshares: null },
      {
        platform: 'tiktok',
        post_id: '31',
        handle: 'tern',
        hashtags: ['Lighthouse'],
        mentions: ['stork'],
        likes: 5,
        reshares: 6,
        replies: 7,
        views: 8,
        reach: 12,
      },
      {
        platform: 'threads',
        post_id: 'Cabc',
        account_id: '5',
        time: '2022-03-01T08:51:55.000Z',
        urls: ['https://example.org/b'],
        reshares: 2,
      },
      {
        platform: 'instagram',
        post_id: 'Dxyz',
        text: null,
        permalink: 'https://www.instagram.com/p/Dxyz/',
        replies: 2,
      },
      {
        platform: 'instagram',
        post_id: 'Egraph',
        account_id: '8',
        handle: 'avocet',
        text: 'fog #coast',
        hashtags: ['coast'],
        likes: 0,
        time: '2022-03-01T08:51:55.000Z',
      },
      { platform: 'threads', post_id: 'Cdef', kind: 'reply', parent_id: null, parent_handle: 'plover' },
      {
        platform: 'tiktok',
        post_id: '701',
        account_id: '9',
        handle: 'gannet',
        kind: 'reply',
        parent_id: '31',
        root_id: '31',
        text: 'who lit it?',
        likes: 2,
      },
      {
        platform: 'linkedin',
        post_id: '6960882777168695296',
        account_id: 'in/curlew',
        text: 'A talk on lamps',
        urls: ['https://example.org/talk'],
        likes: 3,
        reshares: 1,
        replies: 0,
        time: '2022-08-04T09:03:01.025Z',
      },
    ]);
    expect(problems).toEqual([
      { reason: 'not-a-post', detail: 'a group' },
      {
        reason: 'unread-platform',
        detail: 'an item of 9gag.com, which is not read: write a column map for such files (--suggest)',
      },
      { reason: 'missing-id', detail: 'the record has no post id' },
    ]);
    expect(report.totals).toEqual({ recordsRead: 12, postsAdded: 9, duplicates: 0, problems: 3, embedded: 0 });
  });

  it('are recognised, and told from items of X', async () => {
    const head = await readFileHead(sampleFile('x', lines(values)));
    expect(zeeschuimerOther.sniff(head)).toBeGreaterThan(0.8);
    expect(xZeeschuimer.sniff(head)).toBeLessThan(0.5);
    const other = await readFileHead(
      sampleFile('y', lines([{ nav_index: '1', ...seen, source_platform: 'x.com', data: { rest_id: '1' } }])),
    );
    expect(zeeschuimerOther.sniff(other)).toBe(0);
  });
});
