import { UserError } from '../base/errors.ts';
import type { Batch, Collector, CollectorInput } from './collector.ts';
import { readMastodonStream } from './mastodon-stream.ts';
import { MastodonTimelines, type Timeline } from './mastodon-timelines.ts';
import { namePart } from './name-part.ts';
import { Places, type PlacesState } from './places.ts';
import { listOption, numberOption, textOption } from './read-collector-options.ts';

function timelinesOf(options: CollectorInput['options']): Timeline[] {
  const local = options.local === true ? ':local' : '';
  const tags = listOption(options, 'tag').map((tag) => tag.replace(/^#/, ''));
  if (tags.length === 0) return [{ stream: `public${local}` as Timeline['stream'], tag: null }];
  return tags.map((tag) => ({ stream: `hashtag${local}` as Timeline['stream'], tag }));
}

/** The name of a server from its name or address. */
const serverOf = (options: CollectorInput['options']) =>
  textOption(options, 'server')!
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');

/** Public posts as one Mastodon server sees them. */
export const mastodon: Collector = {
  id: 'mastodon',
  title: 'Mastodon (one server: public timeline or hashtags)',
  about:
    'Follows the stream of a server (with a token of an account there) or reads its timelines again and again (--poll). After a break the timelines give what came meanwhile. Deleted posts are marked; edits keep the first text. A server sees its own posts and those that its users follow, not all of Mastodon.',
  manners:
    'Ask the people who run the server: many do not want to be collected, and their rules and robots.txt say so. Since version 4.2 streaming needs a token (Settings, Development, scope read:statuses). The counters in the answers are obeyed, one request a second at most.',
  baseUrl: 'the server',
  options: [
    {
      name: 'server',
      kind: 'text',
      default: null,
      required: true,
      help: 'name of the server, such as mastodon.social',
    },
    { name: 'tag', kind: 'list', default: [], help: 'only this hashtag; may be given again' },
    { name: 'local', kind: 'yes/no', default: false, help: 'only posts of the server itself' },
    { name: 'match', kind: 'list', default: [], help: 'keep posts with this term; may be given again' },
    { name: 'poll', kind: 'yes/no', default: false, help: 'read the timelines by page instead of the stream' },
    { name: 'sse', kind: 'yes/no', default: false, help: 'stream as server-sent events instead of a WebSocket' },
    {
      name: 'everySeconds',
      kind: 'integer',
      default: 30,
      minimum: 5,
      maximum: 86_400,
      help: 'how often --poll reads the timelines, in seconds',
    },
  ],
  credentials: [
    {
      variable: 'SPILLOVER_MASTODON_TOKEN',
      required: false,
      about: 'token of an account on the server; streaming needs it',
    },
  ],
  examples: [
    'spillover collect mastodon --server mastodon.social --tag macronleaks --tag presidentielle',
    'spillover collect mastodon --server example.social --local --poll',
  ],
  plan: (options) => {
    const server = serverOf(options);
    if (!/^[\w.-]+(:\d+)?$/.test(server))
      throw new UserError(`"${server}" is no name of a server.`, 'Write it as mastodon.social.');
    const tags = timelinesOf(options).flatMap(({ tag }) => (tag === null ? [] : [tag]));
    const match = listOption(options, 'match');
    return {
      name: ['mastodon', namePart(server), ...tags.map(namePart)].join('-').slice(0, 100),
      platform: 'mastodon',
      format: 'mastodon-statuses',
      scope: [
        `public posts${options.local === true ? ' of' : ' that reach'} ${server}`,
        ...(tags.length > 0 ? [`with ${tags.map((tag) => `#${tag}`).join(' or ')}`] : []),
        ...(match.length > 0 ? [`that hold ${match.map((term) => `"${term}"`).join(' or ')}`] : []),
      ].join(' '),
      covers: 'part',
    };
  },
  collect: (input) => {
    const server = (input.baseUrl ?? `https://${serverOf(input.options)}`).replace(/\/$/, '');
    const timelines = new MastodonTimelines(input, server);
    const streams = timelinesOf(input.options);
    if (input.options.poll === true) return poll(input, timelines, streams);
    return readMastodonStream(input, timelines, streams, input.options.sse === true ? 'sse' : 'websocket');
  },
};

async function* poll(
  input: CollectorInput,
  timelines: MastodonTimelines,
  streams: readonly Timeline[],
): AsyncGenerator<Batch> {
  const { world, signal } = input;
  const everyMs = numberOption(input.options, 'everySeconds') * 1000;
  const nameOf = ({ tag }: Timeline) => (tag === null ? 'the timeline' : `#${tag}`);
  const known = (input.cursor as { places?: PlacesState } | null)?.places;
  const readTo = timelines.lastRead;
  const read = readTo === null ? {} : Object.fromEntries(streams.map((stream) => [nameOf(stream), readTo]));
  const places = new Places(input, streams.map(nameOf), known ?? { read });
  for (;;) {
    const began = world.now();
    const due = new Set(places.due());
    const before = timelines.lastRead;
    let isWhole = true;
    for (const stream of streams.filter((one) => due.has(nameOf(one)))) {
      const asked = world.now();
      try {
        for await (const { records, ended } of timelines.newer(stream)) {
          if (ended === 'limit') isWhole = false;
          yield readTo === null ? { records } : { records, cursor: { ...timelines.cursor(), places: places.state() } };
        }
        places.gave(nameOf(stream), asked);
      } catch (error) {
        places.failed(nameOf(stream), error);
      }
    }
    if (!places.areAllAway) timelines.lastRead = began;
    const cause = 'more posts came than one look may read';
    yield {
      gaps: [
        ...(isWhole || before === null ? [] : [{ from: before, to: began, cause, missed: null, flag: 'gap' } as const]),
        ...places.gaps(),
      ],
      cursor: { ...timelines.cursor(), places: places.state() },
      ...(before === null ? { collectedFrom: began } : {}),
      ...(places.areAllAway ? {} : { collectedThrough: began }),
    };
    await world.sleep(Math.max(0, began + everyMs - world.now()), signal);
  }
}
