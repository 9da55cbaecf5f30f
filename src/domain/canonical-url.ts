import { remembered } from '../base/remembered.ts';
import { cleanQuery } from './clean-query.ts';
import { applyPlatformRule, platformHost } from './platform-url.ts';
import { registrableDomain } from './registrable-domain.ts';
import { leadsOn, unwrapUrl } from './unwrap-url.ts';
import { normalFragment, type UrlParts, urlParts } from './url-parts.ts';

export interface CanonicalUrl {
  /** The identity: always `https://`, host in ASCII. */
  url: string;
  host: string;
  /** Registrable domain of the host; null for machine addresses and bare public suffixes. */
  domain: string | null;
  /** Whether the address was taken out of a redirector, archive mirror, translation or AMP cache. */
  unwrapped: boolean;
  /** Capture time of the archive mirror: ISO 8601 in UTC, as fine as the mirror says. */
  archivedAt?: string;
}

const deepestNesting = 5;

/**
 * The one identity of the page that an http or https address points to; null for all else. Nothing is fetched: short links
 * stay what they are.
 *
 * What is one page: `http` and `https`; the host with and without `www.`, `m.`, `mobile.`, `amp.` where a registrable domain
 * remains (the same site answers; where it does not, the display form still has what was posted); with and without a
 * trailing slash, tracking parameters, fragment (kept where it is the page: `#!…`, `#/…`), login, default port, letter case of
 * the host and of percent-encoding; all forms of one post, video, thread or file on the known platforms. Parameters keep
 * their order. `canonicalUrl(x).url` is its own canonical form.
 */
export function canonicalUrl(raw: string): CanonicalUrl | null {
  const outer = pageParts(raw);
  if (outer === null) return null;
  let parts: UrlParts = outer;
  let unwrapped = false;
  let archivedAt: string | undefined;
  for (let depth = 0; ; depth++) {
    let wrapped: Wrapped | null = depth < deepestNesting ? innerPage(parts) : null;
    if (!wrapped) {
      const domain = finish(parts);
      wrapped = depth < deepestNesting ? innerPage(parts) : null;
      if (!wrapped) {
        const canonical: CanonicalUrl = { url: identity(parts), host: parts.host, domain, unwrapped };
        if (archivedAt !== undefined) canonical.archivedAt = archivedAt;
        return canonical;
      }
    }
    parts = wrapped.inner;
    unwrapped = true;
    archivedAt ??= wrapped.archivedAt;
  }
}

interface Wrapped {
  inner: UrlParts;
  archivedAt: string | undefined;
}

function identity({ host, port, path, query, fragment }: UrlParts): string {
  let url = `https://${host}${port}${path}`;
  if (query !== '') url += `?${query}`;
  if (fragment !== '') url += `#${fragment}`;
  return url;
}

function innerPage(parts: UrlParts): Wrapped | null {
  if (!leadsOn(parts.host)) return null;
  const wrapped = unwrapUrl(parts);
  const inner = wrapped && pageParts(wrapped.target);
  return inner && { inner, archivedAt: wrapped.archivedAt };
}

/** Brings the parts to their canonical form and returns the registrable domain. */
function finish(parts: UrlParts): string | null {
  const { host } = parts;
  let domain = registrableDomain(host);
  const query = cleanQuery(parts.query, domain);
  parts.query = query;
  applyPlatformRule(parts);
  if (parts.host !== host) domain = registrableDomain(parts.host);
  if (parts.host !== host || parts.query !== query) parts.query = cleanQuery(parts.query, domain);
  parts.fragment = contentFragment(parts);
  return domain;
}

function pageParts(raw: string): UrlParts | null {
  const parts = urlParts(raw);
  if (parts !== null) parts.host = oneHost(parts.host);
  return parts;
}

const oneHost = remembered((host) => {
  let name = host;
  for (let alias = platformHost(name); alias !== null && alias !== name; alias = platformHost(name)) name = alias;
  for (let shorter = withoutPrefix(name); shorter !== null; shorter = withoutPrefix(name)) {
    name = platformHost(shorter) ?? shorter;
  }
  return name;
}, 20_000);

function withoutPrefix(host: string): string | null {
  const prefix = /^(?:www|m|mobile|amp)\./.exec(host);
  if (!prefix) return null;
  const rest = host.slice(prefix[0].length);
  return /[0-9]$/.test(rest) || registrableDomain(rest) === null ? null : rest;
}

function contentFragment({ host, fragment }: UrlParts): string {
  if (fragment === '') return '';
  const text = fragment.replace(/:~:.*$/, '');
  const content = /^[!/].*\w/.test(text) || (host === 'web.telegram.org' && /^@|^-?\d/.test(text));
  return content ? normalFragment(text) : '';
}
