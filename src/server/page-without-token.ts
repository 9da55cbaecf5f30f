import type { Context } from 'hono';

/** What a browser sees that comes without the token of this start. */
export function pageWithoutToken(c: Context): Response {
  return c.html(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Spillover</title></head>
<body><main><h1>Open the address that was printed</h1>
<p>Each start of <code>spillover serve</code> has its own key, so that no other page of this machine can read the case. Use the whole address that it printed, with <code>?token=…</code>.</p></main></body></html>`,
    401,
  );
}
