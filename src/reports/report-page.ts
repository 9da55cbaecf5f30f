import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { duration } from '../base/duration.ts';
import { isAnonymousPlatform } from '../domain/anonymous-platforms.ts';
import { escapeHtml } from './html.ts';

/** What every part of the page needs: the result, footnotes, and names of accounts and platforms. */
export interface ReportPage {
  result: TraceResult;
  /** Superscript links to the posts behind a statement; only posts with a footnote are cited. */
  cite: (posts: readonly (string | null | undefined)[], most?: number) => string;
  /** Footnote number of each cited post. */
  notes: ReadonlyMap<string, number>;
  /** Name of an account as HTML. */
  who: (account: string | null) => string;
}

/** Date and time to the second as text. */
export const clock = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
/** The same as HTML that no line breaks. */
export const when = (iso: string) => `<time datetime="${escapeHtml(iso)}">${escapeHtml(clock(iso))}</time>`;
/** A length of time as HTML that no line breaks. */
export const lag = (seconds: number) => `<span class="nw">${duration(seconds)}</span>`;
export const percent = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
export const count = (number: number) => number.toLocaleString('en');
export const small = (html: string) => `<span class="small">${html}</span>`;

const titles: Record<string, string> = {
  x: 'X',
  telegram: 'Telegram',
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
  reddit: 'Reddit',
  facebook: 'Facebook',
  instagram: 'Instagram',
  youtube: 'YouTube',
  tiktok: 'TikTok',
  gab: 'Gab',
  news: 'News',
};

/** A platform as readers write it. */
export const platformTitle = (platform: string) => titles[platform] ?? platform;

export function reportPage(result: TraceResult, notes: ReadonlyMap<string, number>): ReportPage {
  const names = new Map<string, string>();
  for (const post of result.cited) {
    const name = post.handle ?? post.name;
    if (post.account !== null && name !== null && !names.has(post.account)) names.set(post.account, name);
  }
  for (const role of result.roles) if (role.handle !== null) names.set(role.account, role.handle);
  return {
    result,
    notes,
    cite: (posts, most = 4) => {
      const links = posts
        .filter((post): post is string => post !== null && post !== undefined && notes.has(post))
        .slice(0, most)
        .map((post) => `<a href="#post-${notes.get(post)}">${notes.get(post)}</a>`);
      return links.length > 0 ? `<sup>${links.join(' ')}</sup>` : '';
    },
    who: (account) => {
      if (account === null || isAnonymousPlatform(account.slice(0, account.indexOf('/')))) return 'anonymous';
      return escapeHtml(names.get(account) ?? account.slice(account.indexOf('/') + 1));
    },
  };
}
