import { FakeJetstream } from './jetstream-server.ts';
import { fakeMastodon } from './mastodon-server.ts';
import type { Fault } from './seen-request.ts';
import { fakeX } from './x-server.ts';

/** A fake of a source that sends what comes as it comes, with what the contract of all of them needs to steer it. */
export interface StreamedFake {
  collector: string;
  options: Record<string, unknown>;
  environment: Record<string, string>;
  listen: () => Promise<void>;
  close: () => Promise<void>;
  baseUrl: () => string;
  /** What the next connections to the stream meet; a status of 200 is a connection that is closed at once. */
  refuse: (faults: readonly Fault[]) => void;
  /** When each connection to the stream was asked for. */
  asked: () => number[];
  listeners: () => number;
  publish: (text: string) => string;
  publishLate: (text: string, time: number) => string;
  repeat: (id: string) => void;
  remove?: (id: string) => void;
  edit?: (id: string, text: string) => void;
  sendMalformed: () => void;
  cut: () => void;
  goSilent: () => void;
  /** To be called in a break: what came in it can be had from nowhere. */
  lose: () => void;
}

export function jetstreamFake(now: () => number): StreamedFake {
  const fake = new FakeJetstream(now);
  return {
    collector: 'bluesky',
    options: {},
    environment: {},
    listen: () => fake.listen(),
    close: () => fake.stop(),
    baseUrl: () => fake.baseUrl,
    refuse: (faults) => fake.faults.push(...faults),
    asked: () => fake.asked,
    listeners: () => fake.listeners,
    publish: (text) => fake.post(text),
    publishLate: (text, time) => fake.post(text, { agoMs: now() - time }),
    repeat: () => fake.repeatLast(),
    remove: (id) => fake.delete(id),
    sendMalformed: () => fake.raw('{"did": "did:plc:broken", "time_us":'),
    cut: () => fake.cut(),
    goSilent: () => fake.goSilent(),
    lose: () => fake.forget(),
  };
}

export function mastodonFake(now: () => number, sse: boolean): StreamedFake {
  const fake = fakeMastodon(now);
  const stream = `/api/v1/streaming${sse ? '/public' : ''}`;
  return {
    ...fake,
    options: { server: 'social.example', sse },
    environment: { ...fake.environment },
    listen: fake.http.listen,
    close: fake.http.close,
    baseUrl: fake.http.baseUrl,
    refuse: (faults) => fake.http.faults.push(...faults.map((fault) => ({ ...fault, path: stream }))),
    asked: () => fake.http.requests.filter(({ path }) => path === stream).map(({ time }) => time),
    publishLate: fake.publishLate!,
    sendMalformed: () => (sse ? fake.tell('update', '{"id": "broken') : fake.raw('{"id": "broken')),
    lose: fake.flood,
  };
}

export function xFake(now: () => number): StreamedFake {
  const fake = fakeX(now);
  return {
    ...fake,
    options: { rule: ['leak'] },
    environment: { ...fake.environment },
    listen: fake.http.listen,
    close: fake.http.close,
    baseUrl: fake.http.baseUrl,
    refuse: (faults) => fake.http.faults.push(...faults.map((fault) => ({ ...fault, path: '/search/stream' }))),
    asked: () => fake.http.requests.filter(({ path }) => path.endsWith('/search/stream')).map(({ time }) => time),
    publishLate: fake.publishLate!,
    sendMalformed: () => fake.raw('{"data": {"id": "broken"'),
    cut: () => fake.cut(),
    lose: () => fake.http.faults.push({ path: '/search/recent', status: 400 }),
  };
}
