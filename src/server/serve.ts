import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { UserError } from '../base/errors.ts';
import type { Case } from '../case/case.ts';
import { createApp } from './app.ts';
import { openWorkbench } from './open-workbench.ts';

export interface ServeOptions {
  /** 0 takes any free port. */
  port: number;
  webFolder: string;
  /** Pseudonyms for accounts that are no public figures in every answer. */
  isMasked?: boolean;
  onBug: (error: unknown) => void;
}

export interface Served {
  /** Address with the token of this start. */
  url: string;
  port: number;
  close: () => Promise<void>;
}

/** Serves an open case on 127.0.0.1. @throws UserError when the port is taken. */
export async function serveCase(spilloverCase: Case, options: ServeOptions): Promise<Served> {
  const bench = await openWorkbench(spilloverCase, options);
  const token = randomBytes(24).toString('base64url');
  let fetch: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 });
  const server = createAdaptorServer({ fetch: (request: Request) => fetch(request), hostname: '127.0.0.1' });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, '127.0.0.1', resolve);
    });
  } catch (error) {
    await bench.close();
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new UserError(
      code === 'EADDRINUSE' ? `Port ${options.port} is in use.` : `Port ${options.port} may not be opened.`,
      'Choose another with --port N; --port 0 takes any free one.',
      { cause: error },
    );
  }
  const { port } = server.address() as AddressInfo;
  const app = createApp(bench, { token, port, webFolder: options.webFolder, onBug: options.onBug });
  fetch = (request) => app.fetch(request);
  return {
    url: `http://127.0.0.1:${port}/?token=${token}`,
    port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await bench.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
