import { UserError } from '../../base/errors.ts';
import type { AnalysisInput } from '../analysis.ts';
import type { PairRules } from './co-share-kernel.ts';
import type { CoordinationOptions } from './coordination-options.ts';
import type { CoordinationResult } from './coordination-result.ts';
import { largestOf } from './found-network.ts';
import { type LoadedShares, loadShares, type ShareRequest } from './load-shares.ts';
import { accountNames, artifactNames } from './names.ts';
import { countByKey, keepRows, largestKey, type ShareColumns } from './share-columns-kernel.ts';

/** The shares that a method gets. */
export interface PreparedShares {
  shares: ShareColumns;
  isItself: LoadedShares['isItself'];
  kinds: readonly string[];
  kindOf: Uint8Array;
  platforms: PairRules['platforms'];
  nameOf: (artifact: number) => Promise<string>;
  read: CoordinationResult['read'];
}

/** Reads the shares of the chosen kinds, without what was shared too often. @throws UserError where there are none. */
export async function prepareShares(
  { database, story, onStep }: Pick<AnalysisInput, 'database' | 'story' | 'onStep'>,
  options: CoordinationOptions,
): Promise<PreparedShares> {
  const asked = options.on && options.on.length > 0 ? [...new Set(options.on)] : [await usualKind(database)];
  const kinds = options.method === 'cnt' ? asked.map((kind) => toolkitKinds[kind] ?? kind) : asked;
  onStep(`reading shares of ${kinds.join(', ')}`);
  const request: ShareRequest = {
    kinds,
    story: story !== null,
    minTags: options.minTags,
    rapidSeconds: options.rapidSeconds,
    withoutReshares: options.method === 'cnt' && !kinds.includes('reshared') && !kinds.includes('post'),
    withOriginals: options.method === 'coortweet' && kinds.includes('reshared'),
    withRepeats: options.method === 'coortweet' && kinds.includes('object'),
  };
  const loaded = await loadShares(database, request);
  if (loaded.shares.artifact.length === 0) throw await nothingShared(database, kinds, loaded, story !== null);
  const sharesOf = countByKey(loaded.shares.artifact, loaded.artifactCount);
  const most = options.mostShares;
  const shares =
    most === null ? loaded.shares : keepRows(loaded.shares, (row) => sharesOf[loaded.shares.artifact[row]!]! <= most);
  const accounts = countByKey(shares.account, shares.account.length === 0 ? 0 : largestKey(shares.account) + 1);
  return {
    shares,
    isItself: loaded.isItself,
    kinds,
    kindOf: loaded.kindOf,
    platforms: options.platforms === 'any' ? undefined : await platformCodes(database, shares, options.platforms),
    nameOf: async (artifact) => {
      const name = (await artifactNames(database, [artifact])).get(artifact);
      return name ? `${name.kind} ${name.value}` : `artifact ${artifact}`;
    },
    read: {
      shares: shares.artifact.length,
      accounts: accounts.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0),
      artifacts: sharesOf.reduce((sum, n) => sum + (n > 0 && (most === null || n <= most) ? 1 : 0), 0),
      withoutAccount: loaded.withoutAccount,
      withoutTime: loaded.withoutTime,
      leftOut: loaded.shares.artifact.length - shares.artifact.length,
      repeats: loaded.repeats,
    },
  };
}

/** What the toolkit compares where it is asked for texts. */
const toolkitKinds: Record<string, string> = { text: 'plain-text', 'near-text': 'similar-text' };

async function usualKind(database: AnalysisInput['database']): Promise<string> {
  const row = await database.first<{ kind: string }>(
    `select kind from artifact where kind in ('object', 'reshared', 'url') group by kind order by kind limit 1`,
  );
  return row?.kind ?? 'url';
}

async function platformCodes(
  database: AnalysisInput['database'],
  { account }: ShareColumns,
  pairs: 'within' | 'across',
): Promise<PairRules['platforms']> {
  const names = await accountNames(database, account);
  const codes = new Map<string, number>();
  const of = new Uint8Array(largestOf(account) + 1);
  for (const [key, { platform }] of names) {
    if (!codes.has(platform)) codes.set(platform, codes.size);
    of[key] = codes.get(platform)!;
  }
  return { of, pairs };
}

async function nothingShared(
  database: AnalysisInput['database'],
  kinds: readonly string[],
  loaded: LoadedShares,
  ofStory: boolean,
): Promise<UserError> {
  if (loaded.withoutAccount + loaded.withoutTime > 0)
    return new UserError(
      `All ${loaded.withoutAccount + loaded.withoutTime} shares of ${kinds.join(', ')} are without an account or a time.`,
      'Coordination is told between accounts: posts of anonymous boards cannot show it.',
    );
  const there = await database.rows<{ kind: string; n: number }>(
    'select kind, count(*) as n from share join artifact using (artifact_key) group by kind order by n desc',
  );
  return new UserError(
    `${ofStory ? 'The story' : 'The case'} has no shares of ${kinds.join(', ')}.`,
    there.length === 0
      ? 'Import posts first.'
      : `The case has ${there.map(({ kind, n }) => `${kind} (${n.toLocaleString('en')})`).join(', ')}: choose with --on.`,
  );
}
