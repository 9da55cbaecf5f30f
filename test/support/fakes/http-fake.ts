import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { neverAnswered, requestNumber } from './never-answered.ts';
import type { Fault, SeenRequest } from './seen-request.ts';

export interface HttpFake {
  app: Hono;
  server: Server;
  requests: SeenRequest[];
  faults: Fault[];
  baseUrl: () => string;
  listen: () => Promise<void>;
  close: () => Promise<void>;
}

/** A server on loopback that writes down every request and meets it with the next fault, if there is one. */
export function httpFake(now: () => number): HttpFake {
  const app = new Hono();
  const requests: SeenRequest[] = [];
  const faults: Fault[] = [];
  const sockets = new Set<Socket>();
  app.use('*', async (context, next) => {
    const url = new URL(context.req.url);
    const seen = {
      time: now(),
      path: url.pathname,
      query: url.searchParams,
      headers: context.req.raw.headers,
      status: 0,
    };
    requests.push(seen);
    const fault = nextFault(faults, url.pathname);
    if (fault && ('hang' in fault || 'stall' in fault)) {
      neverAnswered.add(context.req.header(requestNumber) ?? '');
      if ('stall' in fault) return new Response(halfAnswer());
      await new Promise(() => {});
    } else if (fault && 'status' in fault) {
      seen.status = fault.status;
      return context.body(fault.body ?? 'a fault', fault.status as 500, retryAfter(fault));
    } else if (fault) return context.body((fault as { body: string }).body, 200);
    await next();
    seen.status = context.res.status;
  });
  const server = createServer(getRequestListener(app.fetch));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return {
    app,
    server,
    requests,
    faults,
    baseUrl: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    listen: () => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Takes the first fault that is meant for this path out of the list. */
export function nextFault(faults: Fault[], path: string): Fault | undefined {
  const index = faults.findIndex((fault) => fault.path === undefined || path.endsWith(fault.path));
  return index < 0 ? undefined : faults.splice(index, 1)[0];
}

export const retryAfter = (fault: { retryAfter?: string }): Record<string, string> =>
  fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };

const halfAnswer = () =>
  new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"half":')) });
