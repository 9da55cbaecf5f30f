import { randomBytes } from 'node:crypto';
import { UserError } from '../base/errors.ts';
import { type KnownAccount, Mask } from '../domain/mask.ts';
import { venueTiers } from '../domain/venue-tiers.ts';
import type { Case } from './case.ts';
import { caseContext } from './context.ts';
import { readSetting, writeSetting } from './settings.ts';
import { caseVenues } from './venues.ts';

/** Who keeps the name when others are masked; outlets of tier mainstream, declared voices and players on the watch list always do. */
export interface PublicFigures {
  /** Accounts with at least so many followers. */
  followers: number;
  /** `platform/handle` or `platform/account_id`. */
  accounts: readonly string[];
}

export const defaultPublicFigures: PublicFigures = { followers: 100_000, accounts: [] };

const keySetting = 'mask-key';

/** The mask of a case: pseudonyms under the case's own key, which is made once and never leaves it. @throws UserError in a read-only case that has no key yet. */
export async function caseMask(spilloverCase: Case, figures: PublicFigures = defaultPublicFigures): Promise<Mask> {
  return new Mask(await maskKey(spilloverCase), await knownAccounts(spilloverCase, figures));
}

/** The case's key for pseudonyms, made at the first masked export. @throws UserError in a read-only case that has none. */
export async function maskKey(spilloverCase: Case): Promise<string> {
  const known = await keptMaskKey(spilloverCase);
  if (known !== null) return known;
  if (spilloverCase.readOnly)
    throw new UserError(
      'The case has no key for pseudonyms yet, and it is open for reading only.',
      'Run one masked export on the case itself: spillover export STORY --as timelinejs --mask --out FILE',
    );
  const key = randomBytes(32).toString('hex');
  await writeSetting(spilloverCase, keySetting, key);
  return key;
}

/** The case's key for pseudonyms; null before the first masked export. */
export const keptMaskKey = (spilloverCase: Case): Promise<string | null> =>
  readSetting<string>(spilloverCase, keySetting);

/** Every account of the case, and whether it is a public figure. */
export async function knownAccounts(spilloverCase: Case, figures: PublicFigures): Promise<KnownAccount[]> {
  const context = await caseContext(spilloverCase);
  const tiers = venueTiers(context, (await caseVenues(spilloverCase)).venues);
  const watched = context.watch.flatMap((one) => ('account' in one ? [one.account] : []));
  const declared = [...context.voices, ...watched];
  const listed = new Set([...declared, ...figures.accounts].map((one) => one.toLowerCase()));
  const [platform = [], id = [], handle = [], name = [], followers = []] = await spilloverCase.database.columns(
    `with reached as (select account_key, max(reach) as reach from post where reach is not null group by account_key)
     select account.platform, account.account_id, account.handle, account.name,
       greatest(coalesce(account.followers, 0), coalesce(reached.reach, 0))::double
     from account left join reached using (account_key) order by account.platform, account.account_id`,
  );
  const found = new Set<string>();
  const known = (platform as string[]).map((where, at): KnownAccount => {
    const own = handle[at] as string | null;
    const names = [`${where}/${id[at]}`.toLowerCase(), ...(own === null ? [] : [`${where}/${own}`.toLowerCase()])];
    const isListed = names.some((one) => listed.has(one));
    for (const one of names) found.add(one);
    const isPublic =
      isListed ||
      (followers[at] as number) >= figures.followers ||
      tiers.account(where, id[at] as string, own, where === 'news' ? (id[at] as string) : null) === 'mainstream';
    return { account: `${where}/${id[at]}`, handle: own, name: name[at] as string | null, isPublic };
  });
  for (const one of figures.accounts)
    if (!found.has(one.toLowerCase()))
      throw new UserError(
        `There is no account ${one} in the case.`,
        'Write public figures as platform/handle or platform/id.',
      );
  for (const one of declared)
    if (!found.has(one.toLowerCase()))
      known.push({ account: one, handle: one.slice(one.indexOf('/') + 1), name: null, isPublic: true });
  return known;
}
