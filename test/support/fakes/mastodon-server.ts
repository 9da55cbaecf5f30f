import { type WebSocket, WebSocketServer } from 'ws';
import { httpFake } from './http-fake.ts';
import type { PolledFake } from './polled-fake.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

/** A page may hold fewer statuses than were asked for; small pages make long ways cheap. */
const pageSize = 5;

/** A Mastodon server: public timeline by page, streaming over WebSocket and server-sent events, a token needed for both streams. */
export function fakeMastodon(now: () => number): PolledFake & {
  remove: (id: string) => void;
  edit: (id: string, text: string) => void;
  raw: (text: string) => void;
  tell: (event: string, payload: string) => void;
  cut: () => void;
  /** Streams stay open and nothing is sent on them any more, not even an answer to a ping. */
  goSilent: () => void;
  listeners: () => number;
  tokensSeen: Set<string>;
} {
  const http = httpFake(now);
  const statuses: { id: string; [field: string]: unknown }[] = [];
  const tokensSeen = new Set<string>();
  const sinks = new Set<(event: string, payload: string) => void>();
  const sockets = new WebSocketServer({ noServer: true });
  let serial = 0;
  let breakStreams = () => {};
  const idAt = (time: number) => String((BigInt(Math.floor(time)) << 16n) + BigInt(serial++ % 65_536));
  const status = (id: string, text: string, at = now()) => ({
    id,
    uri: `https://social.example/users/ann/statuses/${id}`,
    url: `https://social.example/@ann/${id}`,
    created_at: new Date(at).toISOString(),
    edited_at: null,
    in_reply_to_id: null,
    language: 'en',
    visibility: 'public',
    spoiler_text: '',
    content: `<p>${text}</p>`,
    replies_count: 0,
    reblogs_count: 0,
    favourites_count: 0,
    account: {
      id: '7',
      username: 'ann',
      acct: 'ann',
      display_name: 'Ann',
      created_at: '2020-01-01T00:00:00.000Z',
      note: '',
    },
    mentions: [],
    tags: [],
    media_attachments: [],
    reblog: null,
  });
  http.app.get('/api/v2/instance', (context) =>
    context.json({ domain: 'social.example', configuration: { urls: { streaming: http.baseUrl() } } }),
  );
  http.app.get('/api/v1/timelines/:kind{public|tag/leak}', (context) => {
    const minimum = context.req.query('min_id');
    const limit = Math.min(pageSize, Number(context.req.query('limit') ?? 20));
    const newer = statuses.filter(({ id }) => minimum === undefined || BigInt(String(id)) > BigInt(minimum));
    const page = minimum === undefined ? newer.slice(-limit) : newer.slice(0, limit);
    return context.json(page.toReversed());
  });
  http.app.get('/api/v1/streaming/public', (context) => {
    if (context.req.header('authorization') !== 'Bearer my-token')
      return context.json({ error: 'Missing access token' }, 401);
    const encoder = new TextEncoder();
    let sink: (event: string, payload: string) => void = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        sink = (event, payload) => controller.enqueue(encoder.encode(`event: ${event}\ndata: ${payload}\n\n`));
        sinks.add(sink);
        controller.enqueue(encoder.encode(':)\n'));
        breakStreams = () => {
          sinks.delete(sink);
          controller.close();
        };
      },
      cancel: () => {
        sinks.delete(sink);
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });
  http.server.on('upgrade', (request, socket, head) => {
    const path = '/api/v1/streaming';
    http.requests.push({ time: now(), path, query: new URLSearchParams(), headers: new Headers(), status: 101 });
    tokensSeen.add(String(request.headers.authorization));
    if (refuseUpgrade(http.faults, sockets, request, socket, head)) return;
    if (request.headers.authorization !== 'Bearer my-token') {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      connection.on('message', (data) => {
        const wish = JSON.parse(String(data)) as { type: string; stream: string };
        if (wish.stream !== 'public')
          connection.send(JSON.stringify({ error: 'Unknown channel requested', status: 400 }));
        else listen(connection);
      });
    });
  });
  const listen = (connection: WebSocket) => {
    const sink = (event: string, payload: string) =>
      connection.send(JSON.stringify({ stream: ['public'], event, payload }));
    sinks.add(sink);
    connection.on('close', () => sinks.delete(sink));
  };
  const tell = (event: string, payload: string) => {
    for (const sink of sinks) sink(event, payload);
  };
  const publish = (text: string) => {
    const id = idAt(now());
    const made = status(id, text);
    statuses.push(made);
    tell('update', JSON.stringify(made));
    return id;
  };
  const publishLate = (text: string, time: number) => {
    const id = idAt(time);
    const made = status(id, text, time);
    const newer = statuses.findIndex((one) => BigInt(one.id) > BigInt(id));
    statuses.splice(newer < 0 ? statuses.length : newer, 0, made);
    tell('update', JSON.stringify(made));
    return id;
  };
  return {
    http,
    collector: 'mastodon',
    options: { server: 'social.example', poll: true },
    environment: { SPILLOVER_MASTODON_TOKEN: 'my-token' },
    intervalMs: 1_000,
    everyMs: 30_000,
    initial: 3,
    publish,
    publishLate,
    repeat: (id) => {
      const index = statuses.findIndex((one) => one.id === id);
      statuses.splice(index, 0, statuses[index]!);
      tell('update', JSON.stringify(statuses[index]));
    },
    publishMalformed: () => {
      statuses.push({
        id: idAt(now()),
        content: '<p>no time</p>',
        account: { id: '7' },
        visibility: 'public',
      });
    },
    flood: () => {
      for (let count = 0; count < 201 * pageSize; count++) statuses.push(status(idAt(now()), `flood ${count}`));
    },
    remove: (id) => {
      statuses.splice(
        statuses.findIndex((one) => one.id === id),
        1,
      );
      tell('delete', id);
    },
    edit: (id, text) => {
      const found = statuses.find((one) => one.id === id)!;
      Object.assign(found, { content: `<p>${text}</p>`, edited_at: new Date(now()).toISOString() });
      tell('status.update', JSON.stringify(found));
    },
    tell,
    raw: (text) => {
      for (const socket of sockets.clients) socket.send(text);
    },
    cut: () => {
      for (const socket of sockets.clients) socket.terminate();
      breakStreams();
    },
    goSilent: () => {
      for (const socket of sockets.clients) socket.pause();
      sinks.clear();
    },
    listeners: () => sinks.size,
    tokensSeen,
  };
}
