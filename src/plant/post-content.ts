import { accountRef } from './accounts.ts';
import type { BuiltWorld } from './build-world.ts';
import { communities, openers, remarks } from './communities.ts';
import { hour } from './daily-rhythm.ts';
import { weatherTopic } from './noise.ts';
import { mix, mixFraction } from './plant-random.ts';
import { board, carries, news, quote, reply, x } from './post-log.ts';
import { decoyStories, firstStoryTopic, mainTopic, outlets, type Story } from './stories.ts';

/** A piece of a post; pieces are joined by spaces, or as the platform marks them up. */
export type Piece =
  | { kind: 'text'; value: string }
  | { kind: 'url'; value: string }
  | { kind: 'tag'; value: string }
  | { kind: 'mention'; account: number };

const places = [
  'Kelbridge',
  'Orchard Row',
  'Millbrook',
  'the old town',
  'Lantern Street',
  'the quay',
  'Westmoor',
  'Hollow Lane',
  'Saint Brock',
  'the station',
  'Upper Fen',
  'Marl Hill',
];
const storyOpeners = [
  '',
  '',
  'Look:',
  'Everyone:',
  'Wow.',
  'Hm.',
  'Thread soon.',
  'Neighbours:',
  'Read it.',
  'Passing on:',
  'Morning.',
  'Late, but:',
];

/** Says what each post says, from its columns and the seed; asked twice it gives the same answer. */
export class PostContent {
  readonly #built: BuiltWorld;
  readonly #seed: number;
  /** The board's thread that started the story; its address is what `carries.thread` stands for. */
  threadUrl = '';

  constructor(built: BuiltWorld) {
    this.#built = built;
    this.#seed = built.world.options.seed;
  }

  /** Title of a news item, also the words of those who link it. */
  headline(item: number): string {
    const { log, story } = this.#built.world;
    const v = log.variant[item]!;
    const topic = log.topic[item]!;
    if (topic >= firstStoryTopic) {
      const told = topic === mainTopic ? story : decoyStories[topic - mainTopic - 1]!;
      const shape = [
        'Questions grow over {p}',
        'What the {p} say, and what they do not',
        'Officials respond as {p} spread online',
        '{p}: what we know so far',
        'Inside the {p}',
      ];
      return capital(shape[mix(v, 1) % shape.length]!.replace('{p}', told.phrase));
    }
    return `${capital(this.#sentence(topic, v))} in ${places[mix(v, 9) % places.length]}`;
  }

  /** Address of a news item. */
  link(item: number): string {
    const { log, accounts } = this.#built.world;
    const date = new Date(log.time[item]!).toISOString().slice(0, 10).replaceAll('-', '/');
    const slug = this.headline(item)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 48);
    return `https://${accounts.nativeId(log.account[item]!)}/${date}/${slug}-${item.toString(36)}`;
  }

  /** The pieces of a post; of a reshare those of what it reshares. */
  pieces(post: number): Piece[] {
    const { log } = this.#built.world;
    const source = log.source(post);
    const topic = log.topic[source]!;
    const v = log.variant[source]!;
    if (topic === weatherTopic) return this.#weather(source, v);
    if (topic >= firstStoryTopic) return this.#story(source, topic, v);
    if ((log.carry[source]! & carries.article) !== 0)
      return [text(this.headline(v)), { kind: 'url', value: this.link(v) }];
    return this.#talk(source, topic, v);
  }

  #talk(post: number, topic: number, v: number): Piece[] {
    const { log } = this.#built.world;
    const community = communities[topic]!;
    const kind = log.kind[post]!;
    const short = (kind === reply || kind === quote) && mixFraction(v, 3) < 0.6;
    const sentence = this.#sentence(topic, v);
    const opener = openers[mix(v, 4) % openers.length]!;
    const pieces: Piece[] = [
      text(
        short
          ? `${remarks[mix(v, 5) % remarks.length]} ${capital(community.tails[mix(v, 6) % community.tails.length]!)} ${mix(v, 14) % 60}.`
          : `${opener} ${sentence} near ${places[mix(v, 7) % places.length]}, ${1 + (mix(v, 8) % 28)}.`,
      ),
    ];
    if (kind !== reply && mixFraction(v, 10) < 0.32)
      pieces.push({ kind: 'url', value: this.#usualLink(log.time[post]!, topic, v) });
    const tags = log.platform[post] === board ? 0 : mixFraction(v, 11) < 0.1 ? 2 : mixFraction(v, 11) < 0.45 ? 1 : 0;
    for (let i = 0; i < tags; i++) {
      const rank = Math.floor(community.tags.length * mixFraction(v, 12 + i) ** 2);
      const tag = community.tags[rank]!;
      if (!pieces.some((piece) => piece.kind === 'tag' && piece.value === tag))
        pieces.push({ kind: 'tag', value: tag });
    }
    return pieces;
  }

  #sentence(topic: number, v: number): string {
    const { subjects, verbs, tails } = communities[topic]!;
    return `${subjects[mix(v, 20) % subjects.length]} ${verbs[mix(v, 21) % verbs.length]} ${tails[mix(v, 22) % tails.length]}`;
  }

  /** A page of the community, fresh ones more likely, or a recent news item. */
  #usualLink(time: number, topic: number, v: number): string {
    const { world, articles } = this.#built;
    const community = communities[topic]!;
    if (mixFraction(v, 30) < community.newsLinks) {
      const item = this.#latest(articles.get(-1)!, time, Math.floor(12 * mixFraction(v, 31) ** 2));
      if (item >= 0) return this.link(item);
    }
    const period = Math.floor((time - world.start) / (6 * hour)) - Math.floor(3 * mixFraction(v, 32) ** 2);
    const rank = Math.floor(14 * mixFraction(v, 33) ** 2.5);
    const domain = community.domains[mix(period + 50, rank) % community.domains.length]!;
    const word = community.subjects[mix(period, rank + 7) % community.subjects.length]!.replace(
      /[^a-zA-Z0-9]+/g,
      '-',
    ).toLowerCase();
    return `https://${domain}/${word}-${(mix(this.#seed + period, topic * 64 + rank) % 46_656).toString(36)}`;
  }

  #weather(post: number, v: number): Piece[] {
    const place = places[mix(this.#built.world.log.account[post]!, 3) % places.length]!;
    return [
      text(
        `Weather in ${place}: ${4 + (v % 17)} degrees, wind ${mix(v, 1) % 40} km/h, pressure ${990 + (mix(v, 2) % 45)} hPa.`,
      ),
      { kind: 'tag', value: 'WeatherNow' },
    ];
  }

  #story(post: number, topic: number, v: number): Piece[] {
    const { world, articles } = this.#built;
    const { log } = world;
    const story: Story = topic === mainTopic ? world.story : decoyStories[topic - mainTopic - 1]!;
    const carry = log.carry[post]!;
    const pieces: Piece[] = [text(world.scripts.get(post) ?? this.#words(story, post, carry, v))];
    if ((carry & carries.leak) !== 0) pieces.push({ kind: 'url', value: tracked(story.page, carry, v) });
    if ((carry & carries.archive) !== 0) pieces.push({ kind: 'url', value: story.copy });
    if ((carry & carries.thread) !== 0) pieces.push({ kind: 'url', value: this.threadUrl });
    if ((carry & carries.spam) !== 0)
      pieces.push({ kind: 'url', value: `https://cheap-lamps.example/offer/${v % 40}` });
    if ((carry & carries.article) !== 0) {
      const item = this.#latest(
        articles.get(topic) ?? [],
        log.time[post]! - 1,
        Math.floor(3 * mixFraction(v, 40) ** 2),
      );
      if (item >= 0) pieces.push({ kind: 'url', value: this.link(item) });
    }
    if ((carry & carries.tag) !== 0) pieces.push({ kind: 'tag', value: story.tag });
    if ((carry & carries.subject) !== 0 && topic === mainTopic && log.platform[post] === x)
      pieces.push({ kind: 'mention', account: this.#built.cast.subject });
    return pieces;
  }

  #words(story: Story, post: number, carry: number, v: number): string {
    if ((carry & carries.spam) !== 0) return `Lamps from 9.99, only today, code ${1000 + (v % 9000)}!`;
    const opener = storyOpeners[mix(v, 50) % storyOpeners.length]!;
    const line = story.lines[mix(v, 51) % story.lines.length]!;
    const place = places[mix(v, 52) % places.length]!;
    if (this.#built.world.log.platform[post] === news) return line;
    const endings = [
      `${capital(place)} is talking.`,
      `See line ${1 + (mix(v, 54) % 59)}.`,
      `Ask ${surname(mix(v, 55))}.`,
      `Says ${surname(mix(v, 56))}, ${place}.`,
      `Signed ${surname(mix(v, 57))}?`,
      '',
    ];
    const ending = endings[mix(v, 53) % endings.length]!;
    if ((carry & carries.phrase) !== 0)
      return `${opener} ${capital(story.phrase)}: ${line} ${line.length > 34 ? '' : ending}`.trim();
    return `${opener} ${line} ${opener.length + line.length > 52 ? '' : ending}`.trim();
  }

  /** The item `back` places before the last one that is out at the time, or -1. */
  #latest(items: readonly number[], time: number, back: number): number {
    const { log } = this.#built.world;
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (log.time[items[middle]!]! <= time) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? -1 : items[Math.max(0, low - 1 - back)]!;
  }
}

/** The outlet of a news item, as its position in `outlets`. */
export function outletOf(built: BuiltWorld, item: number): number {
  const { log, accounts } = built.world;
  return outlets.findIndex((outlet) => `news/${outlet.domain}` === accountRef(log, accounts, item));
}

/** One of 2,048 invented surnames. */
function surname(bits: number): string {
  const parts = [
    'Bar',
    'Cas',
    'Den',
    'Fal',
    'Gor',
    'Hal',
    'Kel',
    'Lam',
    'Mer',
    'Nor',
    'Pell',
    'Quin',
    'Rath',
    'Sel',
    'Tor',
    'Wen',
  ];
  const middles = ['a', 'e', 'i', 'o', 'ar', 'en', 'il', 'or'];
  const ends = [
    'brook',
    'by',
    'den',
    'feld',
    'ham',
    'lock',
    'man',
    'mere',
    'ner',
    'rick',
    'son',
    'stead',
    'ton',
    'ville',
    'wick',
    'worth',
  ];
  return parts[bits & 15]! + middles[(bits >>> 4) & 7]! + ends[(bits >>> 7) & 15]!;
}

function text(value: string): Piece {
  return { kind: 'text', value };
}

function tracked(address: string, carry: number, v: number): string {
  return (carry & carries.tracked) === 0 ? address : `${address}?utm_source=${v % 2 === 0 ? 'share' : 'feed'}`;
}

function capital(words: string): string {
  return words === '' ? '' : words[0]!.toUpperCase() + words.slice(1);
}
