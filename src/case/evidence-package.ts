import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maskTrace } from '../analyses/trace/mask-trace.ts';
import type { Mask } from '../domain/mask.ts';
import { evidenceManifest } from '../exports/evidence-manifest.ts';
import type { ExportFile } from '../exports/timeline-page.ts';
import { writeFiles } from '../exports/write-files.ts';
import { writeZip } from '../exports/write-zip.ts';
import { traceReport } from '../reports/trace-report.ts';
import { version } from '../version.ts';
import type { Case } from './case.ts';
import { caseContext } from './context.ts';
import type { Effects } from './effects.ts';
import type { WrittenFile } from './export-tables.ts';
import { originalRecords } from './original-records.ts';
import { getStory } from './stories.ts';
import { tracedStory } from './traced.ts';

/**
 * Everything needed to check a report later: the page, the trace, the posts that it cites as original records by file and line, the
 * sources with their hashes, coverage, versions, and a manifest of SHA-256 hashes under one Merkle root. With a mask, original records
 * cannot be shown; the masked posts stand in their place.
 */
export async function exportEvidence(
  spilloverCase: Case,
  story: string,
  options: { mask: Mask | null; out: string; asFile: boolean },
  effects: Effects,
): Promise<{ files: WrittenFile[]; root: string }> {
  const { mask } = options;
  const traced = await tracedStory(spilloverCase, story, effects);
  const shown = mask ? maskTrace(traced, mask) : traced;
  effects.onProgress({ step: 'original records', done: null, total: traced.cited.length, unit: 'records' });
  const records = mask
    ? []
    : await originalRecords(
        spilloverCase,
        traced.cited.map((post) => post.post),
        effects.signal,
      );
  const sources = await spilloverCase.database.rows(`
    select source_key, file, sha256, bytes, format, options, strftime(started, '%Y-%m-%dT%H:%M:%SZ') as started,
      records_read as "recordsRead", posts_added as "postsAdded", duplicates, problems, embedded, software_version as "softwareVersion"
    from source order by source_key`);
  const { query, from, to } = await getStory(spilloverCase, story);
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const lines = (list: readonly unknown[]) => list.map((one) => `${JSON.stringify(one)}\n`).join('');
  const files: ExportFile[] = [
    { path: 'report.html', content: traceReport(traced, { mask: mask ?? false }) },
    { path: 'trace.json', content: json(shown) },
    { path: 'posts.ndjson', content: lines(shown.cited) },
    ...(mask ? [] : [{ path: 'records.ndjson', content: lines(records) }]),
    {
      path: 'sources.json',
      content: json(
        mask ? sources.map((one) => ({ ...one, file: mask.text(String((one as { file: string }).file)) })) : sources,
      ),
    },
    {
      path: 'story.json',
      content: json({
        story,
        query: mask ? mask.text(query) : query,
        from,
        to,
        coverage: shown.coverage,
        ...(mask ? {} : { context: await caseContext(spilloverCase) }),
      }),
    },
    { path: 'README.txt', content: readme(story, mask !== null) },
  ];
  if (!options.asFile)
    for (const name of readdirSync(options.out).filter((one) => one === '.spillover-export'))
      files.push({ path: name, content: readFileSync(join(options.out, name)) });
  const manifest = evidenceManifest(files, {
    story,
    software: `spillover ${version}`,
    trace: traced.version,
    made: effects.now().toISOString(),
    masked: mask !== null,
    citedPosts: traced.cited.length,
    originalRecords: records.filter((one) => one.record !== null).length,
  });
  const all: ExportFile[] = [...files, { path: 'manifest.json', content: manifest.text }];
  if (options.asFile) await writeZip(options.out, all);
  else writeFiles(options.out, all);
  return { files: all.map(({ path }) => ({ file: path, rows: null })), root: manifest.root };
}

function readme(story: string, masked: boolean): string {
  return `Evidence package of the story "${story}", made by Spillover ${version}.

report.html      the report, opens in any browser, asks for nothing
trace.json       the result of the trace with options, seed and version
posts.ndjson     the posts that the report cites, one JSON object a line
${masked ? '' : 'records.ndjson   the same posts as original records: file, SHA-256 of the file, line, the record as it stood there\n'}sources.json     every imported file with its SHA-256
story.json       query, coverage and what the analyst declared
manifest.json    SHA-256 of every file and the Merkle root over them

To check it: spillover verify FOLDER-OR-ZIP [--root ROOT]
The root is what to write down elsewhere: who changes files and manifest together changes the root.
Root: each file is a leaf, SHA-256 of byte 0, the path, byte 0 and the file's SHA-256 in hex, in order of paths; the manifest without
"files" and "root", as JSON, is the last leaf; a node is SHA-256 of byte 1 and its two children; an odd node goes up as it is.
`;
}
