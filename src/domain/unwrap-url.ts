import { remembered } from '../base/remembered.ts';
import { queryValue } from './clean-query.ts';
import { archiveMirrors, archiveToday } from './lists/archive-mirrors.ts';
import { bareRedirectors, pathRedirectors, queryRedirectors } from './lists/redirectors.ts';
import { decodedAscii, type UrlParts } from './url-parts.ts';

/** Where an address leads: the target as a reader would type it, and when it was captured (ISO 8601, as far as known). */
export interface Unwrapped {
  target: string;
  archivedAt?: string;
}

const ampCache = /(?:^|\.)(?:cdn\.ampproject\.org|bing-amp\.com)$/;
const google = /^google\.[a-z.]{2,7}$/;
const mailFilter = /^urldefense\.(?:proofpoint\.)?(?:com|us)$/;
const translated = '.translate.goog';

/** Whether addresses of this host may lead to another page at all: false for nearly all, and quick to say. */
export const leadsOn = remembered(
  (host) =>
    host === archiveToday ||
    [archiveMirrors, bareRedirectors, pathRedirectors].some((hosts) => hosts.has(host)) ||
    rulesFor(host) !== undefined ||
    host.endsWith(translated) ||
    [ampCache, google, mailFilter].some((hosts) => hosts.test(host)),
  20_000,
);

/** What a redirector, archive mirror, translation or AMP cache leads to; null where the address is the page itself. */
export function unwrapUrl(parts: UrlParts): Unwrapped | null {
  const { host } = parts;
  if (host === archiveToday) return fromArchiveToday(parts);
  if (archiveMirrors.has(host)) return fromArchive(parts);
  return (
    fromQuery(host, parts) ??
    fromPath(host, parts) ??
    fromAmpCache(host, parts) ??
    fromTranslation(host, parts) ??
    fromMailFilter(host, parts)
  );
}

function fromQuery(host: string, { path, query }: UrlParts): Unwrapped | null {
  if (query === '') return null;
  if (bareRedirectors.has(host)) {
    const target = targetIn(query);
    if (target) return target;
  }
  for (const [prefix, ...names] of rulesFor(host) ?? []) {
    if (!path.startsWith(prefix)) continue;
    for (const name of names) {
      const value = queryValue(query, name);
      const target = value === undefined ? null : targetIn(host === 'bing.com' ? fromBing(value) : value);
      if (!target) continue;
      return host === 'disq.us' ? { target: target.target.replace(/:[\w-]{20,}$/, '') } : target;
    }
  }
  return null;
}

function rulesFor(host: string): (typeof queryRedirectors)[string] | undefined {
  const own = queryRedirectors[host];
  if (own) return own;
  const known = /^((?:translate\.|clck\.)?(?:google|yandex)|pinterest)\.[a-z.]{2,7}$/.exec(host);
  if (known) return queryRedirectors[`${known[1]}.*`];
  return host.endsWith('.safelinks.protection.outlook.com')
    ? queryRedirectors['*.safelinks.protection.outlook.com']
    : undefined;
}

/** Bing writes `a1` and the target in Base64 for addresses. */
function fromBing(value: string): string {
  return /^a1[\w-]+$/.test(value) ? Buffer.from(value.slice(2), 'base64url').toString('utf8') : value;
}

/** The address in a parameter's value; one that was encoded whole, or behind its path, is decoded. */
function targetIn(value: string): Unwrapped | null {
  let text = value;
  for (let level = 0; level < 3 && text.includes('%') && !/^https?:\/\//i.test(text); level++)
    text = decodedAscii(text);
  if (text === value && /%3f/i.test(text) && !text.includes('?')) text = decodedAscii(text);
  return /^https?:\/+[^/]/i.test(text) ? { target: text } : null;
}

function fromPath(host: string, parts: UrlParts): Unwrapped | null {
  return pathRedirectors.has(host) ? nestedTarget(parts, /^\/(?:v1\/[0-9a-f]+\/)?(?=https?[:%])/i) : null;
}

const address = '(?=https?[:%]|[\\w-]+(?:\\.[\\w-]+)*\\.[a-z]{2,}(?:[:/]|$))';
const waybackPath = new RegExp(
  `^/(?:web|save|screenshot)/(?:_embed/)?(?:([0-9]{1,14})?(?:[a-z]{2}_)?[*]?/)?${address}`,
  'i',
);
const mementoPath = new RegExp(`/([0-9]{4,14}|[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{2})(?:[a-z]{2}_)?/${address}`, 'i');
const todayPath = new RegExp(
  `^/(?:([0-9]{4}\\.[0-9]{2}\\.[0-9]{2}-[0-9]{6}|[0-9]{4,14})|newest|oldest|timegate|o/\\w+)/${address}`,
  'i',
);

function fromArchive(parts: UrlParts): Unwrapped | null {
  return nestedTarget(parts, parts.host.endsWith('archive.org') ? waybackPath : mementoPath) ?? submittedTarget(parts);
}

function fromArchiveToday(parts: UrlParts): Unwrapped | null {
  if (/^\/(?:submit\/?)?$/.test(parts.path)) return submittedTarget(parts);
  return nestedTarget(parts, todayPath) ?? nestedTarget(parts, /^\/(?=https?[:%])/i);
}

function submittedTarget(parts: UrlParts): Unwrapped | null {
  return targetIn(queryValue(parts.query, 'url') ?? '');
}

/** The address that follows `before` in the path, with the query and fragment, which are its own. */
function nestedTarget(parts: UrlParts, before: RegExp): Unwrapped | null {
  const found = before.exec(parts.path);
  if (!found) return null;
  let target = parts.path.slice(found.index + found[0].length);
  if (/^https?(?::|%3a)%2f/i.test(target)) target = decodedAscii(target);
  if (!/^https?:/i.test(target)) target = `http://${target}`;
  if (parts.query) target += `?${parts.query}`;
  if (parts.fragment) target += `#${parts.fragment}`;
  const archivedAt = isoTime(found[1]?.replace(/[^0-9]/g, '') ?? '');
  return archivedAt ? { target, archivedAt } : { target };
}

/** ISO 8601 in UTC from year, month, day, hour, minute and second, as fine as they go; undefined where they are no time. */
function isoTime(digits: string): string | undefined {
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?/.exec(digits) ?? [];
  if (year === undefined || Number(year) < 1990) return undefined;
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  if (Number.isNaN(Date.parse(time))) return undefined;
  return digits.length >= 14 ? time : time.slice(0, digits.length >= 8 ? 10 : digits.length >= 6 ? 7 : 4);
}

function fromAmpCache(host: string, parts: UrlParts): Unwrapped | null {
  let inner: RegExp | null = null;
  if (ampCache.test(host)) inner = /^\/(?:[a-z]\/)+(.+)$/;
  else if (google.test(host)) inner = /^\/amp\/(?:s\/)?(.+)$/;
  const target = inner?.exec(parts.path)?.[1];
  if (!target || !/^[\w-]+(?:\.[\w-]+)+(?:\/|$)/.test(target)) return null;
  return { target: `https://${target}${parts.query ? `?${parts.query}` : ''}` };
}

/** `www-example-org.translate.goog`: dots are written as hyphens, hyphens as two. */
function fromTranslation(host: string, parts: UrlParts): Unwrapped | null {
  if (!host.endsWith(translated)) return null;
  const original = host.slice(0, -translated.length).replaceAll('--', ' ').replaceAll('-', '.').replaceAll(' ', '-');
  const query = parts.query.split('&').filter((part) => !part.startsWith('_x_tr_'));
  return { target: `https://${original}${parts.path}${query.join('&') ? `?${query.join('&')}` : ''}` };
}

/** Proofpoint writes `%` as `-` and `/` as `_` (version 2), or the address between `__` and `__;` (version 3). */
function fromMailFilter(host: string, { path, query }: UrlParts): Unwrapped | null {
  if (!mailFilter.test(host)) return null;
  if (path.startsWith('/v3/')) return targetIn(/__(.+?)__;/.exec(`${path}?${query}`)?.[1] ?? '');
  return targetIn(decodedAscii((queryValue(query, 'u') ?? '').replaceAll('-', '%').replaceAll('_', '/')));
}
