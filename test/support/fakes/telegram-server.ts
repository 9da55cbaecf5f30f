import { httpFake } from './http-fake.ts';
import type { PolledFake } from './polled-fake.ts';

interface Message {
  number: number;
  html: string;
  time: string;
  forwarded?: string;
  edited?: boolean;
}

const shown = 20;

/** The web preview t.me/s/CHANNEL: the newest 20 messages, older ones by `before`, a redirect where there is no preview. */
export function fakeTelegram(now: () => number): PolledFake & {
  remove: (id: string) => void;
  edit: (id: string, text: string) => void;
  forward: (text: string, source: string) => string;
} {
  const http = httpFake(now);
  let messages: Message[] = [];
  let serial = 0;
  const wrap = ({ number, html, time, forwarded, edited }: Message) =>
    `<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="leakchannel/${number}" data-view="v${now()}">
<div class="tgme_widget_message_user"><a href="https://t.me/leakchannel"><i class="tgme_widget_message_user_photo"></i></a></div><div class="tgme_widget_message_bubble">
<div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/leakchannel"><span dir="auto">Leak &amp; Co</span></a></div>
${forwarded ? `<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/${forwarded}"><span dir="auto">Another</span></a></div>` : ''}
<div class="tgme_widget_message_text js-message_text" dir="auto">${html}</div>
<div class="tgme_widget_message_footer compact"><span class="tgme_widget_message_views">1.2K</span><span class="tgme_widget_message_meta">${edited ? 'edited &nbsp;' : ''}<a class="tgme_widget_message_date" href="https://t.me/leakchannel/${number}"><time datetime="${time}" class="time">12:00</time></a></span></div></div></div></div>`;
  http.app.get('/s/:channel', (context) => {
    if (context.req.param('channel') !== 'leakchannel')
      return context.html('<html><body><div class="tgme_page">a group</div></body></html>');
    const before = Number(context.req.query('before') ?? Number.POSITIVE_INFINITY);
    const page = messages.filter((message) => message.number < before).slice(-shown);
    return context.html(
      `<html><body><main class="tgme_main"><section class="tgme_channel_history js-message_history">${page.map(wrap).join('\n')}</section></main></body></html>`,
    );
  });
  const add = (html: string, more: Partial<Message> = {}) => {
    const number = ++serial;
    messages.push({
      number,
      html,
      time: new Date(Math.floor(now() / 1000) * 1000).toISOString().replace('.000Z', '+00:00'),
      ...more,
    });
    return `leakchannel/${number}`;
  };
  const numberOf = (id: string) => Number(id.split('/')[1]);
  return {
    http,
    collector: 'telegram',
    options: { channel: ['leakchannel'], backPages: 2 },
    intervalMs: 3_000,
    everyMs: 120_000,
    initial: 25,
    publish: (text) =>
      add(`${text} <a href="https://example.org/doc?a=1&amp;b=2">the document</a> <a href="?q=%23leak">#leak</a>`),
    publishMalformed: () => add('', { time: 'yesterday' }),
    flood: () => {
      for (let count = 0; count < 51 * shown; count++) add(`flood ${count}`);
    },
    repeat: (id) => {
      const index = messages.findIndex(({ number }) => number === numberOf(id));
      messages.splice(index, 0, messages[index]!);
    },
    remove: (id) => {
      messages = messages.filter(({ number }) => number !== numberOf(id));
    },
    edit: (id, text) => {
      const found = messages.find(({ number }) => number === numberOf(id))!;
      found.html = text;
      found.edited = true;
    },
    forward: (text, forwarded) => add(text, { forwarded }),
  };
}
