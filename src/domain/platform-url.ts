import { queryValue } from './clean-query.ts';
import { archiveToday, archiveTodayHosts } from './lists/archive-mirrors.ts';
import { normalPath, type UrlParts } from './url-parts.ts';

/** Rewrites the parts of an address of one site to its one form; the path is in canonical form, the query as written. */
type PlatformRule = (parts: UrlParts) => void;

/** The host that stands for all hosts of a platform; null where the host is no other name of one. */
export function platformHost(host: string): string | null {
  const fixed = hostAliases.get(host);
  if (fixed !== undefined) return fixed;
  if (archiveTodayHosts.has(host)) return archiveToday;
  for (const [pattern, target] of hostPatterns) if (pattern.test(host)) return host.replace(pattern, target);
  return null;
}

/** The one form of an address on a platform: by post, video, thread or file id where the platform has one. */
export function applyPlatformRule(parts: UrlParts): void {
  platformRules.get(parts.host)?.(parts);
}

const hostAliases = new Map(
  Object.entries({
    'x.com': `twitter.com vxtwitter.com fxtwitter.com fixupx.com fixvx.com twittpr.com fixuptwitter.com nitter.net
      nitter.it nitter.cz nitter.poast.org nitter.privacydev.net nitter.snopyta.org nitter.42l.fr nitter.pussthecat.org
      nitter.nixnet.services nitter.1d4.us nitter.kavin.rocks nitter.unixfox.eu xcancel.com`,
    'youtube.com': `music.youtube.com youtube-nocookie.com hooktube.com invidio.us yewtu.be invidious.snopyta.org piped.video
      gaming.youtube.com`,
    'facebook.com': 'fb.com mbasic.facebook.com touch.facebook.com web.facebook.com d.facebook.com free.facebook.com',
    'reddit.com':
      'old.reddit.com new.reddit.com np.reddit.com i.reddit.com sh.reddit.com amp.reddit.com en.reddit.com pay.reddit.com',
    'instagram.com': 'ddinstagram.com kkinstagram.com instagr.am',
    't.me': 'telegram.me telegram.dog',
    'boards.4chan.org': 'boards.4channel.org 4chan.org 4channel.org',
    'i.4cdn.org': 'is.4chan.org is2.4chan.org is3.4chan.org i.4chan.org images.4chan.org',
    'odysee.com': 'lbry.tv open.lbry.com beta.lbry.tv',
    'bitchute.com': 'old.bitchute.com',
    'mega.nz': 'mega.co.nz mega.io',
    'i.redd.it': 'preview.redd.it',
    '8kun.top': '8kun.us 8kun.net',
  }).flatMap(([target, aliases]) => aliases.split(/\s+/).map((alias) => [alias, target] as const)),
);

const hostPatterns: readonly (readonly [RegExp, string])[] = [
  [/\.m\.(wik(?:ipedia|inews|iquote|isource|tionary|ibooks|iversity|ivoyage)|wikimedia)\.org$/, '.$1.org'],
  [/\.blogspot\.(?:com?\.)?[a-z]{2}$/, '.blogspot.com'],
  [/^[a-z]{2}\.reddit\.com$/, 'reddit.com'],
  [/^[a-z]{2}-[a-z]{2}\.facebook\.com$/, 'facebook.com'],
];

const reservedHandles = new Set(
  'i search home explore notifications messages settings hashtag intent share login signup tos privacy about download jobs who_to_follow'.split(
    ' ',
  ),
);

const platformRules = new Map<string, PlatformRule>([
  ['x.com', xIdentity],
  ['youtube.com', youtubeIdentity],
  ['youtu.be', youtubeIdentity],
  ['facebook.com', facebookIdentity],
  [
    'instagram.com',
    (parts) => replacePath(parts, /^\/(?:[\w.]+\/)?(?:p|reels?|tv)\/([\w-]+)/, '/p/$1') || lowerFirstSegment(parts),
  ],
  [
    'tiktok.com',
    (parts) =>
      replacePath(parts, /^\/(?:@[^/]*\/video|v|embed(?:\/v2)?)\/([0-9]+)(?:\.html)?/, '/video/$1') ||
      lowerFirstSegment(parts),
  ],
  ['reddit.com', redditIdentity],
  [
    'redd.it',
    (parts) =>
      replacePath(parts, /^\/([a-z0-9]{4,})$/i, (_, id) => `/comments/${lower(id!)}`) && moveTo(parts, 'reddit.com'),
  ],
  ['t.me', telegramIdentity],
  ['boards.4chan.org', (parts) => replacePath(parts, /^\/+([a-z0-9]+)\/+(?:thread|res)\/([0-9]+).*$/, '/$1/thread/$2')],
  ['8ch.net', (parts) => replacePath(parts, /^\/+([^/]+)\/res\/([0-9]+)(?:\+50)?(?:\.html)?$/, '/$1/res/$2.html')],
  ['8kun.top', (parts) => replacePath(parts, /^\/+([^/]+)\/res\/([0-9]+)(?:\+50)?(?:\.html)?$/, '/$1/res/$2.html')],
  [
    'archive.is',
    (parts) => replacePath(parts, /^\/(?:wip\/)?([A-Za-z0-9]{4,6})(?:\/(?:image|share|again|abuse).*)?$/, '/$1'),
  ],
  [
    'pastebin.com',
    (parts) => replacePath(parts, /^\/(?:raw|dl|embed|print|clone|embed_js)\/(\w+)/, '/$1') || rawPaste(parts),
  ],
  ['dai.ly', (parts) => replacePath(parts, /^\/(\w+)/, '/video/$1') && moveTo(parts, 'dailymotion.com')],
  ['dailymotion.com', (parts) => replacePath(parts, /^\/(?:embed\/)?video\/([a-z0-9]+).*$/, '/video/$1')],
  ['player.vimeo.com', (parts) => replacePath(parts, /^\/video\/([0-9]+)/, '/$1') && moveTo(parts, 'vimeo.com')],
  ['bitchute.com', (parts) => replacePath(parts, /^\/embed\//, '/video/')],
  ['odysee.com', (parts) => replacePath(parts, /^\/\$\/(?:embed|download)\//, '/')],
  ['mega.nz', megaIdentity],
  ['docs.google.com', driveIdentity],
  ['drive.google.com', driveIdentity],
  ['pbs.twimg.com', twitterImage],
  ['archive.org', (parts) => replacePath(parts, /^\/(?:embed|stream)\/([^/]{4,}).*$/, '/details/$1')],
]);

function xIdentity(parts: UrlParts): void {
  if (parts.path === '/' && parts.fragment.startsWith('!/')) {
    const [path = '/', query = ''] = parts.fragment.slice(1).split('?');
    Object.assign(parts, { path: normalPath(path), query });
  }
  parts.fragment = '';
  replacePath(parts, /^\/@+/, '/');
  if (replacePath(parts, /^\/(?:.*\/)?status(?:es)?\/(?:[^/]*\/)?([0-9]+)(?:[^0-9].*)?$/i, '/i/status/$1'))
    parts.query = '';
  else if (reservedHandles.has(parts.path.split('/')[1]!.toLowerCase())) {
    replacePath(parts, /^\/hashtag\/(.+)$/, (_, tag) => `/hashtag/${lower(tag!)}`);
    if (!/^\/(?:search|intent|share)/.test(parts.path)) parts.query = '';
  } else {
    parts.query = '';
    lowerFirstSegment(parts);
  }
}

function youtubeIdentity(parts: UrlParts): void {
  if (parts.path === '/attribution_link') {
    const inner = /^(?:%2F|\/)watch(?:%3F|\?)v(?:%3D|=)([\w-]{11})/i.exec(queryValue(parts.query, 'u') ?? '');
    if (inner) {
      video(parts, inner[1]!);
      return;
    }
  }
  const inPath =
    parts.host === 'youtu.be'
      ? /^\/([\w-]{11})(?:\/|$)/.exec(parts.path)
      : /^\/(?:v|e|embed|shorts|live|watch)\/([\w-]{11})(?:\/|$)/.exec(parts.path);
  const inQuery = /^[\w-]{11}(?![\w-])/.exec(queryValue(parts.query, 'v') ?? '');
  const id =
    inPath?.[1] ?? (/^\/watch(?:_popup)?\/?$/.test(parts.path) || parts.host === 'youtu.be' ? inQuery?.[0] : undefined);
  if (id !== undefined) {
    video(parts, id);
    return;
  }
  if (parts.host === 'youtu.be') return;
  const list = parts.path === '/playlist' ? token(parts.query, 'list') : undefined;
  if (list !== undefined) parts.query = `list=${list}`;
  replacePath(
    parts,
    /^(\/(?:@[^/]+|(?:c|user|channel)\/[^/]+))\/(?:videos|featured|about|community|streams|shorts|playlists)$/,
    '$1',
  );
  if (parts.path.startsWith('/@')) lowerFirstSegment(parts);
}

function video(parts: UrlParts, id: string): void {
  Object.assign(parts, { host: 'youtube.com', path: '/watch', query: `v=${id}` });
}

function facebookIdentity(parts: UrlParts): void {
  replacePath(parts, /^\/permalink\.php$/, '/story.php');
  replacePath(parts, /^(\/groups\/[^/]+)\/permalink\//, '$1/posts/');
  const id = token(parts.query, 'v') ?? /^\/(?:[^/]+\/)?videos\/(?:[^/]+\/)?([0-9]+)/.exec(parts.path)?.[1];
  if (id !== undefined && /^\/(?:watch|video(?:\/video)?\.php|.+\/videos\/)/.test(`${parts.path}/`)) {
    Object.assign(parts, { path: '/watch', query: `v=${id}` });
  } else if (/^\/photo(?:\.php)?$/.test(parts.path)) {
    const photo = token(parts.query, 'fbid');
    if (photo !== undefined) Object.assign(parts, { path: '/photo', query: `fbid=${photo}` });
  }
}

function redditIdentity(parts: UrlParts): void {
  const found = /^\/(?:(?:r|u|user)\/[^/]+\/)?comments\/([a-z0-9]{4,})(?:\/[^/]*(?:\/([a-z0-9]{5,}))?)?/i.exec(
    parts.path,
  );
  if (found) {
    const comment = found[2] === undefined ? '' : `/_/${found[2].toLowerCase()}`;
    Object.assign(parts, { path: `/comments/${found[1]!.toLowerCase()}${comment}`, query: '' });
  } else {
    replacePath(parts, /^\/(?:u|user)\/([^/]+)/i, (_, name) => `/user/${lower(name!)}`);
    replacePath(parts, /^\/r\/([^/]+)/i, (_, name) => `/r/${lower(name!)}`);
  }
}

function telegramIdentity(parts: UrlParts): void {
  replacePath(parts, /^\/s\/(?=.)/, '/');
  if (replacePath(parts, /^\/joinchat\/|^\/(?:%20|\+)/, '/+')) return;
  if (!/^\/(?:c|addstickers|addemoji|addlist|proxy|socks|bg|setlanguage|share|iv|m)(?:\/|$)/.test(parts.path))
    lowerFirstSegment(parts);
}

function megaIdentity(parts: UrlParts): void {
  const old = /^(F)?!([\w-]+)/.exec(parts.fragment);
  if (old && parts.path === '/') parts.path = `/${old[1] ? 'folder' : 'file'}/${old[2]}`;
  parts.fragment = '';
}

function driveIdentity(parts: UrlParts): void {
  replacePath(parts, /^\/(?:a\/[^/]+\/)?(?:drive\/)?(?:u\/[0-9]+\/)?(.*\/d\/[\w-]{5,})(?:\/.*)?$/, '/$1');
  replacePath(parts, /^\/drive\/(?:u\/[0-9]+\/|mobile\/)?folders\//, '/drive/folders/');
  const id = token(parts.query, 'id');
  if (parts.path === '/uc' && id !== undefined) Object.assign(parts, { path: `/file/d/${id}` });
  if (/\/d\/|\/folders\//.test(parts.path)) parts.query = '';
}

function twitterImage(parts: UrlParts): void {
  const format = token(parts.query, 'format');
  replacePath(parts, /\/*:(?:large|small|medium|thumb|orig)$/, '');
  if (format !== undefined && !/\.\w+$/.test(parts.path)) parts.path += `.${format}`;
  parts.query = '';
}

function rawPaste(parts: UrlParts): void {
  const id = /^\/(?:raw|download)\.php$/.test(parts.path) ? token(parts.query, 'i') : undefined;
  if (id !== undefined) Object.assign(parts, { path: `/${id}`, query: '' });
}

/** The value of a parameter, where it is an id and nothing else. */
function token(query: string, name: string): string | undefined {
  return /^[\w-]+$/.exec(queryValue(query, name) ?? '')?.[0];
}

function moveTo(parts: UrlParts, host: string): void {
  parts.query = '';
  parts.host = host;
}

function lowerFirstSegment(parts: UrlParts): void {
  const end = parts.path.indexOf('/', 1);
  parts.path = end < 0 ? lower(parts.path) : lower(parts.path.slice(0, end)) + parts.path.slice(end);
}

/** Lower case, with percent-encoding left in upper case. */
function lower(text: string): string {
  const small = text.toLowerCase();
  return small.includes('%') ? small.replace(/%[0-9a-f]{2}/g, (byte) => byte.toUpperCase()) : small;
}

function replacePath(parts: UrlParts, pattern: RegExp, target: string | ((...found: string[]) => string)): boolean {
  if (!pattern.test(parts.path)) return false;
  parts.path = typeof target === 'string' ? parts.path.replace(pattern, target) : parts.path.replace(pattern, target);
  return true;
}
