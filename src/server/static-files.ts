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
 * Answers with a file of the built workbench, or with its page for any other address (the page routes by itself). Only names
 * found by listing the folder are served, so no address can reach beyond it.
 */
export function staticFiles(folder: string): (c: Context<Passed>) => Response {
  let known = listed(folder);
  return (c) => {
    const name = c.req.path.slice(1);
    if (!known.has(name) && existsSync(folder)) known = listed(folder);
    const path = name === 'index.html' ? undefined : known.get(name);
    if (path !== undefined) {
      const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
      return c.body(new Uint8Array(readFileSync(path)), 200, {
        'content-type': type,
        'cache-control': name.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
      });
    }
    const page = known.get('index.html');
    if (page === undefined)
      return c.text(
        'The workbench is not built: run npm run build in the folder of Spillover, then start again.\n',
        503,
      );
    if (name.startsWith('assets/')) return c.text('There is no such file.\n', 404);
    return c.html(readFileSync(page, 'utf8').replaceAll('__CSP_NONCE__', c.get('nonce')), 200, {
      'cache-control': 'no-store',
    });
  };
}

function listed(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  if (!existsSync(folder)) return found;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(path.slice(folder.length + 1).replaceAll('\\', '/'), path);
  }
  return found;
}
