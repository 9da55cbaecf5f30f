import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { recordKey } from './record-key.ts';

interface Held {
  timeUs: number;
  text: string;
}

/** Jetstream's v1 wire: every event to every listener, replay from a cursor in microseconds that is clamped to what is kept. */
export class FakeJetstream {
  readonly #now: () => number;
  readonly #http = createServer();
  readonly #sockets = new WebSocketServer({ server: this.#http, path: '/subscribe' });
  #events: Held[] = [];
  readonly #keep: number;
  #lastUs = 0;
  #serial = 0;
  /** Cursors that listeners came with; null where they came without. */
  readonly cursors: (string | null)[] = [];
  readonly agents: string[] = [];
  /** True: connections are accepted and then nothing is ever sent, not even a pong. */
  mute = false;
  refuse: number | null = null;

  /** `keep`: how many events are kept for replay. */
  constructor(now: () => number, { keep = Number.POSITIVE_INFINITY }: { keep?: number } = {}) {
    this.#now = now;
    this.#keep = keep;
    this.#http.on('upgrade', (_request, socket) => {
      if (this.refuse === null) return;
      socket.write(`HTTP/1.1 ${this.refuse} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      socket.destroy();
    });
    this.#sockets.on('connection', (socket, request) => {
      const query = new URL(request.url ?? '/', 'http://fake').searchParams;
      const cursor = query.get('cursor');
      this.cursors.push(cursor);
      this.agents.push(String(request.headers['user-agent']));
      if (this.mute) {
        socket.pause();
        return;
      }
      if (cursor !== null)
        for (const event of this.#events) if (event.timeUs >= Number(cursor)) socket.send(event.text);
    });
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
  }

  get baseUrl(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  get listeners(): number {
    return this.#sockets.clients.size;
  }

  /** Sends a new post; returns its id. */
  post(text: string, more: { did?: string; rkey?: string; agoMs?: number } = {}): string {
    const { did = 'did:plc:someone', rkey = recordKey(this.#serial++), agoMs = 0 } = more;
    const createdAt = new Date(this.#now() - agoMs).toISOString();
    const record = { $type: 'app.bsky.feed.post', text, createdAt, langs: ['en'] };
    this.#send(did, {
      kind: 'commit',
      commit: { rev: rkey, operation: 'create', collection: 'app.bsky.feed.post', rkey, record, cid: `bafy${rkey}` },
    });
    return `at://${did}/app.bsky.feed.post/${rkey}`;
  }

  delete(id: string): void {
    const [, , did, collection, rkey] = id.split('/');
    this.#send(did!, { kind: 'commit', commit: { rev: '3kx', operation: 'delete', collection, rkey } });
  }

  deleteAccount(did: string): void {
    this.#send(did, { kind: 'account', account: { active: false, did, seq: 1, status: 'deleted' } });
  }

  /** An identity event without a handle, as the real stream sends them. */
  identity(did: string): void {
    this.#send(did, { kind: 'identity', identity: { did, seq: 1, time: new Date(this.#now()).toISOString() } });
  }

  raw(text: string): void {
    for (const socket of this.#sockets.clients) socket.send(text);
  }

  /** The last event once more, to everybody. */
  repeatLast(): void {
    this.raw(this.#events.at(-1)!.text);
  }

  /** Breaks all connections without a closing frame. */
  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  close(code: number, reason: string): void {
    for (const socket of this.#sockets.clients) socket.close(code, reason);
  }

  /** The server keeps nothing of what came before. */
  forget(): void {
    this.#events = [];
  }

  stop(): Promise<void> {
    this.cut();
    return new Promise((resolve) => {
      this.#sockets.close();
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  #send(did: string, event: object): void {
    this.#lastUs = Math.max(this.#lastUs + 1, Math.floor(this.#now() * 1000));
    const held = { timeUs: this.#lastUs, text: JSON.stringify({ did, time_us: this.#lastUs, ...event }) };
    this.#events.push(held);
    if (this.#events.length > 2 * this.#keep) this.#events = this.#events.slice(-this.#keep);
    for (const socket of this.#sockets.clients as Set<WebSocket>) if (!this.mute) socket.send(held.text);
  }
}
