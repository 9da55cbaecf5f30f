import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { ApiFault } from './api-fault.ts';
import { pageWithoutToken } from './page-without-token.ts';

export interface Door {
  token: string;
  port: number;
}

const hostNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Lets in only requests to a loopback name (no rebound DNS name), from our own pages or from no page at all, that carry the token
 * of this start as cookie or `Authorization: Bearer`. An address with `?token=` turns it into the cookie and goes on without it.
 */
export function guard({ token, port }: Door): MiddlewareHandler {
  const authorities = hostNames.map((name) => `${name}:${port}`).concat(port === 80 ? hostNames : []);
  const origins = authorities.map((authority) => `http://${authority}`);
  const cookie = `spillover-${port}`;
  return async (c, next) => {
    const host = c.req.header('host')?.toLowerCase() ?? '';
    if (!authorities.includes(host))
      throw new ApiFault(403, 'foreign-host', 'This server answers on loopback names only.');
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    if (origin !== undefined && !origins.includes(origin.toLowerCase()))
      throw new ApiFault(403, 'foreign-origin', 'Requests from other pages are refused.');
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new ApiFault(403, 'foreign-origin', 'Requests from other pages are refused.');
    const given = c.req.query('token');
    if (given !== undefined && c.req.method === 'GET' && !c.req.path.startsWith('/api/')) {
      if (!same(given, token)) return pageWithoutToken(c);
      setCookie(c, cookie, token, { httpOnly: true, sameSite: 'Strict', path: '/' });
      const rest = new URL(c.req.url).searchParams;
      rest.delete('token');
      const search = rest.toString();
      return c.redirect(`${cleanPath(c.req.path)}${search === '' ? '' : `?${search}`}`, 303);
    }
    const bearer = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const fromCookie = getCookie(c, cookie);
    const isKnown = same(bearer ?? '', token) || same(fromCookie ?? '', token);
    if (!isKnown) {
      if (c.req.method === 'GET' && !c.req.path.startsWith('/api/')) return pageWithoutToken(c);
      throw new ApiFault(
        401,
        'no-token',
        'The token of this start is missing or old.',
        'Open the address that spillover serve printed.',
      );
    }
    const isSafe = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (!isSafe && bearer === undefined && origin === undefined && site !== 'same-origin')
      throw new ApiFault(403, 'foreign-origin', 'A change must say which page it comes from.');
    await next();
  };
}

/** `//host` at the start of a redirect would lead to another machine. */
function cleanPath(path: string): string {
  return `/${path.replace(/^[/\\]+/, '')}`;
}

function same(given: string, token: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(token);
  return a.length === b.length && timingSafeEqual(a, b);
}
