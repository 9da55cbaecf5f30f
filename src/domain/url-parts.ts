import { domainToASCII } from 'node:url';

/**
 * An http or https address taken apart: host in lower-case ASCII, port with its `:` and empty where it is the default, path in
 * canonical form, query and fragment as written and without their delimiters.
 */
export interface UrlParts {
  host: string;
  port: string;
  path: string;
  query: string;
  fragment: string;
}

const schemeStart = /^(?:https?:[/\\]+)+/i;
const plainHost = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/;

/** Takes an address apart; null where it is not http or https or its host cannot be one on the public net. */
export function urlParts(raw: string): UrlParts | null {
  let text = raw.trim();
  const scheme = schemeStart.exec(text);
  if (!scheme) return null;
  text = text.slice(scheme[0].length);
  if (/[\t\n\r]/.test(text)) text = text.replace(/[\t\n\r]+/g, '');
  if (text.includes('&amp;')) text = text.replace(/&(?:amp;)+/g, '&');
  const fragmentAt = text.indexOf('#');
  const fragment = fragmentAt < 0 ? '' : text.slice(fragmentAt + 1);
  if (fragmentAt >= 0) text = text.slice(0, fragmentAt);
  const queryAt = text.indexOf('?');
  const query = queryAt < 0 ? '' : text.slice(queryAt).replace(/(^|&)(?:\?|amp;)+/g, '$1');
  if (queryAt >= 0) text = text.slice(0, queryAt);
  const pathAt = text.search(/[/\\]/);
  const path = pathAt < 0 ? '/' : normalPath(text.slice(pathAt).replaceAll('\\', '/'));
  const authority = pathAt < 0 ? text : text.slice(0, pathAt);
  const login = authority.lastIndexOf('@');
  const portAt = authority.indexOf(':', login + 1);
  const port = portAt < 0 ? '' : authority.slice(portAt);
  if (!/^(?::[0-9]{0,5})?$/.test(port)) return null;
  const host = asciiHost(authority.slice(login + 1, portAt < 0 ? undefined : portAt));
  return host === null ? null : { host, port: /^:(?:0*(?:80|443))?$/.test(port) ? '' : port, path, query, fragment };
}

function asciiHost(raw: string): string | null {
  let host = raw.toLowerCase();
  if (host.endsWith('.')) host = host.slice(0, -1);
  if (!plainHost.test(host) || /^[0-9.]+$|xn--/.test(host)) {
    host = domainToASCII(host.includes('%') ? decodedAscii(host) : host);
    if (host.endsWith('.')) host = host.slice(0, -1);
    if (!plainHost.test(host)) return null;
  }
  return host.length > 63 && (host.length > 253 || host.split('.').some((label) => label.length > 63)) ? null : host;
}

/** Percent-encoded ASCII decoded; bytes of other characters stay encoded, so that nothing can fail. */
export function decodedAscii(text: string): string {
  return text.includes('%')
    ? text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

const ampEnding = /(?:\/amp|\.amp(?:\.html)?)$/;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~';
const inPath = spelling("!$'()*,:;@", '&=+/');
const inFragment = spelling("!$'()*,:;@/?", '&=+');
const inQuery = spelling("!$'()*,:@/?", ';=&');

/**
 * The path in canonical form: one spelling for each character (percent-encoding decoded where the character has no second
 * meaning there, upper-case digits where it stays, all else encoded as UTF-8), dot segments resolved, without session ids,
 * tracking parameters glued to it, AMP endings and, but for the root, trailing slashes.
 */
export function normalPath(path: string): string {
  let normal = /^[\w\-.~!$'()*,:;@&=+/]*$/.test(path) ? path : respelled(path, inPath);
  if (normal.includes('&')) normal = normal.replace(/&(?:fbclid|utm_[a-z]+)=.*$/i, '');
  if (normal.includes(';')) normal = normal.replace(/;jsessionid=[^/]*/gi, '');
  if (normal.includes('/.')) normal = withoutDotSegments(normal);
  while (normal.length > 1) {
    let end = normal.length;
    while (end > 1 && normal[end - 1] === '/') end--;
    const ending = ampEnding.exec(normal.slice(end - 9 < 0 ? 0 : end - 9, end));
    if (ending && ending[0].length < end - 1) end -= ending[0].length;
    if (end === normal.length) break;
    normal = normal.slice(0, end);
  }
  return normal;
}

/** The same for a part of a query; a plus sign there is a blank. */
export function normalQuery(query: string): string {
  return /^[\w\-.~=]*$/.test(query) ? query : respelled(query.replaceAll('+', '%20'), inQuery);
}

/** The same for a fragment that is kept. */
export function normalFragment(fragment: string): string {
  return respelled(fragment, inFragment);
}

interface Spelling {
  /** By ASCII code, 1 where the plain character is right also for an encoded one. */
  decoded: Uint8Array;
  /** By ASCII code, 1 where the plain character stays, with another meaning than the encoded one. */
  kept: Uint8Array;
}

function spelling(harmless: string, meaningful: string): Spelling {
  const marks = (characters: string) => {
    const marked = new Uint8Array(256);
    for (const character of characters) marked[character.charCodeAt(0)] = 1;
    return marked;
  };
  return { decoded: marks(letters + harmless), kept: marks(letters + harmless + meaningful) };
}

function respelled(text: string, { decoded, kept }: Spelling): string {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x25) {
      const byte = byteOf(text, at + 1);
      if (byte >= 0) at += 2;
      out += byte < 0 ? '%25' : decoded[byte] ? String.fromCharCode(byte) : encodedByte(byte);
    } else if (code >= 0x80) {
      const whole = String.fromCodePoint(text.codePointAt(at)!);
      at += whole.length - 1;
      out += encodeURIComponent(code >= 0xd800 && code < 0xe000 && whole.length === 1 ? '\ufffd' : whole);
    } else out += kept[code] ? text[at] : encodedByte(code);
  }
  return out;
}

function byteOf(text: string, at: number): number {
  const [high, low] = [hexDigit(text.charCodeAt(at)), hexDigit(text.charCodeAt(at + 1))];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function encodedByte(byte: number): string {
  return `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
}

function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  segments.forEach((segment, at) => {
    if (segment === '..') kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (at === segments.length - 1) kept.push('');
  });
  return `/${kept.join('/')}`;
}
