import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { processorMs } from '../../test/support/processor-ms.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { threadCitations } from './thread-citation.ts';

const values = (text: string, home?: { platform?: string; board?: string }) =>
  threadCitations(text, home).map((one) => one.value);

describe('threadCitations', () => {
  it.each([
    ['https://boards.4chan.org/pol/thread/1#p2', ['4chan/pol/2']],
    ['http://boards.4chan.org/pol/thread/123456789', ['4chan/pol/123456789']],
    ['boards.4channel.org/g/thread/1/some-slug#p3', ['4chan/g/3']],
    ['https://boards.4chan.org/pol/thread/1/slug', ['4chan/pol/1']],
    ['http://boards.4chan.org/b/res/77', ['4chan/b/77']],
    ['https://a.4cdn.org/pol/thread/123.json', ['4chan/pol/123']],
    ['https://archive.4plebs.org/pol/thread/147146601/#147166292', ['4chan/pol/147166292']],
    ['https://archive.4plebs.org/pol/thread/147146601/#q147166292', ['4chan/pol/147166292']],
    ['https://archive.4plebs.org/pol/post/147166292/', ['4chan/pol/147166292']],
    ['https://archive.4plebs.org/pol/thread/147146601/#147166292_1', ['4chan/pol/147146601']],
    ['https://desuarchive.org/k/thread/5/', ['4chan/k/5']],
    ['https://archived.moe/b/thread/6/#7', ['4chan/b/7']],
    ['https://warosu.org/jp/thread/S8#p9', ['4chan/jp/9']],
    ['https://archive.nyafuu.org/c/last/50/10/', ['4chan/c/10']],
    ['https://4archive.org/board/pol/thread/11', ['4chan/pol/11']],
    ['https://yuki.la/pol/12345678', ['4chan/pol/12345678']],
    ['https://8ch.net/pol/res/11113218.html#11115887', ['8chan/pol/11115887']],
    ['https://8ch.net/pol/res/11113218+50.html', ['8chan/pol/11113218']],
    ['https://8kun.top/qresearch/res/10648908.html#q10649121', ['8kun/qresearch/10649121']],
    ['https://endchan.net/qanonresearch/res/20.html#21', ['endchan/qanonresearch/21']],
    ['https://krautchan.net/int/thread-30.html#31', ['krautchan/int/31']],
    ['https://lainchan.org/λ/res/40.html', ['lainchan/λ/40']],
    ['https://web.archive.org/web/2017/http://boards.4chan.org/pol/thread/1#p2', ['4chan/pol/2']],
    ['https://l.facebook.com/l.php?u=http%3A%2F%2Fboards.4chan.org%2Fpol%2Fthread%2F1', ['4chan/pol/1']],
    ['see >>>/pol/123 and >>>/other/990000500.', ['4chan/pol/123', '4chan/other/990000500']],
    ['&gt;&gt;&gt;/other/990000512', ['4chan/other/990000512']],
    ['same twice >>>/pol/1 >>>/POL/01 https://boards.4chan.org/pol/thread/1', ['4chan/pol/1']],
    ['>>123 >>>/pol/ https://boards.4chan.org/pol/ boards.4chan.org/pol/catalog', []],
    ['https://notboards.4chan.org/pol/thread/1 https://example.org/pol/thread/1 https://i.4cdn.org/pol/1494.jpg', []],
    ['https://8ch.net/patriotsfight/catalog.html https://8ch.net/b/index.html', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('names thread and post', () => {
    expect(threadCitations('https://boards.4chan.org/pol/thread/1#p2')).toEqual([
      { platform: '4chan', board: 'pol', threadId: '1', postId: '2', value: '4chan/pol/2', threadValue: '4chan/pol/1' },
    ]);
    expect(threadCitations('>>>/pol/2')).toEqual([
      { platform: '4chan', board: 'pol', postId: '2', value: '4chan/pol/2' },
    ]);
    expect(threadCitations('https://8ch.net/b/res/1.html')).toEqual([
      { platform: '8chan', board: 'b', threadId: '1', value: '8chan/b/1', threadValue: '8chan/b/1' },
    ]);
  });

  it('reads quotes of a post at home', () => {
    expect(values('>>990000001\n>>>/other/5 >>>990000002 &gt;&gt;7', { platform: '8kun', board: 'qresearch' })).toEqual(
      ['8kun/other/5', '8kun/qresearch/990000001', '8kun/qresearch/7'],
    );
    expect(values('>>5', { board: 'pol' })).toEqual(['4chan/pol/5']);
  });

  it('takes long hostile texts in linear time', () => {
    const started = processorMs();
    for (const part of ['>', '>>>/', '>>>/pol/1', '8ch.net/', 'boards.4chan.org/pol/', '/a/1', '%2f', 'a.'])
      threadCitations(part.repeat(30_000), { board: 'pol' });
    expect(processorMs() - started).toBeLessThan(5000);
  });

  const path = sharedData('qanon/posts.json.gz');
  it.skipIf(!path)(
    'finds the post itself in the source link of all but three Q posts: two links have "undefined" for a thread, one names another post',
    () => {
      const { posts } = JSON.parse(gunzipSync(readFileSync(path!)).toString()) as {
        posts: { post_metadata: { post_id: string; source: { site: string; board: string; link?: string } } }[];
      };
      const linked = posts.filter(({ post_metadata }) => post_metadata.source.link);
      const right = linked.filter(({ post_metadata: { post_id, source } }) => {
        const site = { '4ch': '4chan', '8ch': '8chan', '8kun': '8kun' }[source.site];
        return values(source.link!)[0] === `${site}${source.board}/${post_id}`;
      });
      process.stdout.write(`thread citations: ${right.length} of ${linked.length} source links name the post\n`);
      const unnamed = linked.filter((post) => !right.includes(post)).map(({ post_metadata: { post_id } }) => post_id);
      expect(unnamed).toEqual(['10956085', '10956374', '5408812']);
      expect(linked.length).toBe(4966);
    },
  );
});
