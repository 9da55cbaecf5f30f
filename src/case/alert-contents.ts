import { isAnonymousPlatform } from '../domain/anonymous-platforms.ts';
import type { Mask } from '../domain/mask.ts';
import type { AlertContent, AlertPost } from '../outputs/alert-message.ts';
import { type Alert, listAlerts } from './alerts.ts';
import type { Case } from './case.ts';
import { citedPosts } from './cited-posts.ts';
import { ruleCatalogue } from './watch-rules.ts';

/** Alerts by number as outputs see them, in the order asked for, with the first posts behind them. */
export async function alertContents(
  spilloverCase: Case,
  numbers: readonly number[],
  mask: Mask | null,
  /** Posts shown of each alert. */
  postsShown = 5,
): Promise<AlertContent[]> {
  const alerts = new Map((await listAlerts(spilloverCase, { numbers })).map((one) => [one.number, one]));
  const wanted = [...alerts.values()].flatMap(({ posts }) => posts.slice(0, postsShown));
  const posts = new Map(
    (await citedPosts(spilloverCase, wanted)).map((one) => {
      const { post, platform, time, text, permalink, account, handle } = one;
      const author = account === null ? null : `${platform}/${handle ?? account.slice(platform.length + 1)}`;
      const open: AlertPost = { post, platform, time, author, text, permalink };
      return [post, mask === null ? open : maskPost(open, account, mask)];
    }),
  );
  return numbers.flatMap((number) => {
    const alert = alerts.get(number);
    if (!alert) return [];
    const shown = alert.posts.slice(0, postsShown).flatMap((post) => posts.get(post) ?? []);
    const content = contentOf(alert, shown);
    return [mask === null ? content : maskContent(content, mask)];
  });
}

function contentOf(alert: Alert, posts: AlertPost[]): AlertContent {
  const rule = ruleCatalogue.find(({ id }) => id === alert.rule);
  return {
    number: alert.number,
    id: alert.id,
    rule: alert.rule,
    ruleTitle: rule?.title ?? 'The watch is blind',
    story: alert.story,
    subject: alert.subject,
    at: alert.at,
    noticed: alert.noticed,
    headline: alert.headline,
    reasons: alert.reasons,
    score: alert.score ?? null,
    posts,
    postsInAll: alert.posts.length,
    caveats: rule?.caveats ?? [],
    blind: alert.blind,
    isUrgent: alert.urgent,
  };
}

function maskPost(post: AlertPost, account: string | null, mask: Mask): AlertPost {
  const isOpen = account === null ? isAnonymousPlatform(post.platform) : !mask.isMasked(account);
  return {
    ...post,
    post: mask.post(post.post, account),
    author: account === null || isOpen ? post.author : mask.account(account),
    text: mask.text(post.text),
    permalink: isOpen ? post.permalink : null,
  };
}

function maskContent(content: AlertContent, mask: Mask): AlertContent {
  const { subject, headline, reasons, score } = content;
  return {
    ...content,
    subject:
      mask.isMasked(subject) && /^[a-z0-9]+\/[^\s/]+$/.test(subject) ? mask.account(subject) : mask.text(subject),
    headline: mask.text(headline),
    reasons: reasons.map((reason) => mask.text(reason)),
    score: score && { ...score, reasons: score.reasons.map((reason) => mask.text(reason)) },
  };
}
