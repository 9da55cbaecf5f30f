import type { Mask } from '../../domain/mask.ts';
import type { CitedPost, TraceResult } from './trace-result.ts';

/** Keys whose values are words of Spillover, names of platforms and communities, or times, never people. */
const wordKeys = new Set(
  'id kind platform tier role method verdict version story community from to how stage time earliest latest binStart firstTime'.split(
    ' ',
  ),
);
const postKeys = new Set(['post', 'posts', 'firstPost', 'sourcePost']);

/**
 * The trace as it may be shown: pseudonyms for accounts that are no public figures, for their posts and for those of unknown authors;
 * texts and sentences without handles, names and ids; no permalinks and no names of files and lines of masked posts.
 */
export function maskTrace(result: TraceResult, mask: Mask): TraceResult {
  const authors = new Map(result.cited.map((post) => [post.post, post.account]));
  const accounts = new Set<string>();
  for (const post of result.cited) if (post.account !== null) accounts.add(post.account);
  for (const role of result.roles) accounts.add(role.account);
  for (const group of result.groups) for (const account of group.accounts) accounts.add(account);
  for (const absent of result.absent) accounts.add(absent.account);
  const word = (value: string): string => {
    if (authors.has(value)) return mask.post(value, authors.get(value)!);
    if (accounts.has(value)) return mask.account(value);
    return mask.text(value);
  };
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (wordKeys.has(key)) return value;
      if (key === 'account' || key === 'accounts') return mask.account(value);
      if (postKeys.has(key)) return mask.post(value, authors.get(value) ?? null);
      if (key === 'around') return mask.text(`@${value}`).slice(1);
      return word(value);
    }
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]));
    return value;
  };
  const masked = walk({ ...result, cited: [] }, '') as TraceResult;
  masked.cited = result.cited.map((post) => maskPost(post, mask));
  masked.roles = masked.roles.map((role, at) => ({
    ...role,
    handle: mask.handle(result.roles[at]!.account, result.roles[at]!.handle),
  }));
  masked.absent = masked.absent.map((one, at) => ({
    ...one,
    name: mask.isMasked(result.absent[at]!.account) ? null : result.absent[at]!.name,
  }));
  return masked;
}

/** A cited post as it may be shown. */
export function maskPost(post: CitedPost, mask: Mask): CitedPost {
  const shown = mask.post(post.post, post.account);
  const masked = shown !== post.post || mask.isMasked(post.account);
  return {
    ...post,
    post: shown,
    account: post.account === null ? null : mask.account(post.account),
    handle: post.account === null ? null : mask.handle(post.account, post.handle),
    name: masked ? null : post.name,
    text: mask.text(post.text),
    permalink: masked ? null : post.permalink,
    file: mask.text(post.file),
    line: masked ? null : post.line,
  };
}
