import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { bluesky4cat } from './bluesky-4cat.ts';
import { readFileHead } from './file-head.ts';

const header =
  'collected_at,id,thread_id,created_at,author,author_id,body,link,tags,like_count,quoted_post,quoted_user,replied_to_post,replied_to_user,links,images,languages,timestamp';
const uri = (did: string, key: string) => `at://did:plc:${did}/app.bsky.feed.post/${key}`;
const link = (who: string, key: string) => `https://bsky.app/profile/${who}/post/${key}`;
const row = (id: string, thread: string, author: string, did: string, rest: string) =>
  `,${id},${thread},2025-03-16T09:22:08.653000+00:00,${author},did:plc:${did},Ducks,,"pond,lake",3,${rest},N/A,1742116928`;
const file = (...rows: string[]) => sampleFile('posts.csv', `${header}\n${rows.join('\n')}\n`);

describe('bluesky-4cat', () => {
  it('recognises its table', async () => {
    expect(bluesky4cat.sniff(await readFileHead(file()))).toBeGreaterThanOrEqual(0.9);
  });

  it('makes at:// addresses of web links where the file knows the account of the handle, and invents none', async () => {
    const { posts } = await postsOf(
      bluesky4cat,
      file(
        row(
          uri('pond', '1a'),
          uri('pond', '1a'),
          'pond.example',
          'pond',
          ',,,,"https://example.org/a,b,https://example.org/c",https://cdn.bsky.app/img/feed_fullsize/plain/did:plc:pond/bafkreicq5yhlz7tkr3yrjerk2vcwdw63q52aetg3gchn5lkgcrfs5tnc4q@jpeg',
        ),
        row(
          uri('reed', '2a'),
          uri('pond', '1a'),
          'reed.example',
          'reed',
          `,,${link('pond.example', '1a')},pond.example,,`,
        ),
        row(
          uri('moss', '3a'),
          uri('pond', '1a'),
          'moss.example',
          'moss',
          `${link('Reed.example', '2a')},reed.example,${link('gone.example', '2b')},gone.example,,`,
        ),
        row(
          uri('moss', '4a'),
          uri('moss', '4a'),
          'moss.example',
          'moss',
          `${link('did:plc:fen', '5a')},did:plc:fen,,,,`,
        ),
        row(
          uri('moss', '5a'),
          uri('gone', '9a'),
          'moss.example',
          'moss',
          `,,${link('gone.example', '9a')},gone.example,,`,
        ),
        row(uri('moss', '6a'), uri('moss', '6a'), 'moss.example', 'moss', 'DELETED,,,,,'),
      ),
      `post_id, account_id, handle, kind, parent_id, parent_handle, root_id, other_parents, urls, hashtags, lang, time::varchar as time,
        (select list(value) from share join artifact using (artifact_key) where share.post_key = post.post_key and artifact.kind = 'media') as media`,
    );
    expect(posts).toMatchObject([
      {
        kind: 'original',
        account_id: 'did:plc:pond',
        handle: 'pond.example',
        urls: ['https://example.org/a,b', 'https://example.org/c'],
        hashtags: ['pond', 'lake'],
        lang: null,
        time: '2025-03-16 09:22:08.653',
        media: ['bafkreicq5yhlz7tkr3yrjerk2vcwdw63q52aetg3gchn5lkgcrfs5tnc4q'],
      },
      { kind: 'reply', parent_id: uri('pond', '1a'), root_id: uri('pond', '1a') },
      {
        kind: 'reply',
        parent_id: null,
        parent_handle: 'gone.example',
        other_parents: [{ kind: 'quote', id: uri('reed', '2a') }],
      },
      { kind: 'quote', parent_id: uri('fen', '5a') },
      { kind: 'reply', parent_id: uri('gone', '9a') },
      { kind: 'quote', parent_id: null },
    ]);
  });
});
