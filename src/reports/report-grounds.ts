import type { CoverageEntry } from '../analyses/trace/trace-result.ts';
import { escapeHtml, htmlTable, link } from './html.ts';
import { clock, count, percent, platformTitle, type ReportPage, small, when } from './report-page.ts';

export function coveragePart({ result }: ReportPage): string {
  const any = (of: (one: CoverageEntry) => number) => result.coverage.some((one) => of(one) > 0);
  const columns: Column[] = [
    ['platform', (one) => `<b>${escapeHtml(platformTitle(one.platform))}</b> ${small(one.tier)}`],
    ['from', (one) => when(one.from)],
    ['to', (one) => when(one.to)],
    ['posts', (one) => count(one.posts)],
    ['of the story', (one) => count(one.storyPosts)],
    ...(any((one) => one.loss) ? [['missed', (one) => (one.loss > 0 ? percent(one.loss) : '')] satisfies Column] : []),
    ...(any((one) => one.gaps.length) ? [['gaps', (one) => spans(one.gaps)] satisfies Column] : []),
    ...(any((one) => one.capped.length) ? [['capped', (one) => spans(one.capped)] satisfies Column] : []),
    ['what it allows one to say', (one) => small(escapeHtml(one.statement))],
  ];
  const rows = result.coverage.map((one) => columns.map(([, cell]) => cell(one)));
  return `<h2 id="coverage">What was seen, and what was not</h2>${htmlTable(
    columns.map(([heading]) => heading),
    rows,
    'Coverage by platform (UTC)',
  )}${result.notCollected.length > 0 ? `<p>Not collected at all: ${result.notCollected.map((one) => escapeHtml(platformTitle(one))).join(', ')}. Nothing can be said of what happened there.</p>` : ''}${result.withoutTime > 0 ? `<p>${count(result.withoutTime)} posts match the story but have no known time; they are left out.</p>` : ''}`;
}

type Column = [heading: string, cell: (one: CoverageEntry) => string];

const mostSpans = 4;

function spans(list: CoverageEntry['gaps']): string {
  const shown = list.slice(0, mostSpans).map(([from, to]) => `${when(from)} – ${when(to)}`);
  return small([...shown, ...(list.length > mostSpans ? [`and ${list.length - mostSpans} more`] : [])].join('<br>'));
}

export function methodPart({ result }: ReportPage): string {
  const { options } = result;
  const methods = [...new Set(result.findings.map((one) => one.method))];
  return `<h2 id="method">Method and caveats</h2><ul>${result.caveats.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul><h3>How each statement was made</h3><ul class="methods">${methods.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul><h3>To make it again</h3><p><code>spillover trace ${escapeHtml(result.story)}</code> on the same case gives the same result, byte for byte. Query: <code>${escapeHtml(result.query)}</code></p><p class="small">${escapeHtml(result.version)}; options ${escapeHtml(
    Object.entries(options)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  )}.</p>`;
}

/** The posts behind the numbers; their text is text, and only the address of a post is a link. */
export function evidencePart({ result, notes, who }: ReportPage): string {
  const posts = new Map(result.cited.map((post) => [post.post, post]));
  const items = [...notes].map(([id, number]) => {
    const post = posts.get(id)!;
    const precision =
      post.precisionMs >= 86_400_000
        ? ' (to the day)'
        : post.precisionMs >= 3_600_000
          ? ' (to the hour)'
          : post.precisionMs >= 60_000
            ? ' (to the minute)'
            : '';
    return `<li id="post-${number}"><p class="by"><span class="no">${number}</span> <b>${post.account === null ? 'anonymous' : who(post.account)}</b> on ${escapeHtml(platformTitle(post.platform))}, ${clock(post.time)}${post.precisionMs < 1000 ? post.time.slice(19, 23) : ''} UTC${precision}</p><p class="what">${escapeHtml(post.text) || '<i>no text</i>'}</p><p class="small">${escapeHtml(post.post)}${post.permalink ? ` · ${link(post.permalink, post.permalink)}` : ''} · ${escapeHtml(post.file)}${post.line === null ? '' : `, line ${post.line}`}</p></li>`;
  });
  return `<h2 id="evidence">Evidence</h2><p class="note">The ${count(items.length)} posts behind the footnotes, as they were first seen. Addresses inside them are not links.</p><ol class="evidence cards">${items.join('\n')}</ol>`;
}
