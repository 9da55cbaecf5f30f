import { problemReasons } from '../domain/problem-reasons.ts';
import { neverPost } from '../store/write-problems.ts';
import type { Case } from './case.ts';

export interface ProblemQuery {
  reason?: string;
  source?: string;
  limit: number;
  /** How many to leave out at the beginning. */
  offset?: number;
}

/** Problems of one kind: the same reason and, apart from names and numbers in it, the same detail. */
export interface ProblemGroup {
  /** The file, or one of them where several have such problems. */
  file: string;
  files: number;
  reason: string;
  detail: string;
  /** True for records that never were posts: nothing is lost with them. */
  notPost: boolean;
  problems: number;
}

export interface ProblemList {
  groups: ProblemGroup[];
  problems: {
    file: string;
    /** Where the file was when it was imported. */
    path: string;
    line: number | null;
    place: string | null;
    reason: string;
    detail: string;
    sample: string;
  }[];
  total: number;
  /** Of the total, records that never were posts. */
  notPosts: number;
  /** What the reasons that occur mean. */
  reasons: Record<string, string>;
}

/** What a JSON parser says is different for every place; other details may name a value. */
const kindOfDetail = `case when reason = 'invalid-json' and not starts_with(detail, 'the ') then 'not valid JSON'
  else regexp_replace(coalesce(detail, ''), '"[^"]*"|\\d[\\d.,]*', '…', 'g') end`;

/** Records that did not become posts: grouped by reason and kind, and the first `limit` of them one by one. */
export async function listProblems(spilloverCase: Case, query: ProblemQuery): Promise<ProblemList> {
  const { database } = spilloverCase;
  const bound = { reason: query.reason ?? null, source: query.source ?? null };
  const from = `from problem join source using (source_key)
    where ($reason::varchar is null or reason = $reason) and ($source::varchar is null or $source in (file, path, source_key::varchar))`;
  const groups = await database.rows<ProblemGroup>(
    `select min(file) as file, count(distinct source_key) as files, reason,
      case when count(distinct detail) = 1 then min(detail) else ${kindOfDetail} end as detail,
      ${neverPost('reason')} as "notPost", count(*) as problems
    ${from} group by reason, ${kindOfDetail} order by "notPost", problems desc, file, reason, detail limit 200`,
    bound,
  );
  const total = (await database.first<{ n: number; notPosts: number }>(
    `select count(*) as n, count(*) filter (${neverPost('reason')}) as "notPosts" ${from}`,
    bound,
  ))!;
  return {
    groups,
    problems: await database.rows(
      `select file, path, line, place, reason, detail, sample ${from}
      order by ${neverPost('reason')}, source_key, line nulls last, place, reason, detail
      limit ${Math.max(0, Math.floor(query.limit))} offset ${Math.max(0, Math.floor(query.offset ?? 0))}`,
      bound,
    ),
    total: total.n,
    notPosts: total.notPosts,
    reasons: Object.fromEntries(groups.map(({ reason }) => [reason, problemReasons[reason]?.about ?? reason])),
  };
}
