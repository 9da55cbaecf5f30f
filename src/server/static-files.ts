import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'hono';
import type { Passed } from './security-headers.ts';

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
};

/**
 * Answers with a file of the built workbench, or with its page for any other address (the page routes by itself). All of it is read once, so that a
 * page goes on finding its parts while Spillover is rebuilt or updated beneath a running server, and no address can reach beyond the folder.
 */
export function staticFiles(folder: string): (c: Context<Passed>) => Response {
  let files = contents(folder);
  return (c) => {
    if (files.size === 0) files = contents(folder);
    const name = c.req.path.slice(1);
    const content = name === 'index.html' ? undefined : files.get(name);
    if (content !== undefined) {
      const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
      return c.body(new Uint8Array(content), 200, {
        'content-type': type,
        'cache-control': name.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
      });
    }
    const page = files.get('index.html')?.toString('utf8');
    if (page === undefined)
      return c.text(
        'The workbench is not built: run npm run build in the folder of Spillover, then load this page again.\n',
        503,
      );
    if (name.startsWith('assets/')) return c.text('There is no such file.\n', 404);
    return c.html(page.replaceAll('__CSP_NONCE__', c.get('nonce')), 200, { 'cache-control': 'no-store' });
  };
}

function contents(folder: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  if (!existsSync(folder)) return found;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path));
  }
  return found;
}
