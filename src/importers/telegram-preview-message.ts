import { Parser } from 'htmlparser2';

export interface PreviewMessageParts {
  service: boolean;
  date: string | null;
  name: string | null;
  forwarded: boolean;
  forwarded_from: string | null;
  forwarded_post: string | null;
  reply_to: string | null;
  text: string | null;
  urls: string[];
  hashtags: string[];
  mentions: string[];
  views: number | null;
}

type Part = 'text' | 'owner' | 'forwarded' | 'views' | 'reply' | 'other';

const partOf: readonly [className: string, part: Part][] = [
  ['tgme_widget_message_reply', 'reply'],
  ['tgme_widget_message_forwarded_from', 'forwarded'],
  ['tgme_widget_message_owner_name', 'owner'],
  ['tgme_widget_message_text', 'text'],
  ['tgme_widget_message_views', 'views'],
];
const voidTags = new Set(['br', 'img', 'hr', 'input', 'meta', 'link', 'source', 'wbr']);
const postOf = (href: string | undefined) => /^https?:\/\/t\.me\/(\w+\/\d+)/.exec(href ?? '')?.[1] ?? null;

/** "1.2K", "3M" or "950" as a number; null where it is none. */
function countOf(text: string): number | null {
  const parts = /^([\d.]+)\s*([KM]?)$/.exec(text.trim());
  return parts ? Math.round(Number(parts[1]) * { '': 1, K: 1e3, M: 1e6 }[parts[2] as '' | 'K' | 'M']) : null;
}

/** What one message of a channel's web preview says. */
export function readPreviewMessage(html: string): PreviewMessageParts {
  const parts: Part[] = [];
  const texts: Record<Part, string> = { text: '', owner: '', forwarded: '', views: '', reply: '', other: '' };
  const found: PreviewMessageParts = {
    service: /class="[^"]*\bservice_message\b/.test(html),
    date: null,
    name: null,
    forwarded: false,
    forwarded_from: null,
    forwarded_post: null,
    reply_to: null,
    text: null,
    urls: [],
    hashtags: [],
    mentions: [],
    views: null,
  };
  let link: { href: string; shown: string } | null = null;
  const within = (part: Part) => parts.includes(part);
  const closeLink = () => {
    if (!link) return;
    const { href, shown } = link;
    link = null;
    if (shown.startsWith('#')) found.hashtags.push(shown.slice(1));
    else if (/^@\w+$/.test(shown)) found.mentions.push(shown.slice(1));
    else if (/^https?:\/\//i.test(href)) found.urls.push(href);
  };
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        const classes = (attributes.class ?? '').split(/\s+/);
        if (tag === 'br' && within('text') && !within('reply')) texts.text += '\n';
        if (tag === 'time' && attributes.datetime) found.date = attributes.datetime;
        const part = partOf.find(([name]) => classes.includes(name))?.[1] ?? 'other';
        if (part === 'reply') found.reply_to = postOf(attributes.href) ?? found.reply_to;
        if (part === 'forwarded') found.forwarded = true;
        if (tag === 'a' && (part === 'forwarded' || within('forwarded')))
          found.forwarded_post = postOf(attributes.href) ?? found.forwarded_post;
        if (tag === 'a' && within('text') && !within('reply')) link = { href: attributes.href ?? '', shown: '' };
        if (tag === 'a' && classes.includes('tgme_widget_message_link_preview') && attributes.href)
          found.urls.push(attributes.href);
        if (!voidTags.has(tag)) parts.push(part);
      },
      ontext: (text) => {
        if (link) link.shown += text;
        for (const part of ['reply', 'forwarded', 'owner', 'views', 'text'] as const) {
          if (!within(part)) continue;
          texts[part] += text;
          break;
        }
      },
      onclosetag: (tag) => {
        if (tag === 'a') closeLink();
        if (!voidTags.has(tag)) parts.pop();
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  const sender = texts.forwarded.replace(/^\s*Forwarded from\s*/i, '').trim();
  return {
    ...found,
    name: texts.owner.trim() || null,
    forwarded_from: found.forwarded_post?.split('/')[0] ?? (sender || null),
    text: texts.text.trim() || null,
    urls: [...new Set(found.urls)],
    views: countOf(texts.views),
  };
}
