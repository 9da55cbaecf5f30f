import { UserError } from '../../base/errors.ts';
import type { Analysis, AnalysisInput } from '../analysis.ts';
import { choosePosts } from '../choose-posts.ts';
import { boosterLanguageDefinition } from './booster-language-options.ts';
import type { BoosterLanguageResult, DistinctiveTerm } from './booster-language-result.ts';
import { type ContrastDefinition, contrast } from './contrasts.ts';
import { loadUses } from './load-language.ts';
import { phraseCrossings } from './phrase-crossings.ts';
import { summariseLanguage } from './summarise-language.ts';

export const boosterLanguage: Analysis<BoosterLanguageResult> = {
  definition: boosterLanguageDefinition,
  run,
  summarise: summariseLanguage,
};

async function run(input: AnalysisInput): Promise<BoosterLanguageResult> {
  const options = input.options as unknown as {
    volumeThreshold: number | null;
    lifetimeThreshold: number;
    youngDays: number;
    considered: number;
    top: number;
    minimumAccounts: number;
  };
  const { database } = input;
  const { posts } = await choosePosts(input);
  const { accounts } = (await database.first<{ accounts: number }>(
    'select count(distinct account_key) as accounts from chosen_post',
  ))!;
  if (accounts < 2)
    throw new UserError(
      `These posts come from ${accounts === 0 ? 'nobody with an account' : 'one account'}: two groups are needed to compare language.`,
      'Anonymous boards yield posts, not accounts.',
    );
  input.onStep('counting words');
  await loadUses(database);
  const limits = { considered: options.considered, minimumAccounts: options.minimumAccounts, top: options.top };
  input.onStep('comparing groups');
  const [volume, ...others] = contrastsOf(posts, options);
  const byVolume = await contrast(database, volume!, limits);
  const phrases = byVolume.measures
    .filter((one) => one.kind === 'bigram')
    .flatMap((one) => one.high)
    .filter((one): one is DistinctiveTerm => one.accounts >= options.minimumAccounts);
  const heard = await phraseCrossings(input, phrases);
  const contrasts = [byVolume];
  for (const one of others) contrasts.push(await contrast(database, one, limits));
  return { posts, accounts, contrasts, ...heard };
}

function contrastsOf(
  posts: number,
  options: { volumeThreshold: number | null; lifetimeThreshold: number; youngDays: number },
): ContrastDefinition[] {
  const threshold = options.volumeThreshold ?? Math.max(2, Math.ceil(posts / 10_000));
  return [
    {
      id: 'volume',
      highLabel: `${threshold} posts or more here`,
      lowLabel: 'fewer posts here',
      sides:
        'select account_key, count(*) >= $threshold as high from chosen_post where account_key is not null group by 1',
      bound: { threshold },
      missing: `no account, or every account, has ${threshold} posts here`,
    },
    {
      id: 'lifetime',
      highLabel: `${options.lifetimeThreshold.toLocaleString('en')} lifetime posts or more`,
      lowLabel: 'fewer lifetime posts',
      sides:
        'select account_key, posts >= $threshold as high from account where posts is not null and account_key in (select account_key from chosen_post)',
      bound: { threshold: options.lifetimeThreshold },
      missing: `lifetime posts are not known, or all accounts are on one side of ${options.lifetimeThreshold}`,
    },
    {
      id: 'age',
      highLabel: `made within ${options.youngDays} days of the newest account`,
      lowLabel: 'older accounts',
      sides: `with own as (select account_key, created_at from account where created_at is not null and account_key in (select account_key from chosen_post))
        select account_key, epoch(created_at) >= (select max(epoch(created_at)) from own) - 86400 * $days as high from own`,
      bound: { days: options.youngDays },
      missing: 'creation dates are not known, or all accounts are of one age',
    },
  ];
}
