import { createHash } from 'node:crypto';
import { xmlText } from '../domain/xml-text.ts';
import { alertFragment } from './alert-html.ts';
import { type AlertContent, oneLine } from './alert-message.ts';
import { DeliveryError, type Output } from './output.ts';

export interface AtomSettings {
  name: string;
  file: string;
  /** Where the file is shown; null where nobody said. */
  url: string | null;
  title: string;
  /** Identity of the feed, the same for ever. */
  feedId: string;
  entries: number;
  generator: { name: string; version: string };
}

/** A feed file (RFC 4287) that is replaced as a whole by `write`. */
export function atomOutput(settings: AtomSettings, write: (path: string, text: string) => void): Output {
  return {
    name: settings.name,
    type: 'atom',
    shows: settings.entries,
    deliver: async (_message, newest) => {
      try {
        write(settings.file, atomFeed(settings, newest));
      } catch (error) {
        throw new DeliveryError(settings.name, (error as Error).message, true, null, error);
      }
      return null;
    },
  };
}

/** The feed's text; the newest alert first. An alert never changes once it is noticed. */
export function atomFeed(settings: AtomSettings, alerts: readonly AlertContent[]): string {
  const { title, feedId, url, generator, entries } = settings;
  const shown = alerts.slice(0, entries);
  const updated = shown[0]?.noticed ?? '1970-01-01T00:00:00.000Z';
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${urn(feedId)}</id>`,
    `<title>${xmlText(oneLine(title, 200))}</title>`,
    `<updated>${updated}</updated>`,
    `<author><name>${xmlText(generator.name)}</name></author>`,
    `<generator version="${xmlText(generator.version)}">${xmlText(generator.name)}</generator>`,
    ...(url === null ? [] : [`<link rel="self" type="application/atom+xml" href="${xmlText(url)}"/>`]),
    ...shown.map(entry),
    '</feed>',
  ].join('\n')}\n`;
}

function entry(alert: AlertContent): string {
  return [
    '<entry>',
    `<id>${urn(alert.id)}</id>`,
    `<title>${xmlText(oneLine(`${alert.isUrgent ? 'Urgent: ' : ''}${alert.headline}`, 200))}</title>`,
    `<updated>${alert.noticed}</updated>`,
    `<published>${alert.noticed}</published>`,
    `<category term="${xmlText(oneLine(alert.rule, 100))}" label="${xmlText(oneLine(alert.ruleTitle, 100))}"/>`,
    ...(alert.story === null ? [] : [`<category term="${xmlText(oneLine(alert.story, 100))}"/>`]),
    `<content type="html">${xmlText(alertFragment(alert))}</content>`,
    '</entry>',
  ].join('\n');
}

/** A name-based UUID (RFC 9562, version 8) of any text. */
function urn(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
