import { httpFake } from './http-fake.ts';
import type { PolledFake } from './polled-fake.ts';

const quarterHour = 900_000;

/** GDELT DOC 2.0, mode artlist: at most 250 articles of a span, times in steps of 15 minutes, plain text where it asks for patience. */
export function fakeGdelt(now: () => number): PolledFake {
  const http = httpFake(now);
  const articles: { url: string; seen: number; record: object }[] = [];
  let serial = 0;
  let last = Number.NEGATIVE_INFINITY;
  const read = (text: string | undefined) =>
    Date.parse((text ?? '').replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z'));
  http.app.get('/api/v2/doc/doc', (context) => {
    const wait = now() - last;
    last = now();
    if (wait < 5_000) return context.text('Please limit requests to one every 5 seconds.');
    if ((context.req.query('query') ?? '').length < 3) return context.html('<p>Your query was too short.</p>');
    const from = read(context.req.query('startdatetime'));
    const to = read(context.req.query('enddatetime'));
    const most = Math.min(250, Number(context.req.query('maxrecords') ?? 75));
    const found = articles.filter(({ seen }) => seen >= from && seen <= to).slice(-most);
    return context.json(found.length === 0 ? {} : { articles: found.reverse().map(({ record }) => record) });
  });
  const add = (title: string, seendate?: string, at = now()) => {
    const url = `https://outlet${serial % 7}.example/article/${serial++}`;
    const seen = Math.floor(at / quarterHour) * quarterHour;
    const stamp = new Date(seen).toISOString().replace(/[-:]/g, '').replace('.000', '');
    const record = {
      url,
      url_mobile: '',
      title,
      seendate: seendate ?? stamp,
      socialimage: '',
      domain: new URL(url).hostname,
      language: 'English',
      sourcecountry: 'France',
    };
    articles.push({ url, seen, record });
    return url;
  };
  return {
    http,
    collector: 'gdelt',
    options: { query: '"macron leaks"', backDays: 1 },
    intervalMs: 5_000,
    everyMs: 900_000,
    initial: 3,
    publish: (text) => add(text),
    publishLate: (text, time) => add(text, undefined, time),
    repeat: (id) => {
      const index = articles.findIndex(({ url }) => url === id);
      articles.splice(index, 0, articles[index]!);
    },
    publishMalformed: () => add('undated', 'soon'),
    flood: () => {
      for (let count = 0; count < 300; count++) add(`flood ${count}`);
    },
  };
}
