import { firstCarried, mostlyIn, ownCrossings } from '../analyses/watch-rules/artifact-outcomes.ts';
import type { StoryPosts } from '../analyses/watch-rules/story-posts.ts';
import { firstOfTier } from '../analyses/watch-rules/story-rules.ts';
import { UserError } from '../base/errors.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import { listStories } from './stories.ts';
import {
  evaluateRules,
  type RuleId,
  type RuleSettings,
  type Signal,
  type StoryChoice,
  watchedStories,
} from './watch-rules.ts';

export interface BacktestOptions {
  /** Rules with the stories that they watch; without any story only rules that look at artifacts can find anything. */
  asks: readonly { stories: readonly StoryChoice[]; rules: readonly RuleSettings[] }[];
  /** Milliseconds since 1970; default: the first and the last post of the case. */
  from?: number | undefined;
  to?: number | undefined;
  /** Minutes between two evaluations. */
  stepMinutes: number;
  /** An alert came true when the crossing followed within this time. */
  horizonHours: number;
}

/** `early`: before the crossing that followed; `late`: after it; `false-alarm`: none followed; `undecided`: the case ends too early to say. */
export type AlertOutcome = 'early' | 'late' | 'false-alarm' | 'undecided';

export interface BacktestAlert extends Signal {
  /** ISO time of the evaluation that told it. */
  toldAt: string;
  outcome: AlertOutcome;
  /** The crossing that it is measured against; `story` null where the artifact itself crossed. */
  crossing: { story: string | null; time: string; post: string } | null;
  /** Story of the case that it is about: its own, or the one whose posts mostly carry the artifact. */
  about: string | null;
  /** Time from the alert to the crossing; negative after it. */
  leadSeconds: number | null;
}

/** What became of a story of the case, and when the watch noticed. */
export interface BacktestStory {
  story: string;
  /** Whether the watch was told to watch it. */
  watched: boolean;
  /** When the first of its artifacts was seen; of a story without any, its first post. */
  firstSeen: string;
  crossing: { time: string; post: string } | null;
  /** The first alert about it or about an artifact of it, before its crossing where it crossed. */
  firstAlert: { rule: string; subject: string; toldAt: string } | null;
  leadSeconds: number | null;
  /** Lead as part of the time from first seen to crossing. */
  leadPart: number | null;
  /** It crossed in the time looked at, and no alert came before. */
  missed: boolean;
}

export interface BacktestResult {
  from: string;
  to: string;
  stepMinutes: number;
  horizonHours: number;
  evaluations: number;
  rules: readonly RuleId[];
  alerts: BacktestAlert[];
  stories: BacktestStory[];
  /** Names of watched stories to which no post of the case belongs. */
  withoutPosts: string[];
  falseAlarms: number;
  misses: number;
}

const minute = 60_000;
const hour = 60 * minute;
const readAheadHours = 24;
const iso = (ms: number) => new Date(ms).toISOString();

interface Course {
  name: string;
  table: string;
  first: number;
  crossing: { time: number; post: string } | null;
}

/**
 * Replays the case as if it came in live: asks the rules at every step about what was there by then, keeps each happening once by its key, and
 * afterwards holds the alerts against what followed. All stories of the case serve to judge; only those named are watched. The case is not changed.
 * @throws UserError where the case has no post in the time asked for.
 */
export async function backtest(
  spilloverCase: Case,
  options: BacktestOptions,
  effects: Effects,
): Promise<BacktestResult> {
  const { asks, stepMinutes, horizonHours } = options;
  const span = await spilloverCase.database.first<{ from: number | null; to: number | null }>(
    'select epoch_ms(min(time))::double as "from", epoch_ms(max(time))::double as "to" from post',
  );
  const step = stepMinutes * minute;
  const from = options.from ?? span?.from ?? Number.NaN;
  const to = options.to ?? span?.to ?? Number.NaN;
  if (!(span?.from != null && span.to != null && from <= to && from <= span.to && to >= span.from))
    throw new UserError(
      'There is no post in the time to replay.',
      span?.from != null && span.to != null
        ? `The posts of the case lie between ${iso(span.from)} and ${iso(span.to)}.`
        : undefined,
    );
  const told = new Map<string, { signal: Signal; at: number }>();
  const first = Math.floor(from / step) * step + step;
  const evaluations = Math.max(1, Math.ceil((to - first) / step) + 1);
  const prepared: StoryPosts[][] = [];
  for (const { stories } of asks) prepared.push(await watchedStories(spilloverCase, stories));
  for (let n = 0; n < evaluations; n++) {
    effects.signal?.throwIfAborted();
    const asOf = first + n * step;
    effects.onProgress({ step: 'replaying', done: n, total: evaluations, unit: 'steps' });
    const replayUntil = asOf + readAheadHours * hour;
    for (const [place, { stories, rules }] of asks.entries()) {
      const question = { stories, rules, asOf, told, replayUntil, prepared: prepared[place]! };
      for (const signal of await evaluateRules(spilloverCase, question))
        if (!told.has(signal.key)) told.set(signal.key, { signal, at: asOf });
    }
  }
  const watched = new Map(
    asks.flatMap(({ stories }) => stories).map((one) => [typeof one === 'string' ? one : one.name, one]),
  );
  const courses = await coursesOf(spilloverCase, watched);
  const alerts = await judge(spilloverCase, [...told.values()], courses, horizonHours * hour, span.to);
  const outcomes = courses.map((course) => storyOutcome(course, alerts, watched.has(course.name), from, to));
  return {
    from: iso(from),
    to: iso(to),
    stepMinutes,
    horizonHours,
    evaluations,
    rules: [...new Set(asks.flatMap(({ rules }) => rules.map(({ rule }) => rule)))],
    alerts,
    stories: outcomes,
    withoutPosts: [...watched.keys()].filter((name) => !courses.some((course) => course.name === name)),
    falseAlarms: alerts.filter((one) => one.outcome === 'false-alarm').length,
    misses: outcomes.filter((one) => one.missed).length,
  };
}

/** First post and crossing of every story of the case and of those watched, with hindsight. */
async function coursesOf(spilloverCase: Case, watched: ReadonlyMap<string, StoryChoice>): Promise<Course[]> {
  const others = (await listStories(spilloverCase)).map((one) => one.name).filter((name) => !watched.has(name));
  const all = await watchedStories(spilloverCase, [...watched.values(), ...others]);
  const courses: Course[] = [];
  for (const story of all) {
    if (story.count === 0) continue;
    const at = firstOfTier(story, story.count, 2);
    courses.push({
      name: story.name,
      table: story.table,
      first: (await firstCarried(spilloverCase.database, story.table)) ?? story.seen[0]!,
      crossing: at === null || at === 0 ? null : { time: story.seen[at]!, post: story.post[at]! },
    });
  }
  return courses;
}

async function judge(
  spilloverCase: Case,
  told: readonly { signal: Signal; at: number }[],
  courses: readonly Course[],
  horizonMs: number,
  end: number,
): Promise<BacktestAlert[]> {
  const { database } = spilloverCase;
  const artifacts = told.flatMap(({ signal }) => (signal.artifact ? [signal.artifact] : []));
  const own = await ownCrossings(database, artifacts);
  const belongs = new Map<string, Course>();
  for (const course of courses)
    for (const artifact of await mostlyIn(database, course.table, artifacts)) belongs.set(artifact, course);
  return told.map(({ signal, at }) => {
    const artifact = signal.artifact ? `${signal.artifact.kind}:${signal.artifact.value}` : '';
    const course = courses.find((one) => one.name === signal.story) ?? belongs.get(artifact);
    const crossings = [
      ...(course?.crossing ? [{ story: course.name, ...course.crossing }] : []),
      ...(own.has(artifact) ? [{ story: null, ...own.get(artifact)! }] : []),
    ].sort((a, b) => a.time - b.time);
    const crossing = crossings[0] ?? null;
    const outcome: AlertOutcome =
      crossing && crossing.time <= at
        ? 'late'
        : crossing && crossing.time <= at + horizonMs
          ? 'early'
          : at + horizonMs > end
            ? 'undecided'
            : 'false-alarm';
    return {
      ...signal,
      toldAt: iso(at),
      outcome,
      crossing: crossing && { ...crossing, time: iso(crossing.time) },
      leadSeconds: crossing ? Math.round((crossing.time - at) / 1000) : null,
      about: course?.name ?? null,
    };
  });
}

function storyOutcome(
  { name, first, crossing }: Course,
  alerts: readonly BacktestAlert[],
  watched: boolean,
  from: number,
  to: number,
): BacktestStory {
  const before = alerts.find((one) => one.about === name && Date.parse(one.toldAt) < (crossing?.time ?? Infinity));
  const lead = crossing && before ? crossing.time - Date.parse(before.toldAt) : null;
  return {
    story: name,
    watched,
    firstSeen: iso(first),
    crossing: crossing && { time: iso(crossing.time), post: crossing.post },
    firstAlert: before ? { rule: before.rule, subject: before.subject, toldAt: before.toldAt } : null,
    leadSeconds: lead === null ? null : Math.round(lead / 1000),
    leadPart: lead === null || crossing!.time <= first ? null : lead / (crossing!.time - first),
    missed: crossing !== null && crossing.time >= from && crossing.time <= to && !before,
  };
}
