import { SourceError, UserError } from '../base/errors.ts';
import { fnv1a } from '../base/fnv1a.ts';
import type { Batch, Collector, CollectorInput, Deletion, Gap } from './collector.ts';
import { isRefusal, PlaceRefusal } from './place-refusal.ts';
import { Places, type PlacesState } from './places.ts';
import { PoliteHttp } from './polite-http.ts';
import { listOption, numberOption } from './read-collector-options.ts';
import { lastingPart, type PreviewMessage, readPreview } from './telegram-preview.ts';

interface ChannelState {
  newest: number;
  /** Time of the newest message, milliseconds since 1970. */
  newestTime: number;
  /** Fingerprints of the newest messages by number, to see edits and deletions. */
  recent: Record<string, number>;
}

interface Cursor {
  channels: Record<string, ChannelState>;
  places: PlacesState;
}

const recentKept = 100;
const mostPages = 50;

const channelsOf = (options: CollectorInput['options']) =>
  listOption(options, 'channel').map((name) => name.replace(/^(?:https?:\/\/)?(?:t\.me\/)?(?:s\/)?@?/, ''));

/** Public Telegram channels by their web preview. */
export const telegram: Collector = {
  id: 'telegram',
  title: 'Telegram (public channels, by their web preview)',
  about:
    'Reads the pages t.me/s/CHANNEL that Telegram shows to everybody: messages with text, links, sender of a forwarded message, views. Edited messages keep their first text; messages that vanish from the newest pages are marked as deleted. Groups, and channels without a preview, cannot be read this way.',
  manners:
    'No account is needed. The terms of Telegram refer to terms of their own on scraping: read them first. No rule for the pace is known: one request in three seconds is asked at most. Channels are public places, but their readers are not: nothing of them is collected.',
  baseUrl: 'https://t.me',
  options: [
    {
      name: 'channel',
      kind: 'list',
      default: [],
      required: true,
      help: 'name of a public channel; may be given again',
    },
    {
      name: 'backPages',
      kind: 'integer',
      default: 5,
      minimum: 1,
      maximum: 1000,
      help: 'how many pages (of 20 messages) the first look goes back',
    },
    {
      name: 'everySeconds',
      kind: 'integer',
      default: 120,
      minimum: 15,
      maximum: 86_400,
      help: 'how often each channel is read, in seconds',
    },
  ],
  credentials: [],
  examples: [
    'spillover collect telegram --channel durov --channel telegram',
    'spillover collect telegram --channel durov --back-pages 100 --for 30m',
  ],
  plan: (options) => {
    const channels = channelsOf(options);
    for (const channel of channels)
      if (!/^[A-Za-z]\w{3,31}$/.test(channel))
        throw new UserError(`"${channel}" is no name of a channel.`, 'Write it as in t.me/NAME.');
    return {
      name: `telegram-${channels.join('-').toLowerCase()}`.slice(0, 100),
      platform: 'telegram',
      format: 'telegram-web',
      scope: `channel${channels.length > 1 ? 's' : ''} ${channels.join(', ')}`,
      covers: 'part',
    };
  },
  async *collect(input) {
    const { world, signal, options } = input;
    const http = new PoliteHttp({ source: 'telegram', ...input, intervalMs: 3_000 });
    const everyMs = numberOption(options, 'everySeconds') * 1000;
    const known = readCursor(input.cursor);
    let states = known.channels;
    const places = new Places(input, channelsOf(options), known.places);
    const cursor = (): Cursor => ({ channels: states, places: places.state() });
    for (;;) {
      const began = world.now();
      const isFirst = Object.keys(states).length === 0;
      let oldest = 0;
      for (const channel of places.due()) {
        const asked = world.now();
        try {
          for await (const { state, from, ...batch } of readChannel(http, input, channel, states[channel] ?? null)) {
            if (from !== undefined) oldest = Math.max(oldest, from);
            if (state) states = { ...states, [channel]: state };
            yield state ? { ...batch, cursor: cursor() } : batch;
          }
          places.gave(channel, asked);
        } catch (error) {
          places.failed(channel, error);
        }
      }
      yield {
        gaps: places.gaps(),
        cursor: cursor(),
        ...(places.areAllAway ? {} : { collectedThrough: began }),
        ...(isFirst ? { collectedFrom: Math.min(oldest, began) } : {}),
      };
      await world.sleep(Math.max(0, began + everyMs - world.now()), signal);
    }
  },
};

/** Cursors of earlier versions hold the channels alone. */
function readCursor(value: unknown): Cursor {
  if (typeof value === 'object' && value !== null && 'channels' in value && 'places' in value) return value as Cursor;
  const channels = (value ?? {}) as Cursor['channels'];
  const read = Object.fromEntries(Object.entries(channels).map(([name, { newestTime }]) => [name, newestTime]));
  return { channels, places: { read, absent: {} } };
}

async function* readChannel(
  http: PoliteHttp,
  input: CollectorInput,
  channel: string,
  known: ChannelState | null,
): AsyncGenerator<Batch & { state?: ChannelState; from?: number }> {
  const base = (input.baseUrl ?? telegram.baseUrl).replace(/\/$/, '');
  const limit = known === null ? numberOption(input.options, 'backPages') : mostPages;
  const recent: Record<string, number> = { ...known?.recent };
  const seen = new Set<number>();
  let before: number | null = null;
  let newest: PreviewMessage | null = null;
  let oldest: PreviewMessage | null = null;
  let isJoined = known === null;
  for (let page = 0; page < limit; page++) {
    const asked = input.world.now();
    const url = `${base}/s/${channel}${before === null ? '' : `?before=${before}`}`;
    const messages = await readPage(http, url, channel, known !== null);
    const numbered = messages.filter((message) => Number.isInteger(message.number));
    const fresh = messages.filter((message) => recent[message.number] !== fnv1a(lastingPart(message)));
    for (const message of numbered) {
      seen.add(message.number);
      recent[message.number] = fnv1a(lastingPart(message));
    }
    yield { records: fresh.map((message) => line(message, asked, known?.recent[message.number] !== undefined)) };
    newest ??= numbered.at(-1) ?? null;
    oldest = numbered[0] ?? oldest;
    if (known !== null && numbered.some(({ number }) => number <= known.newest)) isJoined = true;
    if (numbered.length === 0 || numbered[0]!.number <= 1 || (known !== null && isJoined)) break;
    before = numbered[0]!.number;
  }
  const cause = 'more messages came than one look may read';
  const gaps: Gap[] =
    isJoined || oldest === null || known === null
      ? []
      : [
          {
            from: known.newestTime,
            to: Math.max(known.newestTime, oldest.time),
            cause,
            missed: oldest.number - known.newest - 1,
            flag: 'gap',
          },
        ];
  yield {
    gaps,
    deletions: vanished(channel, recent, seen, oldest?.number ?? null, newest?.number ?? null, input.world.now()),
    from: oldest?.time ?? input.world.now(),
    state: {
      newest: Math.max(known?.newest ?? 0, newest?.number ?? 0),
      newestTime: newest?.time ?? known?.newestTime ?? 0,
      recent: newestOf(recent, seen, oldest?.number ?? null),
    },
  };
}

/** Known messages within the pages that were read which are not on them any more. */
function vanished(
  channel: string,
  recent: Readonly<Record<string, number>>,
  seen: ReadonlySet<number>,
  oldest: number | null,
  newest: number | null,
  time: number,
): Deletion[] {
  if (oldest === null || newest === null) return [];
  return Object.keys(recent)
    .map(Number)
    .filter((number) => number >= oldest && !seen.has(number))
    .map((number) => ({ postId: `${channel}/${number}`, time }));
}

function newestOf(
  recent: Readonly<Record<string, number>>,
  seen: ReadonlySet<number>,
  oldest: number | null,
): Record<string, number> {
  const kept = Object.keys(recent)
    .map(Number)
    .filter((number) => seen.has(number) || oldest === null || number < oldest)
    .sort((a, b) => b - a)
    .slice(0, recentKept);
  return Object.fromEntries(kept.map((number) => [number, recent[number]!]));
}

async function readPage(http: PoliteHttp, url: string, channel: string, wasRead: boolean): Promise<PreviewMessage[]> {
  const answer = await http.get(url);
  if (answer.status === 404) throw new PlaceRefusal(`There is no channel t.me/${channel}.`);
  if (isRefusal(answer.status)) throw new PlaceRefusal(`Telegram does not show t.me/s/${channel} (${answer.status}).`);
  if (answer.status !== 200) throw new SourceError('telegram', `t.me/s/${channel} answers ${answer.status}`, true);
  const messages = readPreview(answer.text);
  if (messages.length === 0 && !answer.text.includes('tgme_channel_history')) {
    if (wasRead && !answer.text.includes('tgme_page'))
      throw new SourceError('telegram', `t.me/s/${channel} gives no page of a channel`, true);
    throw new PlaceRefusal(
      `t.me/${channel} has no web preview.`,
      'Groups and channels that switched it off cannot be read this way: export them with Telegram Desktop and import the file.',
    );
  }
  return messages;
}

const line = ({ post, html }: PreviewMessage, asked: number, isEdit: boolean): string =>
  JSON.stringify({
    telegram_post: post,
    collected_at: Math.floor(asked / 1000),
    ...(isEdit ? { edited_at: Math.floor(asked / 1000) } : {}),
    html,
  });
