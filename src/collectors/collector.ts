import type { World } from './world.ts';

export type CollectorOptionValue = string | number | boolean | readonly string[] | null;

/** One option of a collector; the table feeds command-line flags, watch files and the docs. */
export interface CollectorOption {
  /** camelCase with its unit where it has one; the flag is the same in kebab-case. */
  name: string;
  /** A `file` is a path; in a watch file it is meant from there. */
  kind: 'text' | 'file' | 'list' | 'integer' | 'yes/no' | 'choice';
  default: CollectorOptionValue;
  choices?: readonly string[];
  minimum?: number;
  maximum?: number;
  required?: boolean;
  /** Says how records come and not which: it may change from one run of a collection to the next. */
  isTransport?: boolean;
  help: string;
}

export interface Credential {
  /** Environment variable; the same name is a key of the credentials file. */
  variable: string;
  required: boolean;
  about: string;
}

/** A post that its source says is gone. Exactly one of `postId` and `accountId` is given. */
export interface Deletion {
  postId?: string;
  accountId?: string;
  /** Milliseconds since 1970. */
  time: number;
}

export interface Gap {
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  cause: string;
  /** Posts that are known to be missing; null where nobody knows. */
  missed: number | null;
  /**
   * `gap`: nothing was collected; `capped`: the source or a stated maximum held posts back; `late`: read afterwards, so that
   * only what was deleted in between is missing.
   */
  flag: 'gap' | 'capped' | 'late';
}

/**
 * What a collector hands over at once. It is written to disk in the order of the fields, so that a cursor is never ahead of the
 * records it stands for.
 */
export interface Batch {
  /** Raw records, one line of the collector's format each. */
  records?: readonly string[];
  /** Posts in the records, where one line can hold several; else each record counts as one. */
  posts?: number;
  /** How many of them may have come before, because the last moments are asked for again: they do not count for a maximum. */
  again?: number;
  /** Whole files for sources that give documents (feeds), which become segments of their own. */
  documents?: readonly { extension: string; text: string }[];
  deletions?: readonly Deletion[];
  gaps?: readonly Gap[];
  /** Where to go on after a restart; plain JSON, and never changed while the collector is waiting in `yield`. */
  cursor?: unknown;
  /** All posts from here … */
  collectedFrom?: number;
  /** … to here have been received, except for the gaps. Milliseconds since 1970. */
  collectedThrough?: number;
  /** Records that came and were not wanted, such as those that match no term. */
  passedOver?: number;
}

/** What a set of options means: what it is called, which importer reads its records, and how much of the platform it covers. */
export interface CollectionPlan {
  /** Default name of the collection, from letters, digits, dot and dash. */
  name: string;
  platform: string;
  /** Importer id of the records. */
  format: string;
  /** What is collected, in words, for coverage. */
  scope: string;
  /**
   * `platform`: the collection shows all posts of the platform that the scope names, so that its first post is the first;
   * `part`: other places of the platform were not looked at.
   */
  covers: 'platform' | 'part';
}

export interface CollectorInput {
  options: Readonly<Record<string, CollectorOptionValue>>;
  /** As last handed over; null at the first start. */
  cursor: unknown;
  credentials: Readonly<Record<string, string>>;
  /** Address of another server than the real one. */
  baseUrl: string | null;
  world: World;
  signal: AbortSignal;
  userAgent: string;
  /** One sentence for the user, such as a reconnect; never holds credentials. */
  note: (text: string) => void;
}

/** One live source. */
export interface Collector {
  id: string;
  title: string;
  about: string;
  /** Terms, limits, robots: what a user must know before running it. */
  manners: string;
  baseUrl: string;
  options: readonly CollectorOption[];
  credentials: readonly Credential[];
  examples: readonly string[];
  /** Each post is paid for: a stated maximum ends the collection even where that breaks off a look. */
  costsByPost?: boolean;
  /** @throws UserError where the options do not fit together. */
  plan: (options: CollectorInput['options']) => CollectionPlan;
  /** Runs until the signal is aborted, or ends by itself when all that was asked for is collected. */
  collect: (input: CollectorInput) => AsyncGenerator<Batch>;
}
