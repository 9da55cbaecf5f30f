import type { BacktestAlert, BacktestResult } from '../case/backtest.ts';
import { table } from './table.ts';

const minute = 60;

function span(seconds: number | null): string {
  if (seconds === null) return '-';
  const total = Math.round(Math.abs(seconds) / minute);
  const text = total < 60 ? `${total} min` : `${Math.floor(total / 60)} h ${total % 60} min`;
  return seconds < 0 ? `${text} after` : text;
}

const moment = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
const outcomes: Record<BacktestAlert['outcome'], string> = {
  early: 'early',
  late: 'late',
  'false-alarm': 'false alarm',
  undecided: 'undecided',
};

/** A backtest in words: every alert with its lead, what became of every story, and what the counts mean. */
export function backtestText(result: BacktestResult): string {
  const { alerts, stories } = result;
  const parts = [
    `Replayed ${moment(result.from)} to ${moment(result.to)} UTC in ${result.evaluations} steps of ${span(result.stepMinutes * minute)}, with ${result.rules.join(', ')}.`,
    alerts.length === 0
      ? 'No alert.'
      : table(
          ['told at (UTC)', 'rule', 'subject', 'score', 'about', 'outcome', 'before the crossing'],
          alerts.map((one) => [
            moment(one.toldAt),
            one.rule,
            one.subject,
            one.score ? one.score.probability.toFixed(2) : null,
            one.about,
            outcomes[one.outcome],
            span(one.leadSeconds),
          ]),
        ),
  ];
  if (stories.length > 0)
    parts.push(
      table(
        ['story', 'watched', 'first seen (UTC)', 'mainstream (UTC)', 'first alert', 'lead', 'part of the way', ''],
        stories.map((one) => [
          one.story,
          one.watched ? 'yes' : 'no',
          moment(one.firstSeen),
          one.crossing ? moment(one.crossing.time) : 'never',
          one.firstAlert ? one.firstAlert.rule : null,
          span(one.leadSeconds),
          one.leadPart === null ? null : `${Math.round(one.leadPart * 100)} %`,
          one.missed ? 'MISSED' : '',
        ]),
      ),
    );
  for (const name of result.withoutPosts)
    parts.push(`No post of the case belongs to the story ${name}: look at its query and its span of time.`);
  const early = alerts.filter((one) => one.outcome === 'early').length;
  const undecided = alerts.filter((one) => one.outcome === 'undecided').length;
  parts.push(
    `${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'}: ${early} early, ${result.falseAlarms} false ${result.falseAlarms === 1 ? 'alarm' : 'alarms'}${undecided > 0 ? `, ${undecided} undecided` : ''}; ${result.misses} ${result.misses === 1 ? 'story' : 'stories'} missed.`,
    `An alert is early when what it is about, or the story whose posts mostly carry it, reached a mainstream venue within ${result.horizonHours} hours, and a false alarm when it did not; ` +
      'crossings that no story of the case names are not known, so a false alarm may be right about something nobody named.',
  );
  return parts.join('\n\n');
}
