import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { recordKey } from './record-key.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import type { Fault } from './seen-request.ts';

interface Held {
  timeUs: number;
  text: string;
}

/** Jetstream's v1 wire: every event to every listener, replay from a cursor in microseconds that is clamped to what is kept. */
export class FakeJetstream {
  readonly #now: () => number;
  readonly #http = createServer();
  readonly #sockets = new WebSocketServer({ noServer: true });
  #events: Held[] = [];
  readonly #keep: number;
  #lastUs = 0;
  #serial = 0;
  /** Cursors that listeners came with; null where they came without. */
  readonly cursors: (string | null)[] = [];
  readonly agents: string[] = [];
  /** Packs messages for listeners that ask for it. */
  compress: ((text: string) => Buffer) | null = null;
  readonly #compressed = new Set<WebSocket>();
  bytesSent = 0;
  /** Connections that stand and on which nothing is ever sent again, not even a pong. */
  readonly #silent = new Set<WebSocket>();
  /** What the next connections meet. */
  readonly faults: Fault[] = [];
  /** When each connection was asked for, by the clock of the test. */
  readonly asked: number[] = [];

  /** `keep`: how many events are kept for replay. */
  constructor(now: () => number, { keep = Number.POSITIVE_INFINITY }: { keep?: number } = {}) {
    this.#now = now;
    this.#keep = keep;
    this.#http.on('upgrade', (request, socket, head) => {
      this.asked.push(now());
      if (refuseUpgrade(this.faults, this.#sockets, request, socket, head)) return;
      this.#sockets.handleUpgrade(request, socket, head, (one) => this.#sockets.emit('connection', one, request));
    });
    this.#sockets.on('connection', (socket, request) => {
      const query = new URL(request.url ?? '/', 'http://fake').searchParams;
      const cursor = query.get('cursor');
      this.cursors.push(cursor);
      this.agents.push(String(request.headers['user-agent']));
      if (query.get('compress') === 'true') this.#compressed.add(socket);
      if (cursor !== null)
        for (const event of this.#events) if (event.timeUs >= Number(cursor)) this.#tell(socket, event.text);
    });
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
  }

  get baseUrl(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  get listeners(): number {
    return this.#heard.length;
  }

  get #heard(): WebSocket[] {
    return [...this.#sockets.clients].filter((socket) => !this.#silent.has(socket));
  }

  goSilent(): void {
    for (const socket of this.#heard) {
      socket.pause();
      this.#silent.add(socket);
    }
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
    for (const socket of this.#heard) this.#tell(socket, text);
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

  #tell(socket: WebSocket, text: string): void {
    const message = this.compress !== null && this.#compressed.has(socket) ? this.compress(text) : text;
    this.bytesSent += message.length;
    socket.send(message);
  }

  #send(did: string, event: object): void {
    this.#lastUs = Math.max(this.#lastUs + 1, Math.floor(this.#now() * 1000));
    const held = { timeUs: this.#lastUs, text: JSON.stringify({ did, time_us: this.#lastUs, ...event }) };
    this.#events.push(held);
    if (this.#events.length > 2 * this.#keep) this.#events = this.#events.slice(-this.#keep);
    for (const socket of this.#heard) this.#tell(socket, held.text);
  }
}
