import { wilsonInterval } from '../../base/binomial.ts';
import { finite } from '../../base/finite.ts';
import { smoothedLogRatio } from '../../base/log-ratio.ts';
import type { Database } from '../../store/database.ts';
import type { DistinctiveTerm, LanguageContrast, LanguageMeasure } from './booster-language-result.ts';
import { countUses, type Use } from './load-language.ts';

export interface ContrastDefinition {
  id: LanguageContrast['id'];
  highLabel: string;
  lowLabel: string;
  /** SQL of `side_account`: account_key and whether the account is on the high side. */
  sides: string;
  bound: Record<string, number>;
  missing: string;
}

const kinds: readonly LanguageMeasure['kind'][] = ['term', 'bigram', 'domain', 'hashtag'];
const hoursAfter = [1, 3, 6, 12, 24];
const hour = 3_600_000;

/** Splits the accounts, compares what both sides use and who stays after the peak. */
export async function contrast(
  database: Database,
  { sides, bound, missing, ...head }: ContrastDefinition,
  limits: { considered: number; minimumAccounts: number; top: number },
): Promise<LanguageContrast> {
  await database.run(`create or replace temp table side_account as ${sides}`, bound);
  const counts = (await database.first<Record<'highAccounts' | 'lowAccounts' | 'highPosts' | 'lowPosts', number>>(
    `select count(distinct account_key) filter (high) as "highAccounts", count(distinct account_key) filter (not high) as "lowAccounts",
       count(*) filter (high) as "highPosts", count(*) filter (not high) as "lowPosts" from chosen_post join side_account using (account_key)`,
  ))!;
  if (counts.highAccounts === 0 || counts.lowAccounts === 0)
    return { ...head, ...counts, missing, measures: [], persistence: null };
  const measures: LanguageMeasure[] = [];
  for (const kind of kinds) {
    const uses = await countUses(database, kind, limits);
    if (uses.length >= 2) measures.push(compare(kind, uses, limits.top));
  }
  return { ...head, ...counts, missing: null, measures, persistence: await persistenceOf(database) };
}

function compare(kind: LanguageMeasure['kind'], uses: readonly Use[], top: number): LanguageMeasure {
  const ratios = smoothedLogRatio(
    uses.map((use) => use.high),
    uses.map((use) => use.low),
  );
  const order = uses
    .map((_, at) => at)
    .sort((a, b) => ratios[b]! - ratios[a]! || (uses[a]!.value < uses[b]!.value ? -1 : 1));
  const entry = (at: number, high: boolean): DistinctiveTerm => {
    const use = uses[at]!;
    return {
      value: use.value,
      logRatio: finite(ratios[at]!),
      high: use.high,
      low: use.low,
      accounts: high ? use.highAccounts : use.lowAccounts,
      post: (high ? use.highPost : use.lowPost)!,
    };
  };
  return {
    kind,
    considered: uses.length,
    high: order
      .filter((at) => ratios[at]! > 0 && uses[at]!.high > 0)
      .slice(0, top)
      .map((at) => entry(at, true)),
    low: [...order]
      .sort((a, b) => ratios[a]! - ratios[b]! || (uses[a]!.value < uses[b]!.value ? -1 : 1))
      .filter((at) => ratios[at]! < 0 && uses[at]!.low > 0)
      .slice(0, top)
      .map((at) => entry(at, false)),
  };
}

async function persistenceOf(database: Database): Promise<LanguageContrast['persistence']> {
  const rows = await database.rows<{ ms: number; high: number; low: number }>(
    `select epoch_ms(time_bucket(interval '1 hour', time))::double as ms, count(*) filter (high) as high, count(*) filter (not high) as low
     from chosen_post join side_account using (account_key) group by 1 order by 1`,
  );
  const peak = rows.reduce((best, row) => (row.high + row.low > best.high + best.low ? row : best));
  return {
    peak: new Date(peak.ms).toISOString(),
    highShareAtPeak: finite(peak.high / (peak.high + peak.low)),
    after: hoursAfter.flatMap((hours) => {
      const later = rows.filter((row) => row.ms >= peak.ms + hours * hour);
      const high = later.reduce((sum, row) => sum + row.high, 0);
      const posts = later.reduce((sum, row) => sum + row.high + row.low, 0);
      if (posts === 0) return [];
      const interval = wilsonInterval(high, posts);
      return [
        { hours, posts, highShare: finite(high / posts), low: finite(interval.low), high: finite(interval.high) },
      ];
    }),
  };
}
