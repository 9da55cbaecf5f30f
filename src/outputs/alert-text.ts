import { type AlertContent, type AlertMessage, messageTitle, oneLine } from './alert-message.ts';

export const alertsNote =
  'An alert says what was seen in the posts that were collected. It is no verdict on anybody, and what was not collected it cannot know.';

/** A message as plain text, without control characters of posts. */
export function alertText(message: AlertMessage): string {
  if (message.kind === 'test')
    return `This message shows that alerts of the case ${oneLine(message.case, 100)} arrive.`;
  const parts = message.alerts.map(oneAlert);
  const head = message.alerts.length > 1 ? [messageTitle(message)] : [];
  return [...head, ...parts, alertsNote].join('\n\n');
}

function oneAlert(alert: AlertContent): string {
  const { posts, postsInAll, score } = alert;
  return [
    `${alert.isUrgent ? 'URGENT ' : ''}${oneLine(alert.headline, 400)}`,
    `${oneLine(alert.ruleTitle, 100)}${alert.story === null ? '' : `, story ${oneLine(alert.story, 100)}`}, alert ${alert.number}`,
    `happened ${alert.at}, noticed ${alert.noticed}`,
    ...(score === null ? [] : [scoreLine(score)]),
    ...alert.reasons.map((reason) => `- ${oneLine(reason, 600)}`),
    ...posts.map(
      (post) =>
        `  ${post.time ?? 'time unknown'} ${oneLine(post.author ?? post.platform, 80)}: ${oneLine(post.text, 280)}\n    ${oneLine(post.permalink ?? post.post, 400)}`,
    ),
    ...(postsInAll > posts.length ? [`  … ${postsInAll} posts in all: spillover alerts show ${alert.number}`] : []),
    ...alert.blind.map((line) => `not seen: ${oneLine(line, 400)}`),
    ...alert.caveats.map((line) => `note: ${oneLine(line, 400)}`),
  ].join('\n');
}

/** The early warning in words. */
export function scoreLine(score: NonNullable<AlertContent['score']>): string {
  return `chance to reach the mainstream within ${score.withinHours} h: ${Math.round(score.probability * 100)} %${score.reasons.length > 0 ? ` (${oneLine(score.reasons.join('; '), 400)})` : ''}`;
}
