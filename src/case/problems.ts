import type { Case } from './case.ts';

export interface ProblemQuery {
  reason?: string;
  source?: string;
  limit: number;
}

export interface ProblemList {
  groups: { file: string; reason: string; detail: string; problems: number }[];
  problems: {
    file: string;
    line: number | null;
    place: string | null;
    reason: string;
    detail: string;
    sample: string;
  }[];
  total: number;
}

/** Records that could not become posts: grouped by file, reason and detail, and the first `limit` of them one by one. */
export async function listProblems(spilloverCase: Case, query: ProblemQuery): Promise<ProblemList> {
  const { database } = spilloverCase;
  const bound = { reason: query.reason ?? null, source: query.source ?? null };
  const from = `from problem join source using (source_key)
    where ($reason::varchar is null or reason = $reason) and ($source::varchar is null or file = $source)`;
  return {
    groups: await database.rows(
      `select file, reason, detail, count(*) as problems ${from} group by all order by problems desc, file, reason, detail limit 200`,
      bound,
    ),
    problems: await database.rows(
      `select file, line, place, reason, detail, sample ${from} order by source_key, line nulls last, place limit ${Math.max(0, Math.floor(query.limit))}`,
      bound,
    ),
    total: (await database.first<{ n: number }>(`select count(*) as n ${from}`, bound))?.n ?? 0,
  };
}
