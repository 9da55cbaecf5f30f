import { archiveMirrors, archiveTodayHosts } from './lists/archive-mirrors.ts';
import { bareRedirectors, pathRedirectors, queryRedirectors } from './lists/redirectors.ts';
import { queryValue } from './clean-query.ts';
import { decodedAscii, type UrlParts } from './url-parts.ts';

/** Where an address leads: the target as a reader would type it, and when it was captured (ISO 8601, as far as known). */
export interface Unwrapped {
  target: string;
  archivedAt?: string;
}

/** What a redirector, archive mirror, translation or AMP cache leads to; null where the address is the page itself. */
export function unwrapUrl(parts: UrlParts): Unwrapped | null {
  const host = parts.host.startsWith('www.') ? parts.host.slice(4) : parts.host;
  if (archiveTodayHosts.has(host)) return fromArchiveToday(parts);
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

function targetIn(value: string): Unwrapped | null {
  let text = value;
  for (let level = 0; level < 3 && /^https?%/i.test(text); level++) text = decodedAscii(text);
  return /^https?:\/+[^/]/i.test(text) ? { target: decodedAscii(text) === text || text !== value ? text : text } : null;
}

function fromPath(host: string, parts: UrlParts): Unwrapped | null {
  return pathRedirectors.has(host) ? nestedTarget(parts, /^\/(?:v1\/[0-9a-f]+\/)?(?=https?[:%])/i) : null;
}

const captureTime = /\/(\d{4,14})(?:[a-z]{2}_|\*)?\/(?=\S)|\/\*\/(?=https?[:%]|[\w-]+\.[a-z])|\/web\/(?=https?[:%])/i;

function fromArchive(parts: UrlParts): Unwrapped | null {
  const nested = nestedTarget(parts, captureTime, parts.host.includes('archive.org') ? /^\/(?:web|save|wayback)\// : undefined);
  if (nested) return nested;
  const value = queryValue(parts.query, 'url');
  return value === undefined ? null : targetIn(value);
}

const todayTime = /^\/(?:(\d{4})\.?(\d\d)\.?(\d\d)-?(\d{6})|\d{4,14}|newest|oldest|timegate|o\/\w+)?\/(?=https?[:%]|[\w-]+\.[a-z])/i;

function fromArchiveToday(parts: UrlParts): Unwrapped | null {
  const value = queryValue(parts.query, 'url');
  const submitted = value === undefined || !/^\/(?:submit\/?)?$/.test(parts.path) ? null : targetIn(value);
  return submitted ?? nestedTarget(parts, todayTime) ?? nestedTarget(parts, /^\/(?=https?[:%])/i);
}

/** The address that follows `before` in the path, with the query and fragment, which are its own. */
function nestedTarget(parts: UrlParts, before: RegExp, start?: RegExp): Unwrapped | null {
  if (start && !start.test(parts.path)) return null;
  const found = before.exec(parts.path);
  if (!found) return null;
  let target = parts.path.slice(found.index + found[0].length);
  if (/^https?%/i.test(target)) target = decodedAscii(target);
  if (!/^https?:/i.test(target)) {
    if (!/^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?(?:\/|$)/i.test(target)) return null;
    target = `http://${target}`;
  }
  if (parts.query) target += `?${parts.query}`;
  if (parts.fragment) target += `#${parts.fragment}`;
  const archivedAt = isoTime(found.slice(1).join(''));
  return archivedAt ? { target, archivedAt } : { target };
}

/** ISO 8601 in UTC from the leading digits of year, month, day, hour, minute, second; undefined where they are no time. */
function isoTime(digits: string): string | undefined {
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?/.exec(digits) ?? [];
  if (year === undefined || Number(year) < 1990) return undefined;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(time.getTime())) return undefined;
  if (digits.length >= 14) return time.toISOString().replace('.000Z', 'Z');
  return [year, month, day].slice(0, Math.max(1, Math.floor(digits.length / 2) - 1)).join('-');
}

function fromAmpCache(host: string, parts: UrlParts): Unwrapped | null {
  const cached = host.endsWith('.cdn.ampproject.org') || host === 'cdn.ampproject.org' || host.endsWith('.bing-amp.com');
  const path = cached
    ? /^\/(?:[a-z]\/)+(.+)$/.exec(parts.path)
    : /^google\.[a-z.]{2,7}$/.test(host)
      ? /^\/amp\/(?:s\/)?(.+)$/.exec(parts.path)
      : null;
  const target = path?.[1]?.replace(/^s\//, '');
  if (!target || !/^[\w-]+(?:\.[\w-]+)+(?:\/|$)/.test(target)) return null;
  return { target: `https://${target}${parts.query ? `?${parts.query}` : ''}` };
}

/** `www-example-org.translate.goog`: dots are written as hyphens, hyphens as two. */
function fromTranslation(host: string, parts: UrlParts): Unwrapped | null {
  const name = parts.host.endsWith('.translate.goog') ? parts.host.slice(0, -'.translate.goog'.length) : null;
  if (name === null || host === 'translate.goog') return null;
  const original = name.replaceAll('--', '\0').replaceAll('-', '.').replaceAll('\0', '-');
  const query = parts.query.split('&').filter((part) => !part.startsWith('_x_tr_'));
  return { target: `https://${original}${parts.path}${query.join('&') ? `?${query.join('&')}` : ''}` };
}

/** Proofpoint writes `%` as `-` and `/` as `_` (version 2), or the address between `__` and `__;` (version 3). */
function fromMailFilter(host: string, { path, query }: UrlParts): Unwrapped | null {
  if (!/^urldefense\.(?:proofpoint\.)?(?:com|us)$/.test(host)) return null;
  if (path.startsWith('/v3/')) return targetIn(/__(.+?)__/.exec(path)?.[1] ?? '');
  return targetIn(decodedAscii((queryValue(query, 'u') ?? '').replaceAll('-', '%').replaceAll('_', '/')));
}
