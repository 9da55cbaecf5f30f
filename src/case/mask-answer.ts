import { isAnonymousPlatform } from '../domain/anonymous-platforms.ts';
import type { Case } from './case.ts';
import { authorsOf } from './mask-analysis.ts';
import type { TwoWayMask } from './two-way-mask.ts';

/** Entries whose texts are words of Spillover, names of platforms or hashes, never of people. */
const wordKeys = new Set(
  'kind platform tier role state level network sort format unit code version analysis sha256 story collector created time'.split(
    ' ',
  ),
);
const postKeys = new Set(['post', 'posts', 'parent', 'missing', 'evidencePosts']);
const postPseudonym = /^[a-z0-9_-]+\/post-[0-9a-f]{12}$/;
const moment = /^\d{4}-\d\d-\d\dT[\d:.]+Z?$/;
const reference = /^[a-z0-9_-]+\/\S/i;

/**
 * Any answer about a case as it may be shown: accounts that are no public figures, their posts and posts of unknown authors under pseudonyms, texts
 * without handles, names and ids, no permalinks, descriptions and places in files of what is masked. What already is a pseudonym stays.
 */
export async function maskAnswer(spilloverCase: Case, answer: unknown, mask: TwoWayMask): Promise<unknown> {
  const references = new Set<string>();
  collect(answer, references);
  const posts = [...references].filter((one) => mask.known(one) === null && !mask.isPseudonym(one));
  const authors = await authorsOf(spilloverCase, posts);

  const text = (value: string, key: string): string => {
    if (value === '' || moment.test(value) || mask.isPseudonym(value)) return value;
    if (authors.has(value)) return mask.post(value, authors.get(value)!);
    const account = mask.known(value);
    if (account !== null) return mask.account(account);
    if (postKeys.has(key) && reference.test(value)) return mask.post(value, null);
    return wordKeys.has(key) ? value : mask.text(value);
  };
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return text(value, key);
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (value === null || typeof value !== 'object') return value;
    const shown = Object.fromEntries(
      Object.entries(value).map(([name, one]) => [reference.test(name) ? text(name, '') : name, walk(one, name)]),
    );
    return { ...shown, ...person(value as Record<string, unknown>) };
  };
  /** What stands beside the account or post that it describes. */
  const person = (value: Record<string, unknown>): Record<string, unknown> => {
    const { account, post, platform } = value;
    const names: Record<string, unknown> = {};
    if (Array.isArray(value.id) && Array.isArray(value.label))
      names.label = value.id.map((id: string, at) => labelOf(id, (value.label as string[])[at]!));
    const isMasked =
      typeof account === 'string'
        ? mask.isMasked(account)
        : typeof post === 'string' && account === null && !isAnonymousPlatform(String(platform));
    if (!isMasked) return names;
    if (typeof value.handle === 'string' && typeof account === 'string')
      names.handle = mask.handle(account, value.handle);
    for (const key of ['name', 'description', 'permalink', 'localTime', 'line', 'place'])
      if (key in value) names[key] = null;
    if (typeof value.source === 'object' && value.source !== null)
      names.source = { ...(walk(value.source, 'source') as object), line: null, place: null };
    return names;
  };
  const labelOf = (id: string, label: string) =>
    mask.known(id) !== null && mask.isMasked(id) ? mask.account(id).slice(id.indexOf('/') + 1) : mask.text(label);
  return walk(answer, '');
}

/**
 * A request that was made of what was shown, with what it stands for. Posts that this run of the server has not shown yet (an address that was kept)
 * are found by the pseudonyms of all posts of their platform: seconds in a case of millions.
 */
export async function revealRequest<T>(spilloverCase: Case, value: T, mask: TwoWayMask): Promise<T> {
  const unknown = new Set<string>();
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') {
      const shown = mask.reveal(one);
      if (postPseudonym.test(shown)) unknown.add(shown);
      return shown;
    }
    if (Array.isArray(one)) return one.map(walk);
    if (one === null || typeof one !== 'object') return one;
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [mask.reveal(name), walk(inner)]));
  };
  const revealed = walk(value) as T;
  if (unknown.size === 0) return revealed;
  await findPosts(spilloverCase, [...unknown], mask);
  return walk(value) as T;
}

/** HMAC-SHA-256 as `Mask` makes it, in SQL: the key is one block of 64 letters. */
async function findPosts({ database }: Case, pseudonyms: readonly string[], mask: TwoWayMask): Promise<void> {
  const padded = (by: number) => Buffer.from(Buffer.from(mask.key).map((byte) => byte ^ by)).toString('hex');
  const found = await database.rows<{ platform: string; id: string }>(
    `with wanted as (select unnest(from_json($pseudonyms, '["VARCHAR"]')) as shown)
     select platform, post_id as id from post where platform in (select split_part(shown, '/', 1) from wanted)
       and platform || '/post-' || substr(sha256(unhex($outer) || unhex(sha256(unhex($inner) || encode(post_id)))), 1, 12)
         in (select shown from wanted)`,
    { pseudonyms: JSON.stringify(pseudonyms), outer: padded(0x5c), inner: padded(0x36) },
  );
  for (const { platform, id } of found) mask.post(`${platform}/${id}`, null);
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (value.length < 2000 && reference.test(value) && !value.includes('://')) found.add(value);
  } else if (Array.isArray(value)) for (const one of value) collect(one, found);
  else if (value !== null && typeof value === 'object')
    for (const [name, one] of Object.entries(value)) {
      if (reference.test(name)) found.add(name);
      collect(one, found);
    }
}
