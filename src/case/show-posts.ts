import type { VenueTiers } from '../domain/venue-tiers.ts';
import { venueTiers } from '../domain/venue-tiers.ts';
import type { Bound } from '../store/database.ts';
import type { Case } from './case.ts';
import { caseContext } from './context.ts';
import { type PostFilter, postCondition, splitReference } from './post-filter.ts';
import { caseVenues } from './venues.ts';

/** A post as evidence. Text is plain text as it was first seen, times are UTC. */
export interface ShownPost {
  post: string;
  platform: string;
  tier: 'fringe' | 'social' | 'mainstream';
  account: string | null;
  handle: string | null;
  name: string | null;
  time: string | null;
  precisionMs: number | null;
  kind: string;
  parent: string | null;
  text: string | null;
  cut: boolean;
  lang: string | null;
  permalink: string | null;
  likes: number | null;
  reshares: number | null;
  replies: number | null;
  views: number | null;
  reach: number | null;
  collectedAt: string | null;
  editedAt: string | null;
  deletedAt: string | null;
  warnings: string[];
  source: { key: number; file: string; line: number | null; place: string | null };
}

const textLimit = 4000;

export const isoTime = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ')`;

/** Tiers of venues in force in the case. */
export async function caseTiers(spilloverCase: Case): Promise<VenueTiers> {
  return venueTiers(await caseContext(spilloverCase), (await caseVenues(spilloverCase)).venues);
}

/** A page of posts of a relation (`post`, or a story's table) that pass a filter. */
export async function listPosts(
  spilloverCase: Case,
  relation: string,
  filter: PostFilter,
  page: { sort: 'time' | 'reshares' | 'likes' | 'reach'; order: 'asc' | 'desc'; limit: number; offset: number },
): Promise<{ total: number; posts: ShownPost[] }> {
  const { database } = spilloverCase;
  const { sql, bound } = await postCondition(spilloverCase, filter);
  const total = await database.first<{ n: number }>(`select count(*) as n from ${relation} as p where ${sql}`, bound);
  const column = page.sort === 'time' ? 'p.time' : `post.${page.sort}`;
  const joined = page.sort === 'time' || relation === 'post' ? '' : 'join post on post.post_key = p.post_key';
  const sorted = relation === 'post' && page.sort !== 'time' ? `p.${page.sort}` : column;
  const keys = await database.rows<{ key: number }>(
    `select p.post_key as key from ${relation} as p ${joined} where ${sql}
     order by ${sorted} ${page.order} nulls last, p.post_key limit ${page.limit} offset ${page.offset}`,
    bound,
  );
  return {
    total: total?.n ?? 0,
    posts: await postsByKey(
      spilloverCase,
      keys.map(({ key }) => key),
    ),
  };
}

/** Posts by `platform/post_id`, in the order asked; ids that the case does not have are left out. */
export async function postsById(spilloverCase: Case, ids: readonly string[]): Promise<ShownPost[]> {
  const keys = await postKeys(spilloverCase, ids);
  return postsByKey(
    spilloverCase,
    ids.flatMap((id) => keys.get(id) ?? []),
  );
}

export async function postKeys(spilloverCase: Case, ids: readonly string[]): Promise<Map<string, number>> {
  const bound: Bound = {};
  const byPlatform = new Map<string, string[]>();
  ids.forEach((one, place) => {
    const { platform, id } = splitReference(one);
    bound[`id${place}`] = id;
    byPlatform.set(platform, [...(byPlatform.get(platform) ?? []), `$id${place}`]);
  });
  const conditions = [...byPlatform].map(([platform, names], place) => {
    bound[`platform${place}`] = platform;
    return `(platform = $platform${place} and post_id in (${names.join(', ')}))`;
  });
  if (conditions.length === 0) return new Map();
  const found = await spilloverCase.database.rows<{ key: number; post: string }>(
    `select post_key as key, platform || '/' || post_id as post from post where ${conditions.join(' or ')}`,
    bound,
  );
  return new Map(found.map(({ key, post }) => [post, key]));
}

/** Posts by key, in the order given. `whole` leaves long texts uncut. */
export async function postsByKey(spilloverCase: Case, keys: readonly number[], whole = false): Promise<ShownPost[]> {
  if (keys.length === 0) return [];
  const { database } = spilloverCase;
  const rows = await database.rows<PostRow>(
    `select post_key as key, account_key as accountKey, platform || '/' || post_id as post, platform,
       ${isoTime('time')} as time, time_precision_ms as precisionMs, kind, platform || '/' || parent_id as parent,
       ${whole ? 'text' : `left(text, ${textLimit})`} as text, ${whole ? 'false' : `coalesce(length(text) > ${textLimit}, false)`} as cut, lang, permalink,
       likes, reshares, replies, views, reach, ${isoTime('collected_at')} as collectedAt, ${isoTime('edited_at')} as editedAt,
       ${isoTime('deleted_at')} as deletedAt, coalesce(warnings, []) as warnings, source_key as sourceKey, line, place
     from post where ${keys.length === 1 ? '' : 'rowid in (select rowid from post where '}post_key in (${list(keys)})${keys.length === 1 ? '' : ')'}`,
  );
  const accounts = await database.rows<AccountRow>(
    `select account_key as key, account_id as id, handle, name from account where account_key in (${list(rows.map((row) => row.accountKey ?? -1))})`,
  );
  const sources = await database.rows<{ key: number; file: string }>(
    `select source_key as key, file from source where source_key in (${list(rows.map((row) => row.sourceKey))})`,
  );
  const byKey = new Map(accounts.map((account) => [account.key, account]));
  const files = new Map(sources.map(({ key, file }) => [key, file]));
  const tiers = await caseTiers(spilloverCase);
  const shown = new Map(
    rows.map((row) => [row.key, asShown(row, byKey.get(row.accountKey ?? -1), files.get(row.sourceKey) ?? '', tiers)]),
  );
  return keys.flatMap((key) => shown.get(key) ?? []);
}

/** Keys as SQL: a list of literals lets the database skip blocks, a join would read all. Rows of several keys are fetched by row id, without unpacking the texts around them. */
const list = (keys: readonly number[]): string =>
  keys.length === 0 ? '-1' : [...new Set(keys)].map(Number).join(', ');

interface AccountRow {
  key: number;
  id: string;
  handle: string | null;
  name: string | null;
}

type PostRow = Omit<ShownPost, 'tier' | 'account' | 'handle' | 'name' | 'source'> & {
  key: number;
  accountKey: number | null;
  sourceKey: number;
  line: number | null;
  place: string | null;
};

function asShown(
  { key: _, accountKey: __, sourceKey, line, place, ...rest }: PostRow,
  account: AccountRow | undefined,
  file: string,
  tiers: VenueTiers,
): ShownPost {
  const { platform } = rest;
  return {
    ...rest,
    tier: account
      ? tiers.account(platform, account.id, account.handle, platform === 'news' ? account.id : null)
      : tiers.platform(platform),
    account: account ? `${platform}/${account.id}` : null,
    handle: account?.handle ?? null,
    name: account?.name ?? null,
    source: { key: sourceKey, file, line, place },
  };
}

/** One post, whole, with its artifacts and how often the case holds something that reshares, answers or quotes it; null where it is not in the case. */
export async function showPost(spilloverCase: Case, id: string) {
  const key = (await postKeys(spilloverCase, [id])).get(id);
  if (key === undefined) return null;
  const { database } = spilloverCase;
  const [post] = await postsByKey(spilloverCase, [key], true);
  const artifacts = await database.rows<{ kind: string; value: string; display: string | null }>(
    `select artifact.kind as kind, value, display from share join artifact using (artifact_key) where post_key = $key
     order by artifact.kind, value`,
    { key },
  );
  const { platform, id: postId } = splitReference(id);
  const inCase = await database.first<{ reshares: number; replies: number; quotes: number }>(
    `select count(*) filter (kind = 'reshare') as reshares, count(*) filter (kind = 'reply') as replies, count(*) filter (kind = 'quote') as quotes
     from post where platform = $platform and parent_id = $postId`,
    { platform, postId },
  );
  const local = await database.first<{ local: string | null }>(
    `select strftime(time_local, '%Y-%m-%d %H:%M:%S') as local from post where post_key = $key`,
    { key },
  );
  return { ...post!, artifacts, localTime: local?.local ?? null, inCase: inCase! };
}
