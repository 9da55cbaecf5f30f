import { SourceError, UserError } from '../base/errors.ts';
import type { Batch, CollectorInput, Deletion, Gap } from './collector.ts';
import { authorization } from './mastodon-access.ts';
import { type MastodonTimelines, type Timeline, timelineKey } from './mastodon-timelines.ts';
import { PlaceRefusal } from './place-refusal.ts';
import { Reconnection } from './reconnection.ts';
import { eventsOf } from './server-sent-events.ts';
import { type Frame, socketFrames } from './socket-frames.ts';

interface Message {
  /** Key of the timeline that it belongs to. */
  timeline: string;
  event: string;
  payload: string;
}

const idleMs = 90_000;
const reconnect = { baseMs: 1_000, capMs: 120_000 };
const refusalHint =
  'Streaming needs a token of an account on this server (SPILLOVER_MASTODON_TOKEN); --poll works without one where the server shows its timelines.';

/** Follows the streams of one server; after every break the timelines give what came meanwhile. */
export async function* readMastodonStream(
  input: CollectorInput,
  timelines: MastodonTimelines,
  streams: readonly Timeline[],
  transport: 'websocket' | 'sse',
): AsyncGenerator<Batch> {
  const { world } = input;
  const server = await timelines.streamingServer();
  let through: number | null = timelines.lastRead;
  const reconnection = new Reconnection(input, reconnect, refusalHint);
  for (;;) {
    reconnection.opening();
    try {
      const messages =
        transport === 'sse' ? overEvents(input, timelines, server, streams) : overSocket(input, server, streams);
      let isFirst = true;
      for await (const batch of messages) {
        reconnection.heard(batch.length > 0);
        const arrived = world.now();
        if (isFirst) {
          yield* caughtUp(input, timelines, streams, through, arrived);
          isFirst = false;
        }
        through = arrived;
        timelines.lastRead = arrived;
        yield { ...sorted(batch, timelines, arrived), cursor: timelines.cursor(), collectedThrough: arrived };
      }
    } catch (error) {
      await reconnection.waitAfter(error);
    }
  }
}

/** What came since the last break, by the timelines; the first start reads their newest page only. */
async function* caughtUp(
  input: CollectorInput,
  timelines: MastodonTimelines,
  streams: readonly Timeline[],
  through: number | null,
  now: number,
): AsyncGenerator<Batch> {
  let isWhole = true;
  for (const stream of streams) {
    try {
      for await (const { records, ended } of timelines.newer(stream)) {
        if (ended !== undefined && ended !== 'whole') isWhole = false;
        yield { records };
      }
    } catch (error) {
      if (!(error instanceof PlaceRefusal) || (through === null && streams.length === 1)) throw error;
      isWhole = false;
      input.note(`${error.message.replace(/\.$/, '')}: what its stream brings is collected all the same`);
    }
  }
  if (through === null) {
    yield { collectedFrom: now };
    return;
  }
  const gap: Gap = isWhole
    ? {
        from: through,
        to: now,
        missed: null,
        flag: 'late',
        cause: 'the stream broke; read afterwards from the timelines, without posts deleted meanwhile',
      }
    : {
        from: through,
        to: now,
        missed: null,
        flag: 'gap',
        cause: 'the stream broke, and the timelines do not give everything that came meanwhile',
      };
  yield { gaps: [gap] };
}

function sorted(messages: readonly Message[], timelines: MastodonTimelines, time: number): Batch {
  const records: string[] = [];
  const deletions: Deletion[] = [];
  let passedOver = 0;
  for (const { timeline, event, payload } of messages) {
    if (event === 'update' || event === 'status.update') {
      if (timelines.takes(payload, event === 'update' ? timeline : null)) records.push(payload);
      else passedOver++;
    } else if (event === 'delete') deletions.push({ postId: payload.trim().replaceAll('"', ''), time });
    else if (event === 'malformed') records.push(payload);
    else passedOver++;
  }
  return { records, deletions, passedOver };
}

async function* overSocket(
  input: CollectorInput,
  server: string,
  streams: readonly Timeline[],
): AsyncGenerator<Message[]> {
  const url = new URL('/api/v1/streaming', server);
  url.protocol = url.protocol.replace('http', 'ws');
  const frames = socketFrames(url.href, {
    source: 'mastodon',
    ...input,
    headers: { 'user-agent': input.userAgent, ...authorization(input) },
    idleMs,
    onOpen: (send) => {
      for (const { stream, tag } of streams)
        send(JSON.stringify({ type: 'subscribe', stream, ...(tag === null ? {} : { tag }) }));
    },
  });
  for await (const batch of frames) yield batch.map((frame) => readFrame(frame));
}

function readFrame({ data }: Frame): Message {
  const text = data.toString('utf8');
  try {
    const { stream, event, payload, error } = JSON.parse(text) as Record<string, unknown>;
    if (typeof error === 'string') throw new SourceError('mastodon', error, false);
    if (typeof event === 'string')
      return {
        timeline: Array.isArray(stream) ? timelineKey({ stream: stream[0], tag: stream[1] ?? null }) : '',
        event,
        payload: typeof payload === 'string' ? payload : JSON.stringify(payload ?? null),
      };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { timeline: '', event: 'malformed', payload: text };
}

/** One stream of server-sent events for each timeline; the first that breaks ends them all. */
async function* overEvents(
  input: CollectorInput,
  timelines: MastodonTimelines,
  server: string,
  streams: readonly Timeline[],
): AsyncGenerator<Message[]> {
  const [first] = streams;
  if (!first || streams.length > 1)
    throw new UserError('Server-sent events carry one stream.', 'Leave --sse away, or collect one hashtag.');
  const path = first.stream.replace(':', '/');
  const url = new URL(`/api/v1/streaming/${path}`, server);
  if (first.tag !== null) url.searchParams.set('tag', first.tag);
  const pieces = timelines.http.stream(url.href, { accept: 'text/event-stream', ...authorization(input) }, idleMs);
  for await (const events of eventsOf(pieces))
    yield events.map((event) => ({ ...event, timeline: timelineKey(first) }));
}
