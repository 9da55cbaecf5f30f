import { httpFake } from './http-fake.ts';
import type { PolledFake } from './polled-fake.ts';

/** A page may hold fewer things than were asked for; small pages make big walks cheap. */
const pageSize = 10;

/** Reddit's OAuth listings: a token first, pages by `after`, about ten pages of a listing, counters in the answers. */
export function fakeReddit(now: () => number): PolledFake & { tokens: number; expire: () => void } {
  const http = httpFake(now);
  const things: { kind: string; data: Record<string, unknown> }[] = [];
  let serial = 0;
  let token = 'first';
  const reach = 10 * pageSize;
  const fake = { tokens: 0, expire: () => (token = `token-${serial++}`) };
  http.app.post('/api/v1/access_token', async (context) => {
    const basic = `Basic ${Buffer.from('my-id:my-secret').toString('base64')}`;
    if (context.req.header('authorization') !== basic) return context.json({ message: 'Unauthorized' }, 401);
    fake.tokens++;
    return context.json({ access_token: token, token_type: 'bearer', expires_in: 86_400 });
  });
  http.app.get('/r/leaks/new', (context) => {
    if (context.req.header('authorization') !== `Bearer ${token}`)
      return context.json({ message: 'Unauthorized' }, 401);
    const limit = Math.min(pageSize, Number(context.req.query('limit') ?? 25));
    const shown = things.toReversed().slice(0, reach);
    const after = context.req.query('after');
    const from = after === undefined ? 0 : shown.findIndex((thing) => thing.data.name === after) + 1;
    const children = shown.slice(from, from + limit);
    const last = children.at(-1)?.data.name;
    return context.json(
      {
        kind: 'Listing',
        data: { after: from + limit < shown.length ? last : null, before: null, dist: children.length, children },
      },
      200,
      { 'x-ratelimit-remaining': '90.0', 'x-ratelimit-used': '10', 'x-ratelimit-reset': '300' },
    );
  });
  const publish = (text: string, at = now()) => {
    const id = (46_656 + serial++).toString(36);
    const created = Math.floor(at / 1000);
    const newer = things.findIndex(({ data }) => (data.created_utc as number) > created);
    things.splice(newer < 0 ? things.length : newer, 0, {
      kind: 't3',
      data: {
        id,
        name: `t3_${id}`,
        author: 'someone',
        created_utc: created,
        subreddit: 'leaks',
        title: text,
        selftext: '',
        is_self: true,
        permalink: `/r/leaks/comments/${id}/x/`,
        num_comments: 0,
        score: 1,
      },
    });
    return `t3_${id}`;
  };
  return Object.assign(fake, {
    http,
    collector: 'reddit',
    options: { subreddit: ['leaks'], comments: false },
    environment: { SPILLOVER_REDDIT_CLIENT_ID: 'my-id', SPILLOVER_REDDIT_CLIENT_SECRET: 'my-secret' },
    intervalMs: 1_000,
    everyMs: 60_000,
    initial: 25,
    publish: (text: string) => publish(text),
    publishLate: publish,
    repeat: (id: string) => {
      const index = things.findIndex(({ data }) => data.name === id);
      things.splice(index, 0, things[index]!);
    },
    publishMalformed: () => {
      things.push({
        kind: 't3',
        data: { name: `t3_odd${serial++}`, created_utc: Math.floor(now() / 1000), title: 'no id' },
      });
    },
    flood: () => {
      for (let count = 0; count < reach + 50; count++) publish(`flood ${count}`);
    },
  });
}
