import type { Mask } from '../../domain/mask.ts';
import type { Comparison } from './comparison-result.ts';

/**
 * The comparison as it may be shown: pseudonyms for accounts that are no public figures, their posts and their names in texts. `authors` tells who
 * wrote the cited posts, as evidence on one account holds posts of others; posts that it does not name get pseudonyms too.
 */
export function maskComparison(
  comparison: Comparison,
  mask: Mask,
  authors: ReadonlyMap<string, string | null>,
): Comparison {
  const shown = (post: string) => mask.post(post, authors.get(post) ?? null);
  return {
    ...comparison,
    campaigns: comparison.campaigns.map((one) => ({
      ...one,
      case: '',
      stages: one.stages.map((stage) => ({ ...stage, post: stage.post === null ? null : shown(stage.post) })),
    })),
    recurring: comparison.recurring.map((one) => ({
      ...one,
      account: mask.account(one.account),
      handle: mask.handle(one.account, one.handle),
      parts: one.parts.map((part) => ({
        ...part,
        account: mask.account(part.account),
        evidence: part.evidence.map(shown),
      })),
    })),
    candidates: comparison.candidates.map((one) => ({
      ...one,
      accounts: [mask.account(one.accounts[0]), mask.account(one.accounts[1])],
      handles: [mask.handle(one.accounts[0], one.handles[0]), mask.handle(one.accounts[1], one.handles[1])],
      reasons: one.reasons.map((reason) =>
        one.accounts.some((account) => mask.isMasked(account)) ? reason.replace(/"[^"]*"/g, '"…"') : reason,
      ),
    })),
    shared: comparison.shared.map((one) => ({ ...one, value: mask.text(one.value) })),
    groups: comparison.groups.map((one) => ({ ...one, both: one.both.map((account) => mask.account(account)) })),
  };
}
