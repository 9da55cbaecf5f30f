import { existsSync, statSync } from 'node:fs';
import { openContent } from '../spool/open-content.ts';
import type { Case } from './case.ts';
import { jsonAtPlace } from './json-at-place.ts';
import { type OriginalRecord, originalRecord } from './original-record.ts';

const longest = 200_000;

/** The records that posts came from. Each file of one record a line is read once; records inside documents are looked up one by one. */
export async function originalRecords(
  spilloverCase: Case,
  posts: readonly string[],
  signal?: AbortSignal,
): Promise<OriginalRecord[]> {
  const rows = await spilloverCase.database.rows<
    Omit<OriginalRecord, 'record' | 'cut' | 'missing'> & { path: string; bytes: number }
  >(
    `with wanted as (select distinct unnest(from_json($wanted, '["varchar"]')) as ref)
     select ref as post, file, path, format, sha256, bytes, line, place
     from wanted join post on post.platform = split_part(ref, '/', 1) and post.post_id = substr(ref, strpos(ref, '/') + 1)
       join source using (source_key) order by source_key, line, place, ref`,
    { wanted: JSON.stringify(posts) },
  );
  const plain = new Map<string, typeof rows>();
  const found: OriginalRecord[] = [];
  for (const row of rows) {
    const byLine = row.line !== null && /\.(jsonl|ndjson)(\.gz|\.zst)?$/i.test(row.path);
    const gone = !existsSync(row.path)
      ? `The file ${row.file} is no longer where it was imported from.`
      : statSync(row.path).size !== row.bytes
        ? `The file ${row.file} has changed since it was imported.`
        : null;
    if (gone !== null) {
      const { path: _, bytes: __, ...rest } = row;
      found.push({ ...rest, record: null, cut: false, missing: gone });
    } else if (byLine) plain.set(row.path, [...(plain.get(row.path) ?? []), row]);
    else {
      const record = await originalRecord(spilloverCase, row.post, signal);
      if (record) found.push(record);
    }
  }
  for (const [path, list] of plain) {
    const lines = await chosenLines(path, new Set(list.map((row) => row.line!)), signal);
    for (const { path: _, bytes: __, ...row } of list) {
      const line = lines.get(row.line!) ?? null;
      const text = line === null || row.place === null ? line : (jsonAtPlace(line, row.place) ?? line);
      found.push({
        ...row,
        record: text?.slice(0, longest) ?? null,
        cut: (text?.length ?? 0) > longest,
        missing: text === null ? `The file ${row.file} ends before line ${row.line}.` : null,
      });
    }
  }
  return found.sort((a, b) => (a.post < b.post ? -1 : 1));
}

async function chosenLines(
  path: string,
  wanted: ReadonlySet<number>,
  signal?: AbortSignal,
): Promise<Map<number, string>> {
  const { pieces } = await openContent(path, { unhashed: true, ...(signal ? { signal } : {}) });
  const found = new Map<number, string>();
  let line = 1;
  let open: Buffer[] = [];
  const keep = (part: Buffer) => {
    if (wanted.has(line)) open.push(Buffer.from(part));
  };
  const close = () => {
    if (wanted.has(line)) found.set(line, Buffer.concat(open).toString('utf8').replace(/\r$/, ''));
    open = [];
  };
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      keep(bytes.subarray(from, end));
      close();
      line++;
      from = end + 1;
    }
    keep(bytes.subarray(from));
    if (found.size === wanted.size) break;
  }
  if (open.length > 0) close();
  return found;
}
