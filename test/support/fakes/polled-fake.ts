import type { HttpFake } from './http-fake.ts';

/** A fake of a source that is asked again and again, with what the contract of all of them needs to steer it. */
export interface PolledFake {
  http: HttpFake;
  collector: string;
  options: Record<string, unknown>;
  environment?: Record<string, string>;
  /** Shortest time between two requests that the source allows, and how often the collector looks; milliseconds. */
  intervalMs: number;
  everyMs: number;
  /** Makes a post appear; returns its id as the case names it. */
  publish: (text: string) => string;
  /** How many posts are there before the first look: more than one page, where the source has pages. */
  initial: number;
  /** Shows a post that is there once more, beside itself. */
  repeat: (id: string) => void;
  /** Makes a post appear that is older than others which were shown before; milliseconds since 1970. */
  publishLate?: (text: string, time: number) => string;
  remove?: (id: string) => void;
  edit?: (id: string, text: string) => void;
  /** Makes a record appear from which no post can be made. */
  publishMalformed: () => void;
  /** Publishes more than the source shows at once: something is lost between two looks. */
  flood: () => void;
  /** How long nobody looks before the flood; milliseconds, else two rounds. */
  pauseMs?: number;
}
