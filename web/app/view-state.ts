/** What a view shows, as the address holds it; every key may be missing. Unknown keys and malformed values are dropped. */
export interface ViewState {
  /** Brushed window, ISO UTC. */
  from?: string;
  to?: string;
  /** Visible range of the spread map as `<ms>-<ms>` since 1970. */
  span?: string;
  /** What the evidence drawer shows; see `parts/evidence-source.ts`. */
  evidence?: string;
  q?: string;
  role?: string;
  platform?: string;
  sort?: string;
  /** Hidden columns of the table of the view, comma-separated. */
  hide?: string;
  kind?: string;
  colour?: string;
  tab?: string;
  /** Compared stories, as `story` or `case:story`. */
  with?: string;
  /** `yes`: without handles of private accounts. */
  mask?: string;
}

const keys: readonly (keyof ViewState)[] = [
  'from',
  'to',
  'span',
  'evidence',
  'q',
  'role',
  'platform',
  'sort',
  'hide',
  'kind',
  'colour',
  'tab',
  'with',
  'mask',
];

export function readViewState(search: Record<string, unknown>): ViewState {
  const state: ViewState = {};
  for (const key of keys) {
    const value = search[key];
    if (typeof value === 'string' && value !== '' && value.length <= 4000) state[key] = value;
    else if (typeof value === 'number') state[key] = String(value);
  }
  if (!isTime(state.from) || !isTime(state.to) || state.from! >= state.to!) {
    delete state.from;
    delete state.to;
  }
  if (state.span !== undefined && !/^-?\d+_-?\d+$/.test(state.span)) delete state.span;
  return state;
}

const isTime = (text: string | undefined) => text !== undefined && !Number.isNaN(Date.parse(text));

export interface TimeRange {
  from: number;
  to: number;
}

export const brushOf = (state: ViewState): TimeRange | null =>
  state.from && state.to ? { from: Date.parse(state.from), to: Date.parse(state.to) } : null;

export const spanOf = (state: ViewState): TimeRange | null => {
  const found = /^(-?\d+)_(-?\d+)$/.exec(state.span ?? '');
  const range = found && { from: Number(found[1]), to: Number(found[2]) };
  return range && range.to > range.from ? range : null;
};
