import { escapeHtml, link } from '../domain/safe-html.ts';
import { type AlertContent, type AlertMessage, messageTitle, oneLine } from './alert-message.ts';
import { alertsNote, alertText, scoreLine } from './alert-text.ts';

const text = (value: string, most: number) => escapeHtml(oneLine(value, most));

/** One alert as a fragment of HTML; nothing of a post is taken as markup. */
export function alertFragment(alert: AlertContent): string {
  const { posts, postsInAll, score } = alert;
  const list = (items: readonly string[]) =>
    items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
  return [
    `<p>${text(alert.ruleTitle, 100)}${alert.story === null ? '' : `, story ${text(alert.story, 100)}`}, alert ${alert.number}<br>happened ${text(alert.at, 40)}, noticed ${text(alert.noticed, 40)}</p>`,
    score === null ? '' : `<p>${text(scoreLine(score), 600)}</p>`,
    list(alert.reasons.map((reason) => text(reason, 600))),
    list(
      posts.map(
        (post) =>
          `${text(post.time ?? 'time unknown', 40)} <b>${text(post.author ?? post.platform, 80)}</b>: ${text(post.text, 280)} ${link(post.permalink, oneLine(post.post, 120))}`,
      ),
    ),
    postsInAll > posts.length ? `<p>${postsInAll} posts in all: spillover alerts show ${alert.number}</p>` : '',
    list([
      ...alert.blind.map((line) => `not seen: ${text(line, 400)}`),
      ...alert.caveats.map((line) => `note: ${text(line, 400)}`),
    ]),
  ].join('');
}

/** A message as a page for mail programs. */
export function alertPage(message: AlertMessage): string {
  const body =
    message.kind === 'test'
      ? `<p>${escapeHtml(alertText(message))}</p>`
      : message.alerts
          .map(
            (alert) =>
              `<h2>${alert.isUrgent ? 'Urgent: ' : ''}${text(alert.headline, 400)}</h2>${alertFragment(alert)}`,
          )
          .join('');
  const note = message.kind === 'test' ? '' : `<p>${escapeHtml(alertsNote)}</p>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(messageTitle(message))}</title></head><body>${body}${note}</body></html>`;
}
