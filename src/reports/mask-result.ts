import { createHash } from 'node:crypto';
import type { TraceResult } from '../analyses/trace/trace-result.ts';

/**
 * The result with pseudonyms for accounts that are no public figures (outlets and influencers stay named): account ids, handles, names,
 * their post ids and permalinks, and their handles inside texts. The same account has the same pseudonym within one story and version.
 */
export function maskResult(result: TraceResult): TraceResult {
  const open = new Set(
    result.roles
      .filter((role) => role.role === 'mainstream' || (role.role === 'influencer' && role.significant))
      .map((role) => role.account),
  );
  const code = (text: string) => createHash('sha256').update(`${result.story}\n${text}`).digest('hex').slice(0, 8);
  const accounts = new Map<string, string>();
  const handles = new Map<string, string>();
  const see = (account: string | null, handle: string | null) => {
    if (account === null || open.has(account)) return;
    const name = `account-${code(account)}`;
    accounts.set(account, `${account.slice(0, account.indexOf('/'))}/${name}`);
    if (handle !== null && handle.length > 2) handles.set(handle.toLowerCase(), name);
  };
  for (const post of result.cited) see(post.account, post.handle);
  for (const role of result.roles) see(role.account, role.handle);
  for (const group of result.groups) for (const account of group.accounts) see(account, null);
  const posts = new Map(
    result.cited
      .filter((post) => post.account !== null && accounts.has(post.account))
      .map((post) => [post.post, `${post.platform}/post-${code(post.post)}`]),
  );
  const pattern =
    handles.size === 0
      ? null
      : new RegExp(
          `(?<![\\p{L}\\p{N}_])(${[...handles.keys()].map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?![\\p{L}\\p{N}_])`,
          'giu',
        );
  const text = (value: string) => {
    let masked = value;
    for (const [account, name] of accounts) if (masked.includes(account)) masked = masked.replaceAll(account, name);
    for (const [post, name] of posts) if (masked.includes(post)) masked = masked.replaceAll(post, name);
    return pattern ? masked.replace(pattern, (handle) => handles.get(handle.toLowerCase())!) : masked;
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return accounts.get(value) ?? posts.get(value) ?? text(value);
    if (Array.isArray(value)) return value.map(walk);
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
    return value;
  };
  const masked = walk(result) as TraceResult;
  masked.cited = masked.cited.map((post, at) => {
    const account = result.cited[at]!.account;
    return account !== null && accounts.has(account) ? { ...post, name: null, permalink: null } : post;
  });
  return masked;
}
