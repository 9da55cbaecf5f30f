import type { Batch, Gap } from '../collectors/collector.ts';

export interface CollectedSpan {
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  /** Records that were kept. */
  posts: number;
}

export interface CoverageState {
  spans: CollectedSpan[];
  gaps: Gap[];
}

/** Adds up from which time to which time a collection has everything, and what is missing in between and why. */
export class CollectionCoverage {
  readonly #spans: CollectedSpan[];
  readonly #gaps: Gap[];
  #posts = 0;

  constructor({ spans, gaps }: CoverageState) {
    this.#spans = spans.map((span) => ({ ...span }));
    this.#gaps = gaps.map((gap) => ({ ...gap }));
  }

  add({ records, posts, documents, gaps, collectedFrom, collectedThrough }: Batch): void {
    this.#posts += (posts ?? records?.length ?? 0) + (documents?.length ?? 0);
    for (const gap of gaps ?? []) this.#addGap(gap);
    if (collectedFrom !== undefined && this.#spans.length === 0)
      this.#spans.push({ from: collectedFrom, to: collectedFrom, posts: 0 });
    if (collectedThrough === undefined) return;
    const last = this.#spans.at(-1);
    if (!last) this.#spans.push({ from: collectedThrough, to: collectedThrough, posts: this.#posts });
    else {
      last.to = Math.max(last.to, collectedThrough);
      last.posts += this.#posts;
    }
    this.#posts = 0;
  }

  #addGap(gap: Gap): void {
    const known = this.#gaps.find((one) => one.from === gap.from && one.flag === gap.flag && one.cause === gap.cause);
    const end = this.#spans.at(-1);
    if (known && end?.from === known.to && end.to === known.to) this.#spans.pop();
    if (known) {
      known.to = Math.max(known.to, gap.to);
      known.missed = gap.missed === null && known.missed === null ? null : Math.max(gap.missed ?? 0, known.missed ?? 0);
    } else this.#gaps.push({ ...gap });
    if (gap.flag === 'gap') this.#spans.push({ from: gap.to, to: gap.to, posts: 0 });
  }

  get gaps(): number {
    return this.#gaps.length;
  }

  /** Time to which everything was received; null before anything was. A gap that still grows does not move it. */
  get through(): number | null {
    return this.#spans.findLast(({ from, to }, index) => index === 0 || to > from)?.to ?? null;
  }

  state(): CoverageState {
    return { spans: this.#spans.map((span) => ({ ...span })), gaps: this.#gaps.map((gap) => ({ ...gap })) };
  }
}
