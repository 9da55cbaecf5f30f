/** What long work reports while it runs. */
export interface Progress {
  /** What is being done, e.g. "reading tweets.jsonl". */
  step: string;
  /** Done and total in `unit`; null where it is not known. */
  done: number | null;
  total: number | null;
  unit: 'bytes' | 'records' | 'steps';
}

/** The outside world, as one object with a quiet default. */
export interface Effects {
  onProgress: (progress: Progress) => void;
  onNote: (note: string) => void;
  now: () => Date;
  signal?: AbortSignal;
}

export const quietEffects: Effects = { onProgress: () => {}, onNote: () => {}, now: () => new Date() };
