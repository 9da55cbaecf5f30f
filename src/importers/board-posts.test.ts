import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { htmlText } from '../domain/html-text.ts';
import { fourchanApi } from './fourchan-api.ts';

const fragments = [
  'plain, no markup',
  'a<br><br>b<br>',
  '<br>first line empty',
  '<span class="quote">&gt;green</span><br>white &amp;gt; not an arrow',
  '<a href="#p1" class="quotelink">&gt;&gt;1</a><br>https://example.org/lo<wbr>ng?a=1&amp;b=2',
  'it&#039;s &quot;so&quot; &#44; &eacute;',
  '<s>spoiler</s> <pre class="prettyprint">if (a &lt; b) {<br>}</pre>',
  'a bare < sign and a bare & too',
  '<p class="body-line">one</p><p class="body-line">two</p>',
  '<div>block</div>after<table class="exif"><tr><td>x</td></tr></table>',
  '<script>hidden()</script>shown',
  '<span data-x="a > b">attribute</span>',
  '<a href=bare>unquoted</a>',
  '  spaces around \n',
  '&amp;lt;b&amp;gt;',
];

describe('board posts', () => {
  it('have the text that html_text gives, also where SQL reads the markup itself', async () => {
    const lines = fragments.map((com, index) =>
      JSON.stringify({ no: index + 1, resto: 0, time: 1600000000 + index, com }),
    );
    const { posts } = await postsOf<{ text: string }>(
      fourchanApi,
      sampleFile('4chan/tide/lines.ndjson', lines.join('\n')),
      'text',
    );
    expect(posts.map((post) => post.text)).toEqual(fragments.map((com) => htmlText(com)));
  });

  it.each([
    ['>>3', 'reply', 'tide/3', null],
    ['>>3 >>4 >>3 >>4', 'reply', 'tide/3', ['tide/4']],
    ['>>7 is this very post', 'reply', 'tide/5', null],
    ['>>>/quay/9 and >>>/quay/ only', 'reply', 'tide/5', null],
    ['>green, > >3, 5 >> 3', 'reply', 'tide/5', null],
    ['>>>/quay/9\n>>6', 'reply', 'tide/6', null],
  ])('answer what they quote: %s', async (com, kind, parent, others) => {
    const line = JSON.stringify({
      no: 7,
      resto: 5,
      time: 1600000000,
      com: com.replaceAll('>', '&gt;').replaceAll('\n', '<br>'),
    });
    const { posts } = await postsOf(
      fourchanApi,
      sampleFile('4chan/tide/lines.ndjson', line),
      'kind, parent_id, other_parents',
    );
    expect(posts).toEqual([
      { kind, parent_id: parent, other_parents: others?.map((id) => ({ kind: 'reply', id })) ?? null },
    ]);
  });
});
