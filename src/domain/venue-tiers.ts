import { z } from 'zod';
import { UserError } from '../base/errors.ts';
import type { CaseContext } from './case-context.ts';
import { isNewsroomShortener, isShortener } from './lists/url-shorteners.ts';
import { domainTiers, platformTiers, type Tier } from './lists/venues.ts';

/** Answers how far from the mainstream a venue is; an account overrides its domain, a domain its platform, the case the defaults. */
export interface VenueTiers {
  platform: (platform: string) => Tier;
  domain: (domain: string) => Tier | null;
  /** `domain` is the outlet's own registrable domain, for platform `news`. */
  account: (platform: string, accountId: string, handle: string | null, domain: string | null) => Tier;
  /** Whether the tier of an outlet of platform `news` comes from its name, not from the platform alone. */
  isKnownOutlet: (domain: string) => boolean;
}

const tier = z.enum(['fringe', 'social', 'mainstream']);
const schema = z.strictObject({ platforms: z.record(z.string(), tier), domains: z.record(z.string(), tier) });

/** A list of venues that a case can replace. */
export type VenueList = z.infer<typeof schema>;

export const defaultVenues: VenueList = { platforms: { ...platformTiers }, domains: Object.fromEntries(domainTiers) };

/** @throws UserError that names the first mistake. */
export function parseVenueList(value: unknown, file: string): VenueList {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new UserError(
    `${file} is not a list of venues: ${first ? `${first.path.join('.') || 'the document'}: ${first.message}` : 'it does not fit'}.`,
    'Start from the list in force: spillover venues export FILE',
  );
}

export function venueTiers(context: CaseContext, list: VenueList = defaultVenues): VenueTiers {
  const accounts = new Map(Object.entries(context.venues.accounts).map(([name, tier]) => [name.toLowerCase(), tier]));
  const platform = (name: string) => context.venues.platforms[name] ?? list.platforms[name] ?? 'social';
  const named = (name: string) => context.venues.domains[name] ?? list.domains[name];
  // Each site on a hosting service is a domain of its own: `blogspot.com` stands for `someone.blogspot.com`.
  const domain = (name: string) => named(name) ?? named(name.slice(name.indexOf('.') + 1)) ?? null;
  // A short address hides who published, unless it is a newsroom's own.
  const outletTier = (outlet: string): Tier | null =>
    domain(outlet) ?? (isNewsroomShortener(outlet) ? 'mainstream' : isShortener(outlet) ? 'social' : null);
  return {
    platform,
    domain,
    account: (where, accountId, handle, outlet) =>
      accounts.get(`${where}/${accountId}`.toLowerCase()) ??
      (handle === null ? undefined : accounts.get(`${where}/${handle}`.toLowerCase())) ??
      (outlet === null ? null : outletTier(outlet)) ??
      platform(where),
    isKnownOutlet: (outlet) => accounts.has(`news/${outlet}`.toLowerCase()) || outletTier(outlet) !== null,
  };
}
