import { httpFake } from './http-fake.ts';
import type { PolledFake } from './polled-fake.ts';

interface Rule {
  id: string;
  value: string;
  tag: string;
}

/** The X API v2: rules, filtered stream with heartbeats and matching rules, recent search and full archive by page, quota headers. */
export function fakeX(now: () => number): PolledFake & {
  rules: Rule[];
  cut: (message?: object) => void;
  /** Streams stay open and nothing is sent on them any more. */
  goSilent: () => void;
  raw: (line: string) => void;
  listeners: () => number;
  paidFor: () => number;
} {
  const http = httpFake(now);
  const tweets: {
    id: string;
    author_id: string;
    created_at: string;
    text: string;
    edit_history_tweet_ids: string[];
  }[] = [];
  const rules: Rule[] = [{ id: '1', value: 'cats', tag: 'somebody else' }];
  const sinks = new Map<(line: string) => void, () => void>();
  let serial = 0;
  let paid = 0;
  const authorised = (header: string | undefined) => header === 'Bearer my-bearer';
  const users = [{ id: '99', username: 'ann', name: 'Ann', created_at: '2015-01-01T00:00:00.000Z' }];
  http.app.use('/2/*', async (context, next) => {
    if (!authorised(context.req.header('authorization')))
      return context.json({ title: 'Unauthorized', status: 401 }, 401);
    await next();
  });
  http.app.get('/2/tweets/search/stream/rules', (context) =>
    context.json({ data: rules, meta: { result_count: rules.length } }),
  );
  http.app.post('/2/tweets/search/stream/rules', async (context) => {
    const change = (await context.req.json()) as {
      add?: { value: string; tag?: string }[];
      delete?: { ids: string[] };
    };
    for (const id of change.delete?.ids ?? [])
      rules.splice(
        rules.findIndex((rule) => rule.id === id),
        1,
      );
    const errors = [];
    for (const { value, tag = '' } of change.add ?? []) {
      if (value.includes('(('))
        errors.push({ value, title: 'UnprocessableEntity', details: ['Unbalanced parentheses'] });
      else rules.push({ id: String(100 + serial++), value, tag });
    }
    return context.json(
      { meta: { sent: new Date(now()).toISOString() }, ...(errors.length > 0 ? { errors } : {}) },
      201,
    );
  });
  http.app.get('/2/tweets/search/stream', () => {
    const encoder = new TextEncoder();
    let sink: (line: string) => void = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        sink = (line) => controller.enqueue(encoder.encode(`${line}\r\n`));
        sinks.set(sink, () => controller.close());
        sink('');
      },
      cancel: () => {
        sinks.delete(sink);
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  });
  for (const kind of ['recent', 'all'])
    http.app.get(`/2/tweets/search/${kind}`, (context) => {
      const from = Date.parse(context.req.query('start_time') ?? '2000-01-01T00:00:00Z');
      const to = Date.parse(context.req.query('end_time') ?? '2100-01-01T00:00:00Z');
      if (kind === 'recent' && from < now() - 7 * 86_400_000)
        return context.json(
          { title: 'Invalid Request', errors: [{ message: "'start_time' must be on or after seven days ago" }] },
          400,
        );
      if (to > now() - 10_000)
        return context.json(
          { title: 'Invalid Request', errors: [{ message: "'end_time' must be a minimum of 10 seconds prior" }] },
          400,
        );
      const most = Number(context.req.query('max_results') ?? 10);
      const start = Number(context.req.query('next_token') ?? 0);
      const found = tweets
        .filter(({ created_at }) => Date.parse(created_at) >= from && Date.parse(created_at) < to)
        .reverse();
      const data = found.slice(start, start + most);
      paid += data.length;
      const meta = {
        result_count: data.length,
        newest_id: data[0]?.id,
        ...(start + most < found.length ? { next_token: String(start + most) } : {}),
      };
      return context.json(data.length === 0 ? { meta } : { data, includes: { users }, meta }, 200, {
        'x-rate-limit-limit': '450',
        'x-rate-limit-remaining': '400',
        'x-rate-limit-reset': String(Math.floor(now() / 1000) + 900),
      });
    });
  const tell = (line: string) => {
    for (const sink of sinks.keys()) sink(line);
  };
  const add = (text: string, at = now()) => {
    const id = String(((BigInt(Math.floor(at)) - 1288834974657n) << 22n) + BigInt(serial++ % 4096));
    const tweet = {
      id,
      author_id: '99',
      created_at: new Date(Math.floor(at)).toISOString(),
      text,
      edit_history_tweet_ids: [id],
    };
    tweets.push(tweet);
    return { id, tweet };
  };
  const streamOut = (tweet: (typeof tweets)[number]) => {
    const own = rules.find((rule) => rule.tag.startsWith('spillover'));
    if (own) tell(JSON.stringify({ data: tweet, includes: { users }, matching_rules: [{ id: own.id, tag: own.tag }] }));
  };
  const publish = (text: string) => {
    const { id, tweet } = add(text);
    streamOut(tweet);
    return id;
  };
  return {
    http,
    collector: 'x',
    options: { search: 'leak', maxPosts: 1_000_000 },
    environment: { SPILLOVER_X_BEARER: 'my-bearer' },
    intervalMs: 1_000,
    everyMs: 300_000,
    initial: 3,
    publish,
    repeat: (id) => {
      const index = tweets.findIndex((tweet) => tweet.id === id);
      tweets.splice(index, 0, tweets[index]!);
      streamOut(tweets[index]!);
    },
    publishLate: (text, time) => {
      const { id, tweet } = add(text, time);
      streamOut(tweet);
      return id;
    },
    publishMalformed: () => {
      tweets.push({
        id: '',
        author_id: '99',
        created_at: new Date(now()).toISOString(),
        text: 'no id',
        edit_history_tweet_ids: [],
      });
    },
    pauseMs: 8 * 86_400_000,
    flood: () => {
      for (let count = 0; count < 150; count++) add(`flood ${count}`);
    },
    rules,
    cut: (message) => {
      for (const [sink, close] of sinks) {
        if (message) sink(JSON.stringify(message));
        close();
      }
      sinks.clear();
    },
    goSilent: () => sinks.clear(),
    raw: tell,
    listeners: () => sinks.size,
    paidFor: () => paid,
  };
}
