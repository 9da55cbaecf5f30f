import type { ResultSummary } from '../analysis.ts';
import { count, counted, listing, percent } from '../in-words.ts';
import type { Superspreader, SuperspreadersResult } from './superspreaders-result.ts';

const name = (one: Superspreader) => one.handle ?? one.account;

export function summariseSuperspreaders(result: SuperspreadersResult): ResultSummary {
  const findings: ResultSummary['findings'][number][] = [];
  const byReshares = [...result.superspreaders].sort((a, b) => b.reshares - a.reshares);
  const [first] = byReshares;
  if (!first) {
    findings.push({
      text: `No post was reshared within the collection (${counted(result.accounts, 'account')}).`,
      posts: [],
    });
  } else {
    findings.push({
      text: `${counted(result.reshares, 'reshare')} of ${counted(result.accounts, 'account')}: the top 1 % of accounts hold ${percent(result.topOnePercentShare)} of the reshares whose original was collected (Gini ${result.gini.toFixed(2)}).`,
      posts: first.evidence.map((one) => one.post),
    });
    const byFib = [...result.superspreaders].sort((a, b) => b.fib - a.fib);
    findings.push({
      text: `By steady reach (FIB index, f posts with at least f reshares each): ${listing(byFib.slice(0, 5).map((one) => `${name(one)} (${one.fib})`))}.`,
      posts: byFib.slice(0, 3).flatMap((one) => one.evidence.slice(0, 1).map(({ post }) => post)),
    });
    findings.push({
      text: `By total reshares: ${listing(byReshares.slice(0, 5).map((one) => `${name(one)} (${count(one.reshares)})`))}.`,
      posts: byReshares.slice(0, 3).flatMap((one) => one.evidence.slice(0, 1).map(({ post }) => post)),
    });
    findings.push({
      text: `Half of the reshares would be gone without the first ${listing(result.halfAt.map(({ ranking, accounts }) => `${count(accounts)} by ${ranking}`))}.`,
      posts: byReshares.slice(0, 2).flatMap((one) => one.evidence.slice(0, 1).map(({ post }) => post)),
    });
  }
  if (result.core.largest > 0) {
    findings.push({
      text: `The core of the network: ${counted(result.core.accounts, 'account')} of which each is tied to at least ${result.core.largest} others of the core, with ${count(result.core.insideReshares)} reshares and quotes among them.`,
      posts: result.superspreaders
        .filter((one) => one.core === result.core.largest)
        .slice(0, 3)
        .flatMap((one) => one.evidence.slice(0, 1).map(({ post }) => post)),
    });
  }
  if (result.unattributed > 0)
    findings.push({
      text: `${counted(result.unattributed, 'reshare')} are of posts that were not collected: their authors are not ranked.`,
      posts: [],
    });
  return {
    findings,
    tables: [
      {
        title: 'Superspreaders',
        columns: [
          'account',
          'handle',
          'posts',
          'FIB',
          'reshares',
          'reshares made',
          'core',
          'top by FIB',
          'top by reshares',
          'most reshared post',
        ],
        rows: result.superspreaders.map((one) => [
          one.account,
          one.handle,
          one.posts,
          one.fib,
          one.reshares,
          one.resharesMade,
          one.core,
          one.topFib,
          one.topReshares,
          one.evidence[0]?.post ?? null,
        ]),
      },
      {
        title: 'Dismantling: share of reshares left',
        columns: ['ranking', 'accounts taken away', 'share left'],
        rows: result.dismantling.flatMap(({ ranking, curve }) =>
          curve.map(([taken, share]) => [ranking, taken, Number(share.toFixed(4))]),
        ),
      },
    ],
  };
}
