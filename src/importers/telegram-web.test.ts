import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { gdeltArticles } from './gdelt-articles.ts';
import { telegramWeb } from './telegram-web.ts';

const message = `<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="leakchannel/12">
<a class="tgme_widget_message_owner_name" href="https://t.me/leakchannel"><span>Leak &amp; Co</span></a>
<div class="tgme_widget_message_forwarded_from">Forwarded from <a class="tgme_widget_message_forwarded_from_name" href="https://t.me/other/7"><span>Other</span></a></div>
<a class="tgme_widget_message_reply" href="https://t.me/leakchannel/9"><div class="tgme_widget_message_text">quoted words</div></a>
<div class="tgme_widget_message_text">Read <b>this</b>:<br/><a href="https://example.org/x?a=1&amp;b=2">here</a> <a href="?q=%23leak">#leak</a> <a href="https://t.me/ann_b">@ann_b</a></div>
<span class="tgme_widget_message_views">1.2K</span><time datetime="2026-03-01T12:00:05+00:00">12:00</time></div></div>`;

describe('messages of the web preview of Telegram', () => {
  it('give text, links, source of a forwarded message and views', async () => {
    const lines = [
      { telegram_post: 'leakchannel/12', collected_at: 1_772_366_500, html: message },
      { telegram_post: 'leakchannel/13', html: '<div class="service_message">pinned</div>' },
    ];
    const file = sampleFile('telegram.ndjson', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"broken\n`);
    const { posts, problems } = await postsOf(
      telegramWeb,
      file,
      `post_id, handle, post.kind, parent_id, parent_handle, text, urls, hashtags, mentions, views, epoch(time)::bigint as time`,
    );
    expect(posts).toEqual([
      {
        post_id: 'leakchannel/12',
        handle: 'leakchannel',
        kind: 'reshare',
        parent_id: 'other/7',
        parent_handle: 'other',
        text: 'Read this:\nhere #leak @ann_b',
        urls: ['https://example.org/x?a=1&b=2'],
        hashtags: ['leak'],
        mentions: ['ann_b'],
        views: 1200,
        time: Date.parse('2026-03-01T12:00:05Z') / 1000,
      },
    ]);
    expect(problems.map(({ reason }) => reason).toSorted()).toEqual(['invalid-json', 'not-a-post']);
  });
});

describe('article lists of GDELT', () => {
  it('give address, title, outlet and the time at which the article was seen', async () => {
    const article = (url: string, seendate: string) => ({
      url,
      title: 'A leak &amp; its news',
      seendate,
      domain: 'outlet.example',
      language: 'English',
      sourcecountry: 'France',
    });
    const articles = [
      article('https://outlet.example/1', '20260301T121500Z'),
      article('https://outlet.example/2', 'soon'),
    ];
    const { posts, problems } = await postsOf(
      gdeltArticles,
      sampleFile('gdelt.json', JSON.stringify({ articles })),
      `post.platform, post_id, account_id, text, time::varchar as time, time_precision_ms, warnings`,
    );
    expect(posts).toEqual([
      {
        platform: 'news',
        post_id: 'https://outlet.example/1',
        account_id: 'outlet.example',
        text: 'A leak & its news',
        time: '2026-03-01 12:15:00',
        time_precision_ms: 900_000,
        warnings: ['seen-time'],
      },
    ]);
    expect(problems).toMatchObject([{ reason: 'bad-time' }]);
  });
});
