import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from '../../src/case/case.ts';

interface Parent {
  kind: string;
  id: string | null;
  handle?: string | null;
}

export interface ExpectedRecord {
  file: string;
  at: { line?: number; path?: string; element?: string };
  result: 'post' | 'duplicate' | 'problem';
  problem?: string;
  platform?: string | null;
  post_id?: string;
  board?: string;
  account_id?: string | null;
  handle?: string | null;
  time_utc?: string | null;
  time_from_id_utc?: string | null;
  time_precision_ms?: number;
  kind?: string;
  parent?: Parent | null;
  other_parents?: Parent[];
  root_id?: string | null;
  urls?: string[];
  hashtags?: string[];
  mentions?: string[];
  adds_urls?: string[];
  adds_mentions?: string[];
  cites?: { board: string; post_id: string }[];
  contains?: string[];
  warnings?: string[];
  media?: string[];
  text?: string;
  sets?: { deleted_at_utc?: string };
}

export interface ExpectedFile {
  format: string;
  files: string[];
  totals: { records: number; posts: number; duplicates: number; problems: number };
  records: ExpectedRecord[];
}

export function readExpected(folder: string): ExpectedFile {
  return JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as ExpectedFile;
}

interface FoundPost {
  post_id: string;
  account_id: string | null;
  handle: string | null;
  time: string | null;
  time_precision_ms: number | null;
  kind: string;
  parent_id: string | null;
  parent_handle: string | null;
  root_id: string | null;
  other_parents: { kind: string; id: string }[] | null;
  urls: string[] | null;
  hashtags: string[] | null;
  mentions: string[] | null;
  text: string | null;
  warnings: string[] | null;
  deleted_at: string | null;
  line: number | null;
  threads: string[] | null;
  media: string[] | null;
}

/**
 * Every way in which the case differs from what expected.json says of its records, as sentences; empty when it all agrees.
 * Ids of boards are written `board/number`; a board's poster id must end the account id, which also names the thread.
 */
export async function differences(
  spilloverCase: Case,
  expected: ExpectedFile,
  platformGiven: string,
): Promise<string[]> {
  const { database } = spilloverCase;
  const found: string[] = [];
  const adds = new Map<string, { urls: string[]; mentions: string[]; deletedAt?: string }>();
  for (const record of expected.records) {
    if (record.result !== 'duplicate' || !record.post_id) continue;
    const id = native(record, record.post_id);
    const before = adds.get(id) ?? { urls: [], mentions: [] };
    adds.set(id, {
      urls: [...before.urls, ...(record.adds_urls ?? [])],
      mentions: [...before.mentions, ...(record.adds_mentions ?? [])],
      ...(record.sets?.deleted_at_utc
        ? { deletedAt: record.sets.deleted_at_utc }
        : before.deletedAt
          ? { deletedAt: before.deletedAt }
          : {}),
    });
  }
  for (const record of expected.records) {
    const where = `${record.file} ${record.at.line ?? record.at.path ?? record.at.element}`;
    const differ = (what: string, wanted: unknown, got: unknown) => {
      if (JSON.stringify(wanted) !== JSON.stringify(got))
        found.push(`${where} ${what}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(got)}`);
    };
    if (record.result === 'problem') {
      const problem = await database.first(
        `select reason from problem join source using (source_key)
         where file = $file and reason = $reason and (line is not distinct from $line::bigint or place is not distinct from $place::varchar)`,
        {
          file: record.file,
          reason: record.problem ?? '',
          line: record.at.line ?? -1,
          place: record.at.path ?? record.at.element ?? '-',
        },
      );
      if (!problem) {
        const others = await database.rows(
          `select reason, line, place from problem join source using (source_key) where file = $file`,
          { file: record.file },
        );
        found.push(`${where}: expected problem ${record.problem}, found ${JSON.stringify(others)}`);
      }
      continue;
    }
    if (record.result !== 'post') continue;
    const platform = record.platform ?? platformGiven;
    const id = native(record, record.post_id ?? '');
    const post = await database.first<FoundPost>(
      `select post_id, account_id, handle, strftime(time, '%Y-%m-%dT%H:%M:%S.%gZ') as time, time_precision_ms, kind, parent_id, parent_handle,
         root_id, other_parents, urls, hashtags, mentions, text, warnings, strftime(deleted_at, '%Y-%m-%dT%H:%M:%S.%gZ') as deleted_at, line,
         (select list(value order by value) from share join artifact using (artifact_key) where share.post_key = post.post_key and artifact.kind = 'thread') as threads,
         (select list(value order by value) from share join artifact using (artifact_key) where share.post_key = post.post_key and artifact.kind = 'media') as media
       from post left join account using (account_key) where post.platform = $platform and post_id = $id`,
      { platform, id },
    );
    if (!post) {
      found.push(`${where}: no post ${platform}/${id}`);
      continue;
    }
    const account =
      record.board && post.account_id && record.account_id
        ? post.account_id.slice(-record.account_id.length)
        : post.account_id;
    differ('account_id', record.account_id ?? record.handle ?? null, account ?? null);
    if (record.handle) differ('handle', record.handle.toLowerCase(), (post.handle ?? post.account_id)?.toLowerCase());
    if (record.time_utc === null) differ('time', null, post.time);
    else if (record.time_from_id_utc) differ('time', milliseconds(record.time_from_id_utc), post.time);
    else if (record.time_utc) {
      differ('time', milliseconds(record.time_utc), post.time);
      if (record.time_precision_ms) differ('time_precision_ms', record.time_precision_ms, post.time_precision_ms);
    }
    differ('kind', record.kind, post.kind);
    const linked = record.kind === 'reshare' && record.parent?.id === null && typeof record.parent.handle === 'string';
    if (!linked) differ('parent', record.parent?.id ? native(record, record.parent.id) : null, post.parent_id);
    else if (post.parent_id !== null) {
      const parent = await database.first<{ handle: string }>(
        'select handle from post join account using (account_key) where post_id = $id',
        { id: post.parent_id },
      );
      differ('linked parent', record.parent?.handle?.toLowerCase(), parent?.handle.toLowerCase());
    }
    if (record.parent?.handle && !record.parent.id)
      differ('parent handle', record.parent.handle.toLowerCase(), post.parent_handle?.toLowerCase());
    if (record.other_parents) {
      differ(
        'other_parents',
        record.other_parents.map((one) => one.id && native(record, one.id)),
        (post.other_parents ?? []).map((one) => one.id),
      );
    }
    if (record.root_id) differ('root_id', native(record, record.root_id), post.root_id);
    const extra = adds.get(id) ?? { urls: [], mentions: [] };
    differ('urls', sorted([...(record.urls ?? []), ...extra.urls]), sorted(post.urls ?? []));
    differ('hashtags', sorted((record.hashtags ?? []).map(lower)), sorted((post.hashtags ?? []).map(lower)));
    if (record.mentions)
      differ(
        'mentions',
        sorted([...record.mentions, ...extra.mentions].map(lower)),
        sorted((post.mentions ?? []).map(lower)),
      );
    if (record.text !== undefined) differ('text', record.text, post.text);
    if (extra.deletedAt) differ('deleted_at', milliseconds(extra.deletedAt), post.deleted_at);
    if (record.at.line) differ('line', record.at.line, post.line);
    for (const cite of record.cites ?? []) {
      if (!(post.threads ?? []).includes(`${platform}/${cite.board}/${cite.post_id}`))
        differ('cites', `${platform}/${cite.board}/${cite.post_id}`, post.threads);
    }
    for (const warning of record.warnings ?? [])
      if (!(post.warnings ?? []).includes(warning)) differ('warnings', warning, post.warnings);
    if (record.media) differ('media', sorted(record.media), post.media ?? []);
    for (const inner of record.contains ?? []) {
      if (!(await database.first(`select 1 from post where post_id = $inner`, { inner })))
        found.push(`${where}: embedded post ${inner} is missing`);
    }
  }
  return found;
}

const lower = (text: string) => text.toLowerCase();
const sorted = (texts: string[]) => [...new Set(texts)].sort();
const native = (record: ExpectedRecord, id: string) => (record.board ? `${record.board}/${id}` : id);
const milliseconds = (time: string) => new Date(time).toISOString();
