import { caseExists, type WatchPlan } from '../case/plan-watch.ts';
import { ruleCatalogue } from '../case/watch-rules.ts';
import type { WatchState } from '../case/watch-state.ts';
import { table } from './table.ts';

const count = (value: number) => value.toLocaleString('en');

function inWords(ms: number): string {
  const units: [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ];
  const [size, unit] = units.find(([one]) => ms >= one && ms % one === 0) ?? [1_000, 's'];
  return `${ms / size} ${unit}`;
}

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function whereText({ settings, stories }: WatchPlan['rules'][number]): string {
  const { looksAt } = ruleCatalogue.find(({ id }) => id === settings.rule)!;
  return [...(looksAt === 'story' ? [] : ['the whole case']), ...(looksAt === 'case' ? [] : stories)].join(', ');
}

/** What a watch would do, for `--check`. */
export function watchPlanText(plan: WatchPlan): string {
  const { quietHours } = plan;
  const parts = [
    `${plan.file} is in order. It would watch the case ${plan.caseDirectory}${caseExists(plan) ? '' : ' (which would be made)'}.`,
    plan.sources.length === 0
      ? 'collect: nothing; the rules see what other commands bring into the case'
      : `collect\n${table(
          ['collection', 'source', 'platform', 'what', 'into the case every'],
          plan.sources.map((one) => [
            one.name,
            one.source,
            one.platform,
            one.scope,
            inWords(one.options.importEveryMs ?? 30_000),
          ]),
        )}`,
    plan.stories.length === 0
      ? 'stories: none; only rules that look at the whole case can tell something'
      : `stories\n${table(
          ['story', 'query', 'from', 'to'],
          plan.stories.map((one) => [
            one.name,
            one.query ?? '(as it is in the case)',
            one.from ?? null,
            one.to ?? null,
          ]),
        )}`,
    `rules, asked every ${inWords(plan.checkMs)}; stories that changed are traced every ${inWords(plan.retraceMs)}\n${table(
      ['rule', 'options', 'looks at', 'urgent'],
      plan.rules.map((one) => [
        one.settings.rule,
        Object.entries(one.settings.options)
          .map(([name, value]) => `${name} ${value}`)
          .join(', ') || 'defaults',
        whereText(one),
        one.isUrgent ? 'yes' : 'no',
      ]),
    )}`,
    `alerts go to\n${table(
      ['output', 'type', 'target', 'quiet hours hold it'],
      plan.outputs.map((one) => [one.name, one.type, one.target, quietHours && one.heedsQuiet ? 'yes' : 'no']),
    )}`,
    quietHours === null
      ? 'quiet hours: none'
      : `quiet hours: ${clock(quietHours.fromMinute)} to ${clock(quietHours.toMinute)} ${quietHours.timeZone}, beginning on ${quietHours.days.join(', ')}`,
    `limits: ${plan.messagesPerHour} messages an hour for each output; a collector that receives nothing for ${inWords(plan.blindAfterMs)} raises an alert; deliveries that fail are tried for ${inWords(plan.giveUpAfterMs)}${plan.mask ? '; alerts name public figures only' : ''}`,
  ];
  return parts.join('\n\n');
}

/** How a watch stands. */
export function watchStateText(state: WatchState, running: { pid: number; host: string } | null): string {
  const { lastCheck } = state;
  const parts = [
    running === null
      ? `not running${state.stopped === null ? '; it did not end in good order' : `; stopped ${state.stopped}`}`
      : `running since ${state.started} (process ${running.pid} on ${running.host})`,
    lastCheck === null
      ? 'no check yet'
      : `last check ${lastCheck.at}: ${count(lastCheck.signals)} signals, ${count(lastCheck.newAlerts)} new alerts, ${lastCheck.seconds.toFixed(1)} s${state.nextCheck === null ? '' : `; next ${state.nextCheck}`}`,
  ];
  if (state.sources.length > 0)
    parts.push(
      table(
        ['collection', 'state', 'complete to (UTC)', 'records', 'posts added', 'gaps', 'failures', 'trouble'],
        state.sources.map((one) => [
          one.name,
          one.again === null ? one.state : `${one.state} until ${one.again.slice(11, 19)}`,
          one.completeThrough,
          count(one.records),
          count(one.postsAdded),
          one.gaps,
          one.failures,
          one.trouble === null ? null : one.trouble.split('\n', 1)[0]!.slice(0, 100),
        ]),
      ),
    );
  if (state.stories.length > 0)
    parts.push(
      table(
        ['story', 'posts', 'traced (UTC)'],
        state.stories.map((one) => [one.name, count(one.posts), one.traced]),
      ),
    );
  parts.push(
    table(
      ['output', 'target', 'messages delivered', 'last (UTC)', 'held', 'trouble'],
      state.outputs.map((one) => [one.name, one.target, one.delivered, one.lastDelivered, one.held, one.trouble]),
    ),
  );
  if (running !== null || state.stopped === null)
    parts.push(...state.notes.slice(-5).map(({ at, text }) => `${at} ${text.split('\n', 1)[0]}`));
  return parts.join('\n');
}

/** One line on how a watch goes. */
export function watchLine(state: WatchState): string {
  const sum = (key: 'records' | 'postsAdded') => state.sources.reduce((total, one) => total + one[key], 0);
  const running = state.sources.filter((one) => one.state === 'running').length;
  return [
    `${running} of ${state.sources.length} collectors`,
    `${count(sum('records'))} records`,
    `${count(sum('postsAdded'))} posts added`,
    state.lastCheck === null ? 'no check yet' : `checked ${state.lastCheck.at.slice(11, 19)} UTC`,
    `${count(state.outputs.reduce((total, one) => total + one.delivered, 0))} messages`,
    ...(state.outputs.some(({ held }) => held > 0) ? ['some held'] : []),
  ].join(' · ');
}
