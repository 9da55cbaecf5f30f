import type { Hono } from 'hono';

interface Post {
  no: number;
  resto: number;
  time: number;
  name: string;
  com?: string;
  sub?: string;
  [field: string]: unknown;
}

interface Thread {
  no: number;
  bumped: number;
  modified: number;
  archivedAt: number | null;
  posts: (Post | unknown)[];
}

/** A board as 4chan's API shows it: pages of threads by last bump, pruning, archive, conditional requests, at most one request a second. */
export class FakeBoard {
  readonly threads = new Map<number, Thread>();
  readonly archive = new Map<number, Thread>();
  readonly #now: () => number;
  keepsArchive: boolean;
  readonly #most: number;
  #next = 1000;
  #lastRequest = Number.NEGATIVE_INFINITY;
  /** Threads that the next request gets as they were. */
  readonly #stale = new Map<number, Thread>();
  staleAnswers = 0;
  /** Requests that came less than a second after the one before, which the real server answers with 429. */
  tooFast = 0;
  shortestGapMs = Number.POSITIVE_INFINITY;

  constructor(now: () => number, options: { threads?: number; archive?: boolean } = {}) {
    this.#now = now;
    this.#most = options.threads ?? 150;
    this.keepsArchive = options.archive ?? true;
  }

  open(text: string, more: object = {}): number {
    const no = this.#next++;
    const time = Math.floor(this.#now() / 1000);
    const post = { no, resto: 0, time, name: 'Anonymous', sub: `thread ${no}`, com: text, ...more };
    this.threads.set(no, { no, bumped: this.#now(), modified: time, archivedAt: null, posts: [post] });
    this.#prune();
    return no;
  }

  reply(thread: number, text: string, more: object = {}): number {
    const found = this.threads.get(thread);
    if (!found) throw new Error(`no thread ${thread}`);
    const no = this.#next++;
    const time = Math.floor(this.#now() / 1000);
    found.posts.push({ no, resto: thread, time, name: 'Anonymous', com: text, ...more });
    found.bumped = this.#now();
    found.modified = time;
    return no;
  }

  /** Keeps a thread as it is; what it returns makes the next answer that old one, as a cache that lags does. */
  keepAnswer(thread: number): () => void {
    const kept = structuredClone(this.threads.get(thread)!);
    return () => this.#stale.set(thread, kept);
  }

  addOdd(thread: number, member: unknown): void {
    const found = this.threads.get(thread)!;
    found.posts.push(member);
    found.modified = Math.floor(this.#now() / 1000);
  }

  edit(thread: number, no: number, text: string): void {
    const found = this.threads.get(thread)!;
    const post = found.posts.find((one) => (one as Post)?.no === no) as Post;
    post.com = text;
    found.modified = Math.floor(this.#now() / 1000);
  }

  deletePost(thread: number, no: number): void {
    const found = this.threads.get(thread)!;
    found.posts = found.posts.filter((one) => (one as Post)?.no !== no);
    found.modified = Math.floor(this.#now() / 1000);
  }

  deleteThread(no: number): void {
    this.threads.delete(no);
  }

  prune(no: number): void {
    const found = this.threads.get(no);
    if (!found) return;
    this.threads.delete(no);
    if (this.keepsArchive) this.archive.set(no, { ...found, archivedAt: this.#now() });
  }

  #prune(): void {
    while (this.threads.size > this.#most) {
      const last = [...this.threads.values()].reduce((a, b) => (b.bumped < a.bumped ? b : a));
      this.prune(last.no);
    }
  }

  /** Serves the board under `/<name>/`. */
  serve(app: Hono, name: string): void {
    app.use(`/${name}/*`, async (context, next) => {
      const gap = this.#now() - this.#lastRequest;
      this.shortestGapMs = Math.min(this.shortestGapMs, gap);
      this.#lastRequest = this.#now();
      if (gap < 1000) {
        this.tooFast++;
        return context.body('slow down', 429);
      }
      await next();
    });
    app.get(`/${name}/threads.json`, (context) => {
      const order = [...this.threads.values()].sort((a, b) => b.bumped - a.bumped);
      const pages = [];
      for (let from = 0; from < order.length; from += 15)
        pages.push({
          page: from / 15 + 1,
          threads: order.slice(from, from + 15).map((one) => ({
            no: one.no,
            last_modified: one.modified,
            replies: one.posts.length - 1,
          })),
        });
      return conditional(context.req.raw, pages, Math.max(0, ...order.map((one) => one.modified)), order.length);
    });
    app.get(`/${name}/archive.json`, (context) =>
      this.keepsArchive ? context.json([...this.archive.keys()]) : context.notFound(),
    );
    app.get(`/${name}/thread/:file`, (context) => {
      const no = Number(context.req.param('file').replace('.json', ''));
      const stale = this.#stale.get(no);
      if (stale) {
        this.#stale.delete(no);
        this.staleAnswers++;
        return conditional(new Request(context.req.url), { posts: stale.posts }, stale.modified, 0);
      }
      const found = this.threads.get(no) ?? this.archive.get(no);
      if (!found) return context.notFound();
      const posts = found.posts.map((post, index) =>
        index === 0 && found.archivedAt !== null
          ? { ...(post as Post), archived: 1, archived_on: Math.floor(found.archivedAt / 1000) }
          : post,
      );
      return conditional(context.req.raw, { posts }, found.modified, 0);
    });
  }
}

/** 304 where nothing changed since; the list also changes when threads leave it, which only its length shows here. */
function conditional(request: Request, body: unknown, modified: number, salt: number): Response {
  const lastModified = new Date(modified * 1000).toUTCString();
  const etag = `"${modified}-${salt}"`;
  const headers = { 'last-modified': lastModified, 'content-type': 'application/json', ...(salt ? { etag } : {}) };
  const since = Date.parse(request.headers.get('if-modified-since') ?? '');
  const match = request.headers.get('if-none-match');
  if (match !== null ? match === etag : since >= modified * 1000) return new Response(null, { status: 304, headers });
  return new Response(JSON.stringify(body), { headers });
}
