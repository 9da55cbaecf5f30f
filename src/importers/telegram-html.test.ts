import { describe, expect, it } from 'vitest';
import { caseOf, postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { telegramHtml } from './telegram-html.ts';
import { TelegramPage } from './telegram-page.ts';

const message = (id: number, body: string, joined = '') => `
<div class="message default clearfix${joined}" id="message${id}"><div class="body">
 <div class="pull_right date details" title="25.10.2020 01:30:0${id}">01:30</div>${body}
</div></div>`;
const page = (
  title: string,
  ...messages: string[]
) => `<!DOCTYPE html><html><head><title>Exported Data</title></head><body>
<div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">
${title}
</div></div></div><div class="page_body chat_page"><div class="history">${messages.join('')}</div></div></div></body></html>`;
const name = (text: string) => `<div class="from_name">${text} </div>`;
const chat = page(
  'Tide &amp; quay',
  message(
    1,
    `${name('Gull <b>One</b>')}<div class="text">a<br>b &lt;i&gt; <a href="https://example.org/x?a=1&amp;b=2">x</a> <a href="https://t.me/quay_channel">here</a></div>`,
  ),
  message(
    2,
    `<div class="forwarded body">${name('Far shore <span class="details">24.10.2020 10:00:00</span>')}<div class="text"><a href="" onclick="return ShowHashtag(&quot;tide&quot;)">#tide</a></div></div>`,
    ' joined',
  ),
  message(3, `<div class="forwarded body"><div class="text">again</div></div>`, ' joined'),
  message(
    4,
    `${name('Gull Two')}<div class="reply_to details">In reply to <a href="messages.html#go_to_message2">this message</a></div><div class="text"><a href="https://t.me/gull_one">@gull_one</a></div>`,
  ),
);
const columns =
  'post_id, account_id, time::varchar as time, time_local::varchar as time_local, time_precision_ms, kind, parent_id, parent_handle, text, urls, hashtags, mentions';

describe('telegram-html', () => {
  it('reads joined, forwarded and answering messages', async () => {
    const { posts } = await postsOf(telegramHtml, sampleFile('messages.html', chat), columns, { zone: 'Asia/Tokyo' });
    const common = {
      account_id: null,
      time_precision_ms: 1000,
      parent_id: null,
      parent_handle: null,
      urls: null,
      hashtags: null,
      mentions: null,
    };
    expect(posts).toEqual([
      {
        ...common,
        post_id: '1',
        time: '2020-10-24 16:30:01',
        time_local: '2020-10-25 01:30:01',
        kind: 'original',
        text: 'a\nb <i> x here',
        urls: ['https://example.org/x?a=1&b=2', 'https://t.me/quay_channel'],
      },
      {
        ...common,
        post_id: '2',
        time: '2020-10-24 16:30:02',
        time_local: '2020-10-25 01:30:02',
        kind: 'reshare',
        parent_handle: 'Far shore',
        text: '#tide',
        hashtags: ['tide'],
      },
      {
        ...common,
        post_id: '3',
        time: '2020-10-24 16:30:03',
        time_local: '2020-10-25 01:30:03',
        kind: 'reshare',
        parent_handle: 'Far shore',
        text: 'again',
      },
      {
        ...common,
        post_id: '4',
        time: '2020-10-24 16:30:04',
        time_local: '2020-10-25 01:30:04',
        kind: 'reply',
        parent_id: '2',
        text: '@gull_one',
        mentions: ['gull_one'],
      },
    ]);
  });

  it('gives joined messages the sender before them, however the page is cut into pieces', () => {
    for (const size of [1, 7, chat.length]) {
      const reader = new TelegramPage();
      const entries = [];
      for (let at = 0; at < chat.length; at += size) entries.push(...reader.write(chat.slice(at, at + size)));
      entries.push(...reader.end());
      expect(entries.map((entry) => [entry.element, entry.chat, entry.from, entry.cut])).toEqual([
        ['message1', 'Tide & quay', 'Gull One', false],
        ['message2', 'Tide & quay', 'Gull One', false],
        ['message3', 'Tide & quay', 'Gull One', false],
        ['message4', 'Tide & quay', 'Gull Two', false],
      ]);
    }
  });

  it('keeps the part of a message at which the page is cut off, with a mark', async () => {
    const { posts } = await postsOf(
      telegramHtml,
      sampleFile('messages.html', chat.slice(0, chat.indexOf('again') + 3)),
      'post_id, text, warnings',
      { zone: 'UTC' },
    );
    expect(posts.at(-1)).toEqual({ post_id: '3', text: 'aga', warnings: ['cut', 'chat-unnamed'] });
  });

  it('keeps the messages of two chats apart where the folders are those of Telegram Desktop', async () => {
    const { reports, spilloverCase } = await caseOf(
      [
        [sampleFile('ChatExport_2020-10-25/messages.html', chat), telegramHtml],
        [
          sampleFile(
            'ChatExport_2020-10-25 (1)/messages.html',
            page('Other chat', message(1, `${name('Gull')}<div class="text">other</div>`)),
          ),
          telegramHtml,
        ],
      ],
      { zone: 'UTC' },
    );
    expect(reports.map((report) => report.totals.postsAdded)).toEqual([4, 1]);
    expect(
      await spilloverCase.database.rows(
        `select post_id, parent_id from post where parent_id is not null or post_id like 'Other%' order by post_id`,
      ),
    ).toEqual([
      { post_id: 'Other chat/1', parent_id: null },
      { post_id: 'Tide & quay/4', parent_id: 'Tide & quay/2' },
    ]);
  });
});
