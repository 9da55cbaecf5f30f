import { createHash } from 'node:crypto';
import type { OptionValue, ResultSummary } from '../analyses/analysis.ts';
import { columnHeading } from '../base/column-heading.ts';
import { analysisFigures } from './analysis-figures.ts';
import type { Figure } from './figures/figure.ts';
import { escapeHtml, htmlTable, link } from './html.ts';
import { reportStyle } from './report-style.ts';

/** A post that the report shows as evidence. */
export interface EvidencePost {
  post: string;
  platform: string;
  author: string | null;
  time: string | null;
  text: string;
  permalink: string | null;
  file: string;
  line: number | null;
}

/** All that a page about one analysis needs. */
export interface AnalysisReportInput {
  analysis: string;
  title: string;
  question: string;
  version: string;
  story: string | null;
  options: Readonly<Record<string, OptionValue>>;
  caveats: readonly string[];
  result: object;
  summary: ResultSummary;
  evidence: readonly EvidencePost[];
}

const mostRows = 100;

/** Posts that the findings cite, first cited first. */
export function citedPosts(summary: ResultSummary): string[] {
  return [...new Set(summary.findings.flatMap((finding) => finding.posts))];
}

/** One self-contained HTML page of a finished analysis; it makes no request to anywhere. */
export function analysisReport(input: AnalysisReportInput): string {
  const notes = new Map(input.evidence.map((post, place) => [post.post, place + 1]));
  const cite = (posts: readonly string[]) =>
    posts
      .filter((post) => notes.has(post))
      .map((post) => `<sup><a href="#post-${notes.get(post)}">${notes.get(post)}</a></sup>`)
      .join('');
  const figures = analysisFigures(input.analysis, input.result);
  const subject = input.story ?? 'the whole case';
  const options = Object.entries(input.options)
    .map(([name, value]) => `${name} ${value === null ? 'chosen from the data' : String(value)}`)
    .join(' · ');
  const body = [
    `<header><p class="kicker">${escapeHtml(input.title)}</p><h1>${escapeHtml(subject)}</h1><p class="meta">${escapeHtml(input.question)}</p><p class="meta">${escapeHtml(input.version)}</p></header>`,
    `<ol class="findings">${input.summary.findings.map((finding) => `<li>${escapeHtml(finding.text)}${cite(finding.posts)}</li>`).join('\n')}</ol>`,
    ...figures.filter((figure) => !figure.small).map(figureOf),
    figures.some((figure) => figure.small)
      ? `<div class="small-figures">${figures
          .filter((figure) => figure.small)
          .map(figureOf)
          .join('')}</div>`
      : '',
    ...input.summary.tables.map(tableOf),
    `<h2 id="limits">What this does not say</h2><ul>${input.caveats.map((caveat) => `<li>${escapeHtml(caveat)}</li>`).join('\n')}</ul>`,
    `<h2 id="method">Method</h2><p class="small">Analysis ${escapeHtml(input.analysis)}, ${escapeHtml(input.version)}. Options: ${escapeHtml(options)}.</p>`,
    evidence(input.evidence),
  ].join('\n');
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(reportStyle).digest('base64')}'; img-src data:`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}"><title>${escapeHtml(`${input.title}: ${subject}`)}</title><style>${reportStyle}</style></head>
<body><main>${body}</main></body></html>
`;
}

function figureOf({ svg, caption }: Figure): string {
  return `<figure><div class="wide">${svg}</div><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

/** A cell as a reader wants it: times to the second, counts with thousands apart. */
function cellOf(cell: string | number | boolean | null): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'number') return `<span class="nw">${numberOf(cell)}</span>`;
  const time = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)[\d.]*Z$/.exec(cell);
  return time ? `<time>${time[1]}\u00a0${time[2]}</time>` : escapeHtml(cell);
}

/** Counts in full, fractions to four digits; what is tiny but not nothing as a power of ten. */
function numberOf(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  if (Math.abs(value) < 0.0001) return value.toExponential(1).replace('e-', ' × 10<sup>−').replace(/$/, '</sup>');
  return value.toLocaleString('en', { maximumSignificantDigits: Math.abs(value) >= 1000 ? 6 : 4 });
}

function tableOf(table: ResultSummary['tables'][number]): string {
  const rows: string[][] = [];
  let more = false;
  for (const row of table.rows) {
    if (rows.length === mostRows) {
      more = true;
      break;
    }
    rows.push(row.map(cellOf));
  }
  if (rows.length === 0) return '';
  return `<h2>${escapeHtml(table.title)}</h2><div class="values">${htmlTable(table.columns.map(columnHeading), rows, more ? `The first ${mostRows} rows; --csv or --json gives all.` : '')}</div>`;
}

function evidence(posts: readonly EvidencePost[]): string {
  if (posts.length === 0) return '';
  return `<h2 id="evidence">Evidence</h2><ol class="evidence">${posts
    .map(
      (post, place) =>
        `<li id="post-${place + 1}"><p class="by"><b>${place + 1}</b> ${link(post.permalink, post.post)} · ${escapeHtml(post.author ?? 'no account')} · ${escapeHtml(post.time ?? 'time not known')} · ${escapeHtml(post.file)}${post.line === null ? '' : ` line ${post.line}`}</p><div class="what">${escapeHtml(post.text)}</div></li>`,
    )
    .join('\n')}</ol>`;
}
