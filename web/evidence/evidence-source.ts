import type { TraceResult } from '../../src/analyses/trace/trace-result.ts';
import type { Query } from '../../src/server/api-types.ts';
import { accountName } from '../format/account-name.ts';

/** What the evidence drawer shows: posts by id, or by filter. */
export interface EvidenceSource {
  title: string;
  /** How the statement was made, or what the posts have in common. */
  about: string | null;
  posts: string[] | null;
  filter: Omit<Query<'posts'>, 'limit' | 'offset'> | null;
}

/** Writes posts as the value of `evidence` in the address. */
export const evidenceOf = (posts: readonly string[]) => `posts:${posts.slice(0, 60).map(encodeURIComponent).join(',')}`;

/**
 * Reads the value of `evidence`: `posts:a,b`, `finding:3`, `bridge:12`, `role:booster:x/1`, `group:group-1`, `reason:2`, `origin`, `account:x/1`,
 * `artifact:hashtag:word`, `window`, `platform:x`; null where it names nothing.
 */
export function evidenceSource(
  value: string,
  result: TraceResult | undefined,
  story: string | null,
  window: { from?: string; to?: string },
): EvidenceSource | null {
  const [kind, rest] = splitOnce(value, ':');
  const inStory = story === null ? {} : { story };
  const inWindow = window.from && window.to ? { from: window.from, to: window.to } : {};
  const listed = (title: string, about: string | null, posts: readonly string[]): EvidenceSource => ({
    title,
    about,
    posts: [...posts],
    filter: null,
  });
  const filtered = (title: string, filter: EvidenceSource['filter']): EvidenceSource => ({
    title,
    about: window.from ? 'Within the selected window' : null,
    posts: null,
    filter: { ...inStory, ...inWindow, ...filter },
  });
  switch (kind) {
    case 'posts': {
      const posts = rest
        .split(',')
        .map(decode)
        .filter((post) => post !== '');
      return listed(posts.length === 1 ? 'One post' : `${posts.length} posts`, null, posts);
    }
    case 'account':
      return filtered('Posts of an account', { account: rest });
    case 'artifact':
      return filtered(`Posts with ${rest}`, { artifact: rest });
    case 'platform':
      return filtered(`Posts on ${rest}`, { platform: rest });
    case 'window':
      return filtered('Posts of the selected window', {});
  }
  if (!result) return null;
  switch (kind) {
    case 'finding': {
      const found = result.findings[Number(rest)];
      return found ? listed(found.text, found.method, found.posts) : null;
    }
    case 'reason': {
      const found = result.breakout.reasons[Number(rest)];
      return found ? listed(found.text, 'Breakout scale', found.posts) : null;
    }
    case 'bridge': {
      const found = result.bridges[Number(rest)];
      return found
        ? listed(`From ${found.from.platform} to ${found.to.platform}`, found.artifact, [
            found.from.post,
            found.to.post,
          ])
        : null;
    }
    case 'role': {
      const [role, account] = splitOnce(rest, ':');
      const found = result.roles.find((one) => one.role === role && one.account === account);
      return found
        ? listed(
            `${accountName(found.account, { handle: found.handle, name: null })} as ${role}`,
            'Posts behind the score',
            found.posts,
          )
        : null;
    }
    case 'group': {
      const found = result.groups.find((one) => one.id === rest);
      return found
        ? listed(`Group of ${found.accounts.length} accounts`, 'Posts in which they acted together', found.posts)
        : null;
    }
    case 'origin':
      return listed(
        'Candidates for the origin',
        result.origin.statement,
        result.origin.candidates.map((one) => one.post),
      );
  }
  return null;
}

function splitOnce(text: string, by: string): [string, string] {
  const place = text.indexOf(by);
  return place < 0 ? [text, ''] : [text.slice(0, place), text.slice(place + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
