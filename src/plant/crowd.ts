import type { PlantRandom } from './plant-random.ts';
import { carries, matching, original, quote, reply, reshare } from './post-log.ts';
import type { World } from './world.ts';

const window = 240;
const tries = 3;

/** People on one social platform who talk about one story: they post, and they pick up what others have posted before. */
export class Crowd {
  readonly #world: World;
  readonly #platform: number;
  readonly #topic: number;
  readonly #random: PlantRandom;
  readonly #recent: number[] = [];
  readonly #heavy: { post: number; weight: number }[] = [];
  readonly #reshared = new Set<number>();

  constructor(world: World, platform: number, topic: number, random: PlantRandom) {
    this.#world = world;
    this.#platform = platform;
    this.#topic = topic;
    this.#random = random;
  }

  /** A post of its own; `weight` above 0 makes it one of the few that draw people for hours. */
  post(time: number, account: number, carry: number, weight = 0, variant = this.#random.uint32()): number {
    const { log } = this.#world;
    const made = log.add({
      time,
      platform: this.#platform,
      kind: original,
      account,
      topic: this.#topic,
      carry,
      variant,
    });
    if (weight > 0) this.#heavy.push({ post: made, weight });
    else this.#remember(made);
    return made;
  }

  /** Adds an existing post, of any kind but a reshare, to those that draw people. */
  follow(post: number, weight: number): void {
    this.#heavy.push({ post, weight });
  }

  /** Changes how strongly the post draws from now on. */
  reweigh(post: number, weight: number): void {
    for (const one of this.#heavy) if (one.post === post) one.weight = weight;
  }

  reshare(time: number, account: number, target: number): number {
    const { log } = this.#world;
    this.#reshared.add(account * 2 ** 24 + target);
    return log.add({
      time,
      platform: this.#platform,
      kind: reshare,
      account,
      parent: target,
      topic: this.#topic,
      variant: this.#random.uint32(),
    });
  }

  respond(time: number, account: number, target: number, kind: typeof reply | typeof quote, carry: number): number {
    const { log } = this.#world;
    const made = log.add({
      time,
      platform: this.#platform,
      kind,
      account,
      parent: target,
      topic: this.#topic,
      carry,
      variant: this.#random.uint32(),
    });
    if (kind === quote) this.#remember(made);
    return made;
  }

  /** Whether the account may still reshare the post. */
  canReshare(account: number, target: number): boolean {
    return this.#world.log.account[target] !== account && !this.#reshared.has(account * 2 ** 24 + target);
  }

  /** An earlier post: one of the heavy ones with the given probability, else the most followed of three recent ones; -1 = none. */
  target(time: number, heavyPart: number): number {
    const { log, accounts } = this.#world;
    const random = this.#random;
    if (random.chance(heavyPart)) {
      let sum = 0;
      for (const one of this.#heavy) if (log.time[one.post]! < time) sum += one.weight;
      let wanted = random.uniform() * sum;
      for (const one of this.#heavy) {
        if (log.time[one.post]! >= time) continue;
        wanted -= one.weight;
        if (wanted < 0) return one.post;
      }
    }
    let best = -1;
    for (let i = 0; i < tries && this.#recent.length > 0; i++) {
      const one = this.#recent[this.#recent.length - 1 - random.zipf(this.#recent.length)]!;
      if (log.time[one]! >= time) continue;
      if (best < 0 || accounts.pull[log.account[one]!]! > accounts.pull[log.account[best]!]!) best = one;
    }
    return best;
  }

  /** What an ordinary person does on meeting the story: mostly reshare, sometimes answer, quote, or post anew. */
  react(time: number, account: number, heavyPart: number, carry: () => number): number {
    const random = this.#random;
    const draw = random.uniform();
    if (draw < 0.2) return this.post(time, account, carry());
    const target = this.target(time, heavyPart);
    if (target < 0) return this.post(time, account, carry());
    if (draw < 0.32) return this.respond(time, account, target, reply, shortCarry(random));
    if (draw < 0.42) return this.respond(time, account, target, quote, shortCarry(random));
    if (this.canReshare(account, target)) return this.reshare(time, account, target);
    const other = this.target(time, 0);
    if (other >= 0 && this.canReshare(account, other)) return this.reshare(time, account, other);
    return this.post(time, account, carry());
  }

  #remember(post: number): void {
    this.#recent.push(post);
    if (this.#recent.length > window) this.#recent.splice(0, window / 4);
  }
}

function shortCarry(random: PlantRandom): number {
  return random.chance(0.7) ? carries.tag : carries.phrase;
}

/** What an ordinary post of a story carries; always something by which the story is found. */
export function usualCarry(random: PlantRandom, links: number, articles: number): number {
  let carry = random.chance(0.8) ? carries.tag : 0;
  const draw = random.uniform();
  if (draw < links) carry |= random.chance(0.62) ? carries.leak : carries.archive;
  else if (draw < links + articles) carry |= carries.article;
  else if (random.chance(0.3)) carry |= carries.phrase;
  if ((carry & (carries.leak | carries.archive)) !== 0 && random.chance(0.07)) carry |= carries.tracked;
  if (random.chance(0.1) && (carry & carries.phrase) === 0) carry |= carries.subject;
  return (carry & matching) === 0 ? carry | carries.tag : carry;
}
