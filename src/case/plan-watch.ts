import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { durationMs } from '../base/duration-ms.ts';
import { UserError } from '../base/errors.ts';
import { isQuiet, minuteOfDay, type QuietHours } from '../base/quiet-hours.ts';
import { readCollectorOptions } from '../collectors/read-collector-options.ts';
import { collectors } from '../collectors/registry.ts';
import type { CollectOptions } from './collect.ts';
import { readCredentials, readSecret } from './credentials.ts';
import { checkZone } from './import-context.ts';
import { type ReadWatchFile, watchFileError } from './read-watch-file.ts';
import { checkStory } from './stories.ts';
import type { WatchFault } from './watch-file-faults.ts';
import type { WatchFile } from './watch-file-schema.ts';
import { planOutputs, type WatchOutput } from './watch-outputs.ts';
import { type RuleSettings, ruleCatalogue } from './watch-rules.ts';
import type { Path } from './yaml-source.ts';

export interface WatchedSource {
  /** Name of the collection. */
  name: string;
  source: string;
  platform: string;
  /** What is collected, in words. */
  scope: string;
  options: CollectOptions;
}

export interface WatchedStory {
  name: string;
  /** null: the story stays as it is in the case. */
  query: string | null;
  from: string | undefined;
  to: string | undefined;
}

export interface WatchedRule {
  settings: RuleSettings;
  /** Names of the stories it looks at. */
  stories: readonly string[];
  /** Its alerts go out in quiet hours too. */
  isUrgent: boolean;
}

/** A watch file with every default filled in and every part checked. It holds no secrets. */
export interface WatchPlan {
  file: string;
  caseDirectory: string;
  credentialsFile: string | null;
  sources: readonly WatchedSource[];
  stories: readonly WatchedStory[];
  rules: readonly WatchedRule[];
  outputs: readonly WatchOutput[];
  checkMs: number;
  retraceMs: number;
  onceMs: number;
  quietHours: QuietHours | null;
  messagesPerHour: number;
  blindAfterMs: number;
  giveUpAfterMs: number;
  mask: boolean;
}

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const urgentRule = 'mainstream-crossing';
const week = 7 * 86_400_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** What a watch file means. @throws UserError that names every mistake with line, column and the way out. */
export function planWatch(read: ReadWatchFile, environment: Environment, caseDirectory?: string): WatchPlan {
  const { source, content } = read;
  const faults: WatchFault[] = [];
  const folder = dirname(resolve(source.file));
  /** What `work` gives; null where it threw a UserError, which becomes a fault. */
  const attempt = <T>(path: Path, work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      faults.push({ path, says: `${error.message}${error.hint ? ` ${error.hint}` : ''}` });
      return null;
    }
  };
  const fault = (path: Path, says: string) => faults.push({ path, says });
  const length = (path: Path, text: string | undefined, usual: number, least: number, most: number): number => {
    const ms = text === undefined ? usual : (attempt(path, () => durationMs(String(path.at(-1)), text)) ?? usual);
    if (ms < least || ms > most) fault(path, `must lie between ${inWords(least)} and ${inWords(most)}`);
    return ms;
  };
  const credentialsFile = content.credentials === undefined ? null : resolve(folder, content.credentials);
  if (credentialsFile !== null) attempt(['credentials'], () => readSecret('', credentialsFile, {}));
  const stories = planStories(content, attempt, fault);
  const { schedule = {}, limits = {} } = content;
  const checkMs = length(['schedule', 'check'], schedule.check, 60_000, 1_000, 86_400_000);
  const plan: WatchPlan = {
    file: source.file,
    caseDirectory: caseDirectory ?? watchedCase(read),
    credentialsFile,
    sources: planSources(content, folder, credentialsFile, environment, attempt, fault, length),
    stories,
    rules: planRules(content, stories, fault),
    outputs: planOutputs(content.outputs ?? [{ type: 'terminal' }], { folder, credentialsFile, environment, fault }),
    checkMs,
    retraceMs: length(['schedule', 'retrace'], schedule.retrace, Math.max(checkMs, 900_000), checkMs, week),
    onceMs: length(['schedule', 'once'], schedule.once, 120_000, 1_000, 86_400_000),
    quietHours: planQuietHours(content, attempt, fault),
    messagesPerHour: limits.messagesPerHour ?? 20,
    blindAfterMs: length(['limits', 'blindAfter'], limits.blindAfter, 900_000, 1_000, week),
    giveUpAfterMs: length(['limits', 'giveUpAfter'], limits.giveUpAfter, 3 * 86_400_000, 1_000, 60 * 86_400_000),
    mask: content.mask ?? false,
  };
  if (faults.length > 0) throw watchFileError(source, faults);
  return plan;
}

/** Directory of the case that a watch file names. */
export const watchedCase = ({ source, content }: ReadWatchFile): string =>
  resolve(dirname(resolve(source.file)), content.case ?? 'spillover-case');

type Attempt = <T>(path: Path, work: () => T) => T | null;
type Fault = (path: Path, says: string) => void;

function planSources(
  content: WatchFile,
  folder: string,
  credentialsFile: string | null,
  environment: Environment,
  attempt: Attempt,
  fault: Fault,
  length: (path: Path, text: string | undefined, usual: number, least: number, most: number) => number,
): WatchedSource[] {
  const planned: WatchedSource[] = [];
  for (const [at, one] of (content.collectors ?? []).entries()) {
    if (one.on === false) continue;
    const path = ['collectors', at];
    const collector = collectors.find(({ id }) => id === one.source)!;
    const given = { ...one.options };
    for (const { name, kind } of collector.options) {
      if (kind !== 'file' || typeof given[name] !== 'string') continue;
      given[name] = resolve(folder, given[name]);
      if (!existsSync(given[name] as string))
        fault([...path, 'options', name], `is a file that is not there: ${given[name]}`);
    }
    const options = attempt([...path, 'options'], () => readCollectorOptions(collector, given));
    const plan = options && attempt([...path, 'options'], () => collector.plan(options));
    attempt(path, () => readCredentials(collector, credentialsFile, environment));
    const importEveryMs = length([...path, 'importEvery'], one.importEvery, 30_000, 500, 3_600_000);
    if (!plan) continue;
    const name = one.name ?? plan.name;
    if (planned.some((other) => other.name === name))
      fault(path, `is the second collection named ${name}: give one of them a name: of its own`);
    planned.push({
      name,
      source: collector.id,
      platform: plan.platform,
      scope: plan.scope,
      options: {
        options,
        name,
        importEveryMs,
        ...(one.baseUrl === undefined ? {} : { baseUrl: one.baseUrl }),
        ...(credentialsFile === null ? {} : { credentialsFile }),
        ...(content.contact === undefined ? {} : { contact: content.contact }),
        ...(one.respectDeletions ? { respectDeletions: true } : {}),
      },
    });
  }
  return planned;
}

function planStories(content: WatchFile, attempt: Attempt, fault: Fault): WatchedStory[] {
  const names = new Set<string>();
  return (content.stories ?? []).map(({ name, match, from, to }, at) => {
    const path = ['stories', at];
    if (names.has(name)) fault([...path, 'name'], `"${name}" stands twice: every story has a name of its own`);
    names.add(name);
    if (match === undefined) {
      if (from !== undefined || to !== undefined)
        fault(path, 'has from or to without match: a story that stays as it is in the case has its own times');
    } else
      attempt([...path, 'match'], () =>
        checkStory({
          name,
          query: match,
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
        }),
      );
    return { name, query: match ?? null, from, to };
  });
}

function planRules(content: WatchFile, stories: readonly WatchedStory[], fault: Fault): WatchedRule[] {
  const names = stories.map(({ name }) => name);
  const given = content.rules ?? ruleCatalogue.map(({ id }) => ({ rule: id }) as { rule: string });
  const taken = new Set<string>();
  const planned: WatchedRule[] = [];
  for (const [at, one] of (given as NonNullable<WatchFile['rules']>).entries()) {
    const wanted = one.stories ?? names;
    for (const [place, name] of (one.stories ?? []).entries())
      if (!names.includes(name))
        fault(
          ['rules', at, 'stories', place],
          `names no story of this file: ${names.length === 0 ? 'there is none under stories:' : names.join(', ')}`,
        );
    for (const name of wanted.length === 0 ? [''] : wanted) {
      const key = `${one.rule} ${name}`;
      if (taken.has(key))
        fault(['rules', at], `is the second ${one.rule}${name === '' ? '' : ` for ${name}`}: join the two`);
      taken.add(key);
    }
    if (one.on === false) continue;
    planned.push({
      settings: { rule: one.rule as RuleSettings['rule'], options: one.options ?? {} },
      stories: wanted,
      isUrgent: one.urgent ?? one.rule === urgentRule,
    });
  }
  return planned;
}

function planQuietHours({ quietHours }: WatchFile, attempt: Attempt, fault: Fault): QuietHours | null {
  if (quietHours === undefined) return null;
  const { from, to, timeZone, days } = quietHours;
  const isZone = attempt(['quietHours', 'timeZone'], () => {
    checkZone(timeZone);
    return true;
  });
  const hours = { fromMinute: minuteOfDay(from), toMinute: minuteOfDay(to), timeZone, days: days ?? everyDay };
  if (hours.fromMinute === hours.toMinute) fault(['quietHours', 'to'], 'is the same as from: nothing would be quiet');
  if (isZone) isQuiet(hours, 0);
  return hours;
}

const inWords = (ms: number) =>
  ms % 86_400_000 === 0 ? `${ms / 86_400_000}d` : ms % 60_000 === 0 ? `${ms / 60_000}m` : `${ms / 1000}s`;

/** Whether the case of a plan is there yet. */
export const caseExists = ({ caseDirectory }: WatchPlan): boolean => existsSync(join(caseDirectory, 'case.duckdb'));
