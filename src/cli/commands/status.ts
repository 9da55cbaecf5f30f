import type { Command } from 'commander';
import { openCaseToRead } from '../../case/open-case-to-read.ts';
import { type CaseStatus, caseStatus } from '../../case/status.ts';
import { version } from '../../version.ts';
import { globals, print } from '../command-context.ts';
import { table } from '../table.ts';
import { tell } from '../terminal.ts';

export function registerStatus(program: Command): void {
  program
    .command('status')
    .summary('show what is in the case')
    .description(
      'Shows sources, platforms with time span and counts, artifacts, coverage and marks on posts. Times are UTC.',
    )
    .option('--sources', 'list every source', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ spillover status\n  $ spillover status --case macron --json | jq .platforms',
    )
    .action(async (flags: { sources: boolean }, command: Command) => {
      const options = globals(command);
      const spilloverCase = await openCaseToRead(options.case, tell);
      try {
        const status = await caseStatus(spilloverCase, version);
        print(options, status, () => describe(status, flags.sources));
      } finally {
        spilloverCase.close();
      }
    });
}

const precision = (ms: number | null) =>
  ms === null
    ? '-'
    : ms < 1000
      ? `${ms} ms`
      : ms < 60_000
        ? `${ms / 1000} s`
        : ms < 3_600_000
          ? `${ms / 60_000} min`
          : `${ms / 3_600_000} h`;

type Source = CaseStatus['sources'][number];

function sourcesText(sources: readonly Source[]): string {
  const collections = new Set(sources.flatMap(({ collection }) => collection ?? []));
  const segments = sources.filter(({ collection }) => collection !== null).length;
  const files = sources.length - segments;
  if (segments === 0) return `${files} sources`;
  const count = (n: number, unit: string) => `${n.toLocaleString('en')} ${unit}${n === 1 ? '' : 's'}`;
  return `${files > 0 ? `${count(files, 'file')} and ` : ''}${count(segments, 'segment')} of ${count(collections.size, 'collection')}`;
}

/** A row for each file and one for all segments of a collection, where its first segment stands. */
function sourceRows(sources: readonly Source[]): (string | number | null)[][] {
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const name = source.collection === null ? `file ${source.key}` : `collection ${source.collection}`;
    const group = groups.get(name);
    if (group) group.push(source);
    else groups.set(name, [source]);
  }
  return [...groups.values()].map((group) => {
    const [first, last] = [group[0]!, group.at(-1)!];
    const sum = (key: 'recordsRead' | 'postsAdded' | 'duplicates' | 'problems') =>
      group.reduce((total, source) => total + source[key], 0);
    return [
      group.length === 1 ? first.key : `${first.key} to ${last.key}`,
      first.collection === null
        ? first.file
        : `${first.collection} (collected, ${group.length.toLocaleString('en')} segment${group.length === 1 ? '' : 's'})`,
      first.format,
      last.imported,
      sum('recordsRead'),
      sum('postsAdded'),
      sum('duplicates'),
      sum('problems'),
      group.length === 1 ? first.sha256.slice(0, 12) : null,
    ];
  });
}

function describe(status: CaseStatus, everySource: boolean): string {
  const { totals } = status;
  if (status.sources.length === 0)
    return `case ${status.case} holds nothing yet: spillover import FILE|FOLDER…, or spillover collect SOURCE`;
  const parts = [
    `case ${status.case}: ${sourcesText(status.sources)}, ${totals.recordsRead.toLocaleString('en')} records read = ${totals.postsAdded.toLocaleString('en')} posts + ${totals.duplicates.toLocaleString('en')} duplicates + ${totals.problems.toLocaleString('en')} problems${status.notPosts > 0 ? ` (${status.notPosts.toLocaleString('en')} never were posts)` : ''} (+ ${totals.embedded.toLocaleString('en')} embedded posts)`,
    table(
      ['platform', 'posts', 'embedded', 'accounts', 'from (UTC)', 'to (UTC)', 'clock', 'no time', 'deleted'],
      status.platforms.map((p) => [
        p.platform,
        p.posts,
        p.embedded,
        p.accounts,
        p.from,
        p.to,
        p.precisionMs[0] === p.precisionMs[1]
          ? precision(p.precisionMs[0])
          : `${precision(p.precisionMs[0])} to ${precision(p.precisionMs[1])}`,
        p.withoutTime,
        p.deleted,
      ]),
    ),
    table(
      ['artifact', 'distinct', 'shares'],
      status.artifacts.map((a) => [a.kind, a.artifacts, a.shares]),
    ),
    table(
      ['kind of post', 'posts'],
      status.kinds.map((k) => [k.kind, k.posts]),
    ),
  ];
  const texts = status.textClusters;
  parts.push(
    texts === null
      ? 'near-duplicate texts: not grouped yet (spillover cluster)'
      : `near-duplicate texts: ${texts.clustered.toLocaleString('en')} of ${texts.texts.toLocaleString('en')} distinct texts lie in ${texts.clusters.toLocaleString('en')} clusters (Jaccard of character ${texts.parameters.shingle}-grams at least ${texts.parameters.threshold})${texts.stale ? '; something was imported since: spillover cluster' : ''}`,
  );
  if (status.warnings.length > 0)
    parts.push(
      table(
        ['mark on posts', 'posts'],
        status.warnings.map((w) => [w.warning, w.posts]),
      ),
    );
  parts.push(
    `coverage (what was collected; a platform that is not listed was not collected)\n${table(
      ['platform', 'source', 'from (UTC)', 'to (UTC)', 'posts', 'missed', 'flag', 'what, why'],
      (everySource ? status.coverage : status.coverage.slice(0, 20)).map((c) => [
        c.platform,
        c.source,
        c.from,
        c.to,
        c.posts,
        c.missed,
        c.flag,
        c.cause ?? c.scope,
      ]),
    )}`,
  );
  if (!everySource && status.coverage.length > 20)
    parts.push(`… ${status.coverage.length - 20} more: spillover status --sources`);
  if (everySource) {
    parts.push(
      table(
        ['source', 'file', 'format', 'imported', 'records', 'posts', 'duplicates', 'problems', 'sha256'],
        sourceRows(status.sources),
      ),
    );
  }
  return parts.join('\n\n');
}
