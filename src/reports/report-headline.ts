import type { Stage, TraceResult } from '../analyses/trace/trace-result.ts';
import { escapeHtml } from './html.ts';
import { clock, count, lag, platformTitle, type ReportPage } from './report-page.ts';

/** Headline of the page: where it was first seen, how far it came and how fast. */
export function headline({ result, who }: ReportPage): string {
  const stage = stageFinder(result);
  const first = stage('first-seen');
  if (!first) return escapeHtml(result.story);
  const reached = stage('mainstream');
  const last = reached ?? result.stages.filter((one) => one.id === 'crossing').at(-1);
  const start = platformTitle(first.platform);
  if (!last)
    return `${escapeHtml(start)}: ${count(result.posts)} ${result.posts === 1 ? 'post' : 'posts'}, one platform`;
  const later = lag((Date.parse(last.time) - Date.parse(first.time)) / 1000);
  const goal = reached ? who(reached.account) : escapeHtml(platformTitle(last.platform));
  return result.origin.leftEdgeClean
    ? `From ${escapeHtml(start)} to ${goal} in ${later}`
    : `Seen first on ${escapeHtml(start)}, ${reached ? 'at' : 'on'} ${goal} ${later} later`;
}

const hour = 3_600_000;
/** Whether only the day is known. */
const isOfDay = (stage: Stage) => Date.parse(stage.latest) - Date.parse(stage.time) > hour;

const stageFinder =
  (result: TraceResult) =>
  (id: string): Stage | undefined =>
    result.stages.find((one) => one.id === id);

/** The moments and measures a reader looks for first. */
export function keyFigures(page: ReportPage): string {
  const { result, cite, who } = page;
  const stage = stageFinder(result);
  const first = stage('first-seen');
  const since = (one: Stage) =>
    first ? `${lag((Date.parse(one.time) - Date.parse(first.time)) / 1000)} <small>after</small>` : clock(one.time);
  const figure = (title: string, value: string, note: string) =>
    `<div><dt>${title}</dt><dd><b>${value}</b><span>${note}</span></dd></div>`;
  const moment = (id: string, title: string, note: (one: Stage) => string) => {
    const one = stage(id);
    return one ? figure(title, since(one), note(one)) : '';
  };
  return `<dl class="figures">${[
    first
      ? figure(
          result.origin.leftEdgeClean ? 'First seen' : 'Earliest in this collection',
          isOfDay(first) ? first.time.slice(0, 10) : `${first.time.slice(11, 19)} <small>UTC</small>`,
          `${escapeHtml(platformTitle(first.platform))}, ${isOfDay(first) ? 'the hour is not known' : first.time.slice(0, 10)}${cite([first.post])}`,
        )
      : '',
    moment(
      'crossing',
      'Crossed',
      (one) => `to ${escapeHtml(platformTitle(one.platform))}: ${who(one.account)}${cite([one.post])}`,
    ),
    moment(
      'takeoff',
      'Took off',
      (one) => `on ${escapeHtml(platformTitle(one.platform))}, within 5 minutes${cite([one.post])}`,
    ),
    moment('outward', 'Left its community', (one) => `with ${who(one.account)}${cite([one.post])}`),
    moment('mainstream', 'Reached the mainstream', (one) => `${who(one.account)}${cite([one.post])}`),
    figure(
      'Breakout category',
      `${result.breakout.category} <small>of 6</small>`,
      `${count(result.posts)} posts by ${count(result.accounts)} accounts`,
    ),
  ].join('')}</dl>`;
}
