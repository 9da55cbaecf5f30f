import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { escapeHtml } from '../domain/safe-html.ts';
import type { Timeline } from './timeline-event.ts';
import { displayTime, eventHtml, timelineJs } from './timelinejs.ts';

/** A file of an export, by its path inside the folder. */
export interface ExportFile {
  path: string;
  content: string | Uint8Array;
}

/**
 * A folder with the timeline as a page that works without network, also when it is opened from the disk: Knight Lab's TimelineJS 3 (MPL-2.0)
 * with its style and icons, the events as a script, and a list for readers without the viewer. Nothing is asked for from outside: no
 * fonts, no media, a content security policy, links without referrer.
 */
export function timelinePage(timeline: Timeline): ExportFile[] {
  const dist = join(dirname(createRequire(import.meta.url).resolve('@knight-lab/timelinejs/package.json')), 'dist');
  const copy = (from: string, path: string): ExportFile => ({ path, content: readFileSync(join(dist, from)) });
  const json = JSON.stringify(timelineJs(timeline), null, 1);
  return [
    { path: 'index.html', content: page(timeline) },
    { path: 'timeline.json', content: `${json}\n` },
    { path: 'events.js', content: `window.spilloverTimeline = ${scriptSafe(json)};\n` },
    { path: 'start.js', content: start },
    { path: 'page.css', content: style },
    copy('js/timeline.js', 'timelinejs/timeline.js'),
    { path: 'timelinejs/timeline.css', content: relocated(readFileSync(join(dist, 'css/timeline.css'), 'utf8')) },
    ...readdirSync(join(dist, 'css/icons')).map((name) => copy(`css/icons/${name}`, `timelinejs/icons/${name}`)),
    copy('../LICENSE', 'timelinejs/LICENSE'),
  ];
}

function page(timeline: Timeline): string {
  const posts = new Map(timeline.cited.map((post) => [post.post, post]));
  const shown = timeline.events.filter((event) => !event.hidden);
  const list = shown
    .map(
      (event) =>
        `<li><h3>${escapeHtml(event.headline)}</h3><p><time datetime="${escapeHtml(event.time)}">${escapeHtml(displayTime(event))}</time> · ${escapeHtml(event.group)}</p>${eventHtml(event, posts)}</li>`,
    )
    .join('\n');
  const eras = timeline.eras.map(
    (era) => `<li>${escapeHtml(era.name)}: ${escapeHtml(era.from)} to ${escapeHtml(era.to)}</li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(timeline.title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="timelinejs/timeline.css">
<link rel="stylesheet" href="page.css">
</head>
<body>
<div id="timeline"></div>
<main>
<h1>${escapeHtml(timeline.title)}</h1>
<p>${escapeHtml(timeline.introduction)}</p>
${eras.length > 0 ? `<h2>Eras</h2><ul>${eras.join('')}</ul>` : ''}
<h2>The ${shown.length} events as a list</h2>
<ol>
${list}
</ol>
<p><small>${escapeHtml(timeline.version)}. All times are UTC. Viewer: TimelineJS 3 by Knight Lab, MPL-2.0.</small></p>
</main>
<script src="timelinejs/timeline.js"></script>
<script src="events.js"></script>
<script src="start.js"></script>
</body>
</html>
`;
}

/** TimelineJS knows no 24-hour English. At half a screen's width with its first moment in the middle all of the story is seen at first. */
const start = `window.timeline = new TL.Timeline('timeline', window.spilloverTimeline, {
  font: null,
  language: 'en',
  script_path: new URL('timelinejs/', document.baseURI).href,
  hash_bookmark: false,
  scale_factor: 0.5,
});
Object.assign(window.timeline.language.dateformats, {
  time: "HH:MM:ss' <small>'d mmmm yyyy'</small>'",
  time_short: 'HH:MM:ss',
  time_no_seconds_short: 'HH:MM',
  time_no_minutes_short: 'HH:00',
  time_no_seconds_small_date: "HH:MM' <small>'d mmmm yyyy'</small>'",
  full: 'd mmmm yyyy',
  full_short: 'd mmm',
  full_long: "d mmm yyyy', 'HH:MM",
  full_long_small_date: "HH:MM' <small>'d mmm yyyy'</small>'",
});
`;

const style = `body { margin: 0; font-family: Georgia, "Times New Roman", serif; color: #222; background: #fff; }
#timeline { width: 100%; height: 620px; border-bottom: 1px solid #ccc; }
#timeline blockquote, main blockquote { margin: 0.4em 0; padding-left: 0.8em; border-left: 3px solid #999; white-space: pre-wrap; overflow-wrap: anywhere; }
main { max-width: 46em; margin: 2em auto; padding: 0 1em; line-height: 1.45; overflow-wrap: anywhere; }
#timeline { overflow: hidden; }
main li { margin-bottom: 1.4em; }
main h3 { margin: 0 0 0.2em; }
small { color: #555; }
`;

/** JSON inside a script: no end of the element, no line separators of old JavaScript. */
function scriptSafe(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Without the map of the source, and with the icons where they lie here. */
function relocated(css: string): string {
  return css.replace(/\/\*# sourceMappingURL=.*?\*\//g, '').replaceAll('url(../js/../css/icons/', 'url(icons/');
}
