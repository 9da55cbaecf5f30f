import type { ResultSummary } from '../analysis.ts';
import { chance, count, counted, listing, measured } from '../in-words.ts';
import { baseRateSentence } from './automation-options.ts';
import type { AutomationEntry, AutomationResult, SignId } from './automation-result.ts';

const say: Partial<Record<SignId, (value: number) => string>> = {
  postsPerDay: (value) => `${measured(value)} posts a day`,
  mostIn24Hours: (value) => `${count(value)} posts within 24 hours`,
  reshareShare: (value) => `${(100 * value).toFixed(0)} % reshares`,
  fastReshareShare: (value) => `${(100 * value).toFixed(0)} % of its reshares within 10 seconds`,
  medianReshareDelaySeconds: (value) => `a median reshare delay of ${measured(value, 2)} s`,
  longestPauseHours: (value) => `no daily pause longer than ${value.toFixed(1)} h`,
  dnaRatio: (value) => `acts that compress to ${(100 * value).toFixed(0)} %`,
  nearDuplicateShare: (value) => `${(100 * value).toFixed(0)} % of its texts posted more than once`,
  lifetimePostsPerDay: (value) => `${measured(value)} posts a day since it was made`,
  ageDays: (value) => `made ${counted(value, 'day')} before`,
  handleDigits: (value) => `${counted(value, 'digit')} in its handle`,
  coordinationDegree: (value) => `acted together with ${counted(value, 'account')}`,
};

/** What a value must reach to be worth a word, besides being unusual here. */
const worthSaying: Partial<Record<SignId, (value: number) => boolean>> = {
  reshareShare: (value) => value >= 0.8,
  fastReshareShare: (value) => value >= 0.2,
  nearDuplicateShare: (value) => value >= 0.3,
  longestPauseHours: (value) => value <= 6,
  dnaRatio: (value) => value <= 0.6,
  handleDigits: (value) => value >= 4,
  coordinationDegree: (value) => value >= 1,
};

/** The most unusual known signs of an account in words, such as "486 posts within 24 hours, 97 % reshares". */
export function signsInWords(entry: AutomationEntry, most = 4): string {
  const known = (Object.keys(say) as SignId[]).filter(
    (id) =>
      entry.values[id] !== null && entry.percentiles[id]! >= 0.75 && (worthSaying[id]?.(entry.values[id]) ?? true),
  );
  known.sort((a, b) => entry.percentiles[b]! - entry.percentiles[a]!);
  return known
    .slice(0, most)
    .map((id) => say[id]!(entry.values[id]!))
    .join(', ');
}

export function summariseAutomation(result: AutomationResult): ResultSummary {
  const findings: ResultSummary['findings'][number][] = [
    {
      text: `Looked at: ${counted(result.examined, 'account')} with ${result.minimumPosts} posts or more here, of ${count(result.accounts)}.`,
      posts: [],
    },
    { text: baseRateSentence, posts: [] },
  ];
  for (const entry of result.entries.slice(0, 5)) {
    const words = signsInWords(entry);
    if (words !== '')
      findings.push({
        text: `${entry.handle ?? entry.account}: ${words} (${entry.signsKnown} signs known).`,
        posts: entry.evidence,
      });
  }
  for (const sign of result.signs) {
    const reached = sign.thresholds.filter((one) => one.accounts > 0);
    if (reached.length > 0)
      findings.push({
        text: `${sign.label}: ${listing(reached.map((one) => `${counted(one.accounts, 'account')} at ${one.value} or more (${one.source})`))}.`,
        posts: [],
      });
  }
  for (const one of result.birthClusters.slice(0, 3))
    findings.push({
      text: `${count(one.accounts.length)} accounts with like numbers of posts were made on ${one.date}; ${count(one.bornThatDay)} were made that day, ${measured(one.expected, 2)} are usual on the days around it (${chance(one.pValue)} over all days).`,
      posts: one.posts,
    });
  findings.push({
    text: `Not known here, and not counted: ${listing(result.neverKnown.map((sign) => sign.replace(/, (s|hours)$/, '')))}.${result.coordination === 'missing' ? ' Run spillover analyse coordination first to take coordination into account.' : ''}`,
    posts: [],
  });
  return {
    findings,
    tables: [
      {
        title: 'Accounts, most unusual first (an order to look in, not a verdict)',
        columns: [
          'account',
          'handle',
          'posts',
          'order',
          'signs known',
          ...result.signs.map((one) => one.id),
          'evidence',
        ],
        rows: result.entries.map((entry) => [
          entry.account,
          entry.handle,
          entry.posts,
          Number(entry.sortScore.toFixed(3)),
          entry.signsKnown,
          ...result.signs.map((one) =>
            entry.values[one.id] === null ? null : Number(entry.values[one.id]!.toPrecision(3)),
          ),
          entry.evidence[0] ?? null,
        ]),
      },
      {
        title: 'Signs',
        columns: ['sign', 'known for', 'median', '5 % most unusual from'],
        rows: result.signs.map((one) => [one.label, one.known, one.median, one.p95]),
      },
      {
        title: 'Accounts made on the same day',
        columns: ['date', 'accounts', 'made that day', 'usual', 'p', 'first accounts'],
        rows: result.birthClusters.map((one) => [
          one.date,
          one.accounts.length,
          one.bornThatDay,
          Number(one.expected.toPrecision(3)),
          Number(one.pValue.toPrecision(3)),
          one.accounts.slice(0, 5).join(', '),
        ]),
      },
    ],
  };
}
