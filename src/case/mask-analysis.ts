import type { Mask } from '../domain/mask.ts';
import type { EvidencePost } from '../reports/analysis-report.ts';
import { type AnalysisRun, findAnalysis } from './analyse.ts';
import type { Case } from './case.ts';

/**
 * A finished analysis as it may be shown: every text of its result goes through the mask, posts get the pseudonyms of posts of their author, and
 * words, tables and network are made anew from that, so that they agree. Names of platforms stay.
 */
export async function maskAnalysis<Run extends Pick<AnalysisRun, 'analysis' | 'result'>>(
  spilloverCase: Case,
  run: Run,
  mask: Mask,
): Promise<Run & Pick<AnalysisRun, 'result' | 'summary' | 'network'>> {
  const references = new Set<string>();
  walk(run.result, (text) => {
    if (/^[a-z0-9_-]+\/\S+$/i.test(text)) references.add(text);
    return text;
  });
  const authors = await authorsOf(spilloverCase, [...references]);
  const known = await accountsAmong(spilloverCase, [...references]);
  const [platforms = []] = await spilloverCase.database.columns('select distinct platform from account');
  const kept = new Set(platforms);
  const change = (text: string) => {
    if (kept.has(text)) return text;
    const author = authors.get(text);
    if (author !== undefined) return mask.post(text, author);
    return known.has(text) ? mask.account(text) : mask.text(text);
  };
  const result = walk(run.result, change, mask) as object;
  const analysis = findAnalysis(run.analysis);
  return { ...run, result, summary: analysis.summarise(result), network: analysis.network?.(result) ?? null };
}

/** Cited posts without what names their authors. */
export async function maskEvidence(
  spilloverCase: Case,
  posts: readonly EvidencePost[],
  mask: Mask,
): Promise<EvidencePost[]> {
  const authors = await authorsOf(
    spilloverCase,
    posts.map((one) => one.post),
  );
  return posts.map((one) => {
    const account = authors.get(one.post) ?? null;
    const isMasked = mask.isMasked(account);
    return {
      ...one,
      post: mask.post(one.post, account),
      author: account === null ? one.author : isMasked ? mask.handle(account, one.author) : one.author,
      text: mask.text(one.text),
      permalink: isMasked ? null : one.permalink,
      file: mask.text(one.file),
    };
  });
}

/** The author of each text that is a post of the case; null where it has none. */
export async function authorsOf({ database }: Case, texts: readonly string[]): Promise<Map<string, string | null>> {
  if (texts.length === 0) return new Map();
  const rows = await database.rows<{ post: string; author: string | null }>(
    `with wanted as (select unnest(from_json($texts, '["VARCHAR"]')) as name)
     select wanted.name as post, account.platform || '/' || account.account_id as author
     from wanted join post on post.platform = split_part(wanted.name, '/', 1) and post.post_id = substr(wanted.name, strpos(wanted.name, '/') + 1)
     left join account using (account_key)`,
    { texts: JSON.stringify(texts) },
  );
  return new Map(rows.map(({ post, author }) => [post, author]));
}

/** Which of these texts are accounts of the case, whose ids may be too short to be found inside a text. */
async function accountsAmong({ database }: Case, texts: readonly string[]): Promise<Set<string>> {
  if (texts.length === 0) return new Set();
  const [names = []] = await database.columns(
    `select distinct platform || '/' || account_id from account
     where platform || '/' || account_id in (select unnest(from_json($texts, '["VARCHAR"]')))`,
    { texts: JSON.stringify(texts) },
  );
  return new Set(names as string[]);
}

/**
 * A copy with every text changed, in values and in names of entries. A handle that stands beside its account is masked as such: one of
 * two letters cannot be found in a text by itself.
 */
function walk(value: unknown, change: (text: string) => string, mask?: Mask): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => walk(one, change, mask));
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  const changed = Object.fromEntries(
    Object.entries(value).map(([name, one]) => [/[/@]/.test(name) ? change(name) : name, walk(one, change, mask)]),
  );
  const { account, handle, accounts, handles } = value as Record<string, unknown>;
  if (mask && typeof account === 'string' && typeof handle === 'string') changed.handle = mask.handle(account, handle);
  if (mask && Array.isArray(accounts) && Array.isArray(handles))
    changed.handles = handles.map((one, at) => mask.handle(accounts[at], one));
  return changed;
}
