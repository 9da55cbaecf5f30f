import { maskTrace } from '../analyses/trace/mask-trace.ts';
import type { Bridge, RoleEntry, TraceResult } from '../analyses/trace/trace-result.ts';
import type { Mask } from '../domain/mask.ts';
import type { Case } from './case.ts';
import { listResults, type Provenance, storedResult } from './results.ts';

/** The stored trace of a story with how it stands to the case; null before the first trace. */
export async function storedTrace(
  spilloverCase: Case,
  story: string,
): Promise<(Provenance & { result: TraceResult }) | null> {
  const [head] = await listResults(spilloverCase, { analysis: 'trace', story });
  const result = await storedResult<TraceResult>(spilloverCase, story, 'trace');
  if (!head || !result) return null;
  const { version, created, caseRevision, stale } = head;
  return { version, created, caseRevision, stale, result };
}

/** A trace as it may be shown. */
export const maskedTrace = (result: TraceResult, mask: Mask): TraceResult => maskTrace(result, mask);

export interface RoleQuery {
  q?: string | undefined;
  role?: string | undefined;
  platform?: string | undefined;
  significant?: boolean | undefined;
  /** `score`, `low`, `high`, `pValue`, `account`, `handle`, `platform`, `role`, `posts`, or the name of an evidence. */
  sort: string;
  order: 'asc' | 'desc';
}

/** Roles that pass a filter, sorted; what lacks the value sorted by comes last, ties by account. */
export function filterRoles(roles: readonly RoleEntry[], query: RoleQuery): RoleEntry[] {
  const q = query.q?.trim().toLowerCase() ?? '';
  const kept = roles.filter(
    (one) =>
      (query.role === undefined || one.role === query.role) &&
      (query.platform === undefined || one.platform === query.platform) &&
      (query.significant === undefined || one.significant === query.significant) &&
      (q === '' || one.account.toLowerCase().includes(q) || (one.handle ?? '').toLowerCase().includes(q)),
  );
  const value = (one: RoleEntry): number | string | null => {
    switch (query.sort) {
      case 'posts':
        return one.posts.length;
      case 'score':
      case 'low':
      case 'high':
      case 'account':
      case 'handle':
      case 'platform':
      case 'role':
        return one[query.sort];
      case 'pValue':
        return one.pValue ?? null;
      default:
        return Object.hasOwn(one.evidence, query.sort) ? (one.evidence[query.sort] ?? null) : null;
    }
  };
  const direction = query.order === 'asc' ? 1 : -1;
  return kept
    .map((one) => ({ one, key: value(one) }))
    .sort((a, b) => compare(a.key, b.key, direction) || (a.one.account < b.one.account ? -1 : 1))
    .map(({ one }) => one);
}

export interface BridgeQuery {
  kind?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  artifact?: string | undefined;
  account?: string | undefined;
  sort: 'time' | 'lag' | 'artifact';
  order: 'asc' | 'desc';
}

export function filterBridges(bridges: readonly Bridge[], query: BridgeQuery): Bridge[] {
  const kept = bridges.filter(
    (one) =>
      (query.kind === undefined || one.kind === query.kind) &&
      (query.from === undefined || one.from.platform === query.from) &&
      (query.to === undefined || one.to.platform === query.to) &&
      (query.artifact === undefined || one.artifact === query.artifact) &&
      (query.account === undefined || one.from.account === query.account || one.to.account === query.account),
  );
  const value = (one: Bridge) =>
    query.sort === 'time' ? one.to.time : query.sort === 'lag' ? one.lagSeconds : one.artifact;
  const direction = query.order === 'asc' ? 1 : -1;
  return kept.sort((a, b) => compare(value(a), value(b), direction) || (a.to.post < b.to.post ? -1 : 1));
}

function compare(a: number | string | null, b: number | string | null, direction: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (a === b) return 0;
  return (a < b ? -1 : 1) * direction;
}
