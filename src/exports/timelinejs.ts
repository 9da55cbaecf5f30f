import type { CitedPost } from '../analyses/trace/trace-result.ts';
import { isAnonymousPlatform } from '../domain/anonymous-platforms.ts';
import { escapeHtml, link } from '../domain/safe-html.ts';
import type { Timeline, TimelineEvent } from './timeline-event.ts';

/** Date of TimelineJS: parts only as far as they are known; it has no zone, the parts are UTC. */
export interface TimelineJsDate {
  year: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
}

export interface TimelineJsSlide {
  unique_id: string;
  start_date: TimelineJsDate;
  display_date: string;
  group: string;
  autolink: false;
  text: { headline: string; text: string };
}

/** What TimelineJS 3 reads (TimelineConfig.js). Texts are HTML with everything untrusted escaped; no media, so that nothing is asked for. */
export interface TimelineJs {
  scale: 'human';
  title: { unique_id: string; autolink: false; text: { headline: string; text: string } };
  events: TimelineJsSlide[];
  eras: { start_date: TimelineJsDate; end_date: TimelineJsDate; text: { headline: string } }[];
}

/** The visible events of a timeline in the form of Knight Lab's TimelineJS 3, each with its citation and permalink. */
export function timelineJs(timeline: Timeline): TimelineJs {
  const posts = new Map(timeline.cited.map((post) => [post.post, post]));
  const used = new Map<string, number>();
  return {
    scale: 'human',
    title: {
      unique_id: 'title',
      autolink: false,
      text: {
        headline: escapeHtml(timeline.title),
        text: `<p>${escapeHtml(timeline.introduction)}</p><p>${escapeHtml(timeline.version)}. All times are UTC.</p>`,
      },
    },
    events: timeline.events
      .filter((event) => !event.hidden)
      .map((event) => ({
        unique_id: slideId(event.id, used),
        start_date: dateParts(event.time, event.precisionMs),
        display_date: escapeHtml(displayTime(event)),
        group: escapeHtml(event.group),
        autolink: false,
        text: { headline: escapeHtml(event.headline), text: eventHtml(event, posts) },
      })),
    eras: timeline.eras.map((era) => ({
      start_date: dateParts(era.from, 1000),
      end_date: dateParts(era.to, 1000),
      text: { headline: escapeHtml(era.name) },
    })),
  };
}

/** The body of one event as HTML: the analyst's words, the posts with author, time and place of the record, and why it is here. */
export function eventHtml(event: TimelineEvent, posts: ReadonlyMap<string, CitedPost>): string {
  const words = event.text === '' ? '' : `<p>${escapeHtml(event.text)}</p>`;
  const cited = event.posts.map((id) => {
    const post = posts.get(id);
    return post ? citation(post) : `<p>${escapeHtml(id)} (not in the case)</p>`;
  });
  return `${words}${cited.join('')}<p><small>${escapeHtml(event.origin === 'analyst' ? `Added by the analyst. ${event.reason}`.trim() : `Chosen as ${event.reason}.${event.edited ? ' Edited by the analyst.' : ''}`)}</small></p>`;
}

function citation(post: CitedPost): string {
  const who = isAnonymousPlatform(post.platform)
    ? 'anonymous'
    : (post.handle ?? post.name ?? post.account ?? 'anonymous');
  const text = post.text.length > 500 ? `${post.text.slice(0, 500)} …` : post.text;
  return `<blockquote>${escapeHtml(text)}</blockquote><p><small>${escapeHtml(who)}, ${escapeHtml(timeInWords(post.time, post.precisionMs))} · ${post.permalink === null ? escapeHtml(post.post) : link(post.permalink, post.post)} · ${escapeHtml(post.file)}${post.line === null ? '' : `, line ${post.line}`}</small></p>`;
}

/** The time of an event at the precision that is known, with its bounds where they differ. */
export function displayTime(event: TimelineEvent): string {
  const time = timeInWords(event.time, event.precisionMs);
  return event.earliest === null ||
    event.latest === null ||
    Date.parse(event.latest) - Date.parse(event.earliest) < 2000
    ? time
    : `${time} (between ${timeInWords(event.earliest, 1000)} and ${timeInWords(event.latest, 1000)})`;
}

const second = 1000;
const minute = 60_000;
const hour = 3_600_000;
const day = 86_400_000;

function timeInWords(iso: string, precisionMs: number): string {
  if (precisionMs >= 28 * day) return iso.slice(0, 7);
  if (precisionMs >= day) return iso.slice(0, 10);
  const clock = `${iso.slice(0, 10)} ${iso.slice(11, precisionMs >= minute ? 16 : 19)}`;
  if (precisionMs >= hour) return `${clock} UTC (to the hour)`;
  return precisionMs >= minute ? `${clock} UTC (to the minute)` : `${clock} UTC`;
}

function dateParts(iso: string, precisionMs: number): TimelineJsDate {
  const time = new Date(iso);
  return {
    year: time.getUTCFullYear(),
    ...(precisionMs < 366 * day ? { month: time.getUTCMonth() + 1 } : {}),
    ...(precisionMs < 28 * day ? { day: time.getUTCDate() } : {}),
    ...(precisionMs < day ? { hour: time.getUTCHours() } : {}),
    ...(precisionMs < hour ? { minute: time.getUTCMinutes() } : {}),
    ...(precisionMs < minute ? { second: time.getUTCSeconds() } : {}),
    ...(precisionMs < second ? { millisecond: time.getUTCMilliseconds() } : {}),
  };
}

/** TimelineJS makes an HTML id and an address of it. */
function slideId(id: string, used: Map<string, number>): string {
  const plain = id.replace(/[^A-Za-z0-9-]+/g, '-');
  const times = used.get(plain) ?? 0;
  used.set(plain, times + 1);
  return times === 0 ? plain : `${plain}-${times + 1}`;
}
