import { basename, dirname, resolve } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { ImportContext } from '../importers/importer.ts';

/** What the user says about files that do not say it themselves. */
export interface GivenContext {
  platform?: string;
  board?: string;
  zone?: string;
}

/** What is known of a file besides its records. */
export function importContext(file: string, given: GivenContext): ImportContext {
  return {
    fileName: basename(file),
    folderName: basename(dirname(resolve(file))),
    platform: given.platform === undefined ? null : platformNamed(given.platform),
    board: given.board ?? boardOf(file),
    zone: given.zone ?? null,
  };
}

/** @throws UserError where it is no IANA time zone. */
export function checkZone(zone: string | undefined): void {
  if (zone === undefined || zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone)) return;
  throw new UserError(
    `"${zone}" is not a time zone.`,
    'Use an IANA name such as Europe/Paris, America/New_York or UTC.',
  );
}

const otherPlatformNames: Record<string, string> = {
  twitter: 'x',
  'x.com': 'x',
  'twitter.com': 'x',
  fb: 'facebook',
  ig: 'instagram',
  yt: 'youtube',
  bsky: 'bluesky',
  tg: 'telegram',
};

/** The project's word for a platform: lower case, and `x` for Twitter. */
function platformNamed(name: string): string {
  const lower = name.trim().toLowerCase();
  return otherPlatformNames[lower] ?? lower;
}

const boardSites = new Set(['4chan', '8chan', '8kun', '4plebs']);

/** The board that a path names: `…/4chan/pol/thread-1.json`, `pol.csv`, `pol-123.json`; null where it names none. */
export function boardOf(file: string): string | null {
  const parts = resolve(file).split(/[\\/]/);
  const name = parts.at(-1) ?? '';
  if (boardSites.has((parts.at(-3) ?? '').toLowerCase())) return parts.at(-2) ?? null;
  const short = /^([a-z0-9]{1,5})(?:[-_.](?:thread[-_.]?)?\d+)?\.(?:csv|json|ndjson|jsonl)(?:\.gz|\.zst)?$/.exec(name);
  return short && !ordinaryNames.has(short[1]!) ? short[1]! : null;
}

/** Short file names that are words, not boards. */
const ordinaryNames = new Set([
  'posts',
  'post',
  'news',
  'data',
  'out',
  'all',
  'list',
  'test',
  'dump',
  'page',
  'chat',
  'feed',
  'index',
  'items',
  'rows',
  'asagi',
  '4chan',
  '8chan',
  '8kun',
  '4cat',
  'board',
  'file',
  'copy',
]);
