import { recordedClusters } from '../store/text-clusters.ts';
import { neverPost } from '../store/write-problems.ts';
import type { Case } from './case.ts';

export interface PlatformStatus {
  platform: string;
  posts: number;
  /** Whole posts that were only seen inside another record (a reshared or quoted post). */
  embedded: number;
  accounts: number;
  from: string | null;
  to: string | null;
  /** Posts whose time is unknown because the file gives a clock without a zone. */
  withoutTime: number;
  deleted: number;
  /** Coarsest and finest precision of times, in milliseconds. */
  precisionMs: [number | null, number | null];
}

export interface CaseStatus {
  case: string;
  version: string;
  sources: {
    key: number;
    file: string;
    /** Name of the collection whose segment it is; null for an imported file. */
    collection: string | null;
    format: string;
    bytes: number;
    sha256: string;
    imported: string;
    recordsRead: number;
    postsAdded: number;
    duplicates: number;
    problems: number;
    embedded: number;
    notes: string[];
  }[];
  totals: { recordsRead: number; postsAdded: number; duplicates: number; problems: number; embedded: number };
  /** Of the problems, records that never were posts. */
  notPosts: number;
  platforms: PlatformStatus[];
  artifacts: { kind: string; artifacts: number; shares: number }[];
  kinds: { kind: string; posts: number }[];
  coverage: {
    platform: string;
    source: string;
    from: string | null;
    to: string | null;
    posts: number;
    missed: number | null;
    flag: string | null;
    /** What a collection was limited to, and why something is missing. */
    scope: string | null;
    cause: string | null;
  }[];
  warnings: { warning: string; posts: number }[];
  /** Near-duplicate texts as they were last grouped; null before that. */
  textClusters: {
    texts: number;
    clusters: number;
    clustered: number;
    parameters: Record<string, number>;
    stale: boolean;
  } | null;
}

const time = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%SZ')`;

/** What is in a case: sources, platforms with span and counts, artifacts, coverage, marks on posts. Times are UTC. */
export async function caseStatus(spilloverCase: Case, version: string): Promise<CaseStatus> {
  const { database } = spilloverCase;
  const sources = await database.rows<CaseStatus['sources'][number]>(`
    select source_key as key, file, nullif(regexp_extract(path, '/collected/([^/]+)/segments/[^/]+$', 1), '') as collection, format, bytes, sha256, ${time('finished')} as imported, records_read as recordsRead, posts_added as postsAdded,
      duplicates, problems, embedded, notes from source order by source_key`);
  const platforms = await database.rows<
    Omit<PlatformStatus, 'precisionMs' | 'accounts'> & { finest: number | null; coarsest: number | null }
  >(`
    select platform, count(*) filter (not embedded) as posts, count(*) filter (embedded) as embedded,
      ${time('min(time)')} as "from", ${time('max(time)')} as "to", count(*) filter (time is null) as withoutTime,
      count(deleted_at) as deleted, min(time_precision_ms) as finest, max(time_precision_ms) as coarsest
    from post group by platform order by count(*) desc, platform`);
  const accounts = new Map(
    (
      await database.rows<{ platform: string; accounts: number }>(
        'select platform, count(*) as accounts from account where account_key in (select account_key from post) group by platform',
      )
    ).map((one) => [one.platform, one.accounts]),
  );
  const sum = (key: 'recordsRead' | 'postsAdded' | 'duplicates' | 'problems' | 'embedded') =>
    sources.reduce((total, source) => total + source[key], 0);
  return {
    case: spilloverCase.directory,
    version,
    sources,
    totals: {
      recordsRead: sum('recordsRead'),
      postsAdded: sum('postsAdded'),
      duplicates: sum('duplicates'),
      problems: sum('problems'),
      embedded: sum('embedded'),
    },
    notPosts: (await database.first<{ n: number }>(`select count(*) as n from problem where ${neverPost('reason')}`))!
      .n,
    platforms: platforms.map(({ finest, coarsest, ...rest }) => ({
      ...rest,
      accounts: accounts.get(rest.platform) ?? 0,
      precisionMs: [finest, coarsest],
    })),
    artifacts: await database.rows(`
      with held as (select kind, count(*) as artifacts from artifact group by kind),
      used as (select kind, count(*) as shares from share join artifact using (artifact_key) group by kind)
      select kind, artifacts, coalesce(shares, 0) as shares from held left join used using (kind) order by kind`),
    kinds: await database.rows(`select kind, count(*) as posts from post group by kind order by posts desc, kind`),
    coverage: await database.rows(`
      select platform, coalesce(collection, source.file) as source, ${time('from_time')} as "from", ${time('to_time')} as "to", posts, missed, flag,
        scope, cause
      from coverage left join source using (source_key) order by platform, from_time, source_key, flag nulls first, cause`),
    warnings: await database.rows(`
      select warning, count(*) as posts from (select unnest(warnings) as warning from post) group by warning order by posts desc, warning`),
    textClusters: await textClusterStatus(spilloverCase),
  };
}

/** Near-duplicate texts as they were last grouped; null before that. */
export function textClusterStatus({ database }: Case): Promise<CaseStatus['textClusters']> {
  return recordedClusters(database);
}
