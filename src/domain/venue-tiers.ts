import type { CaseContext } from './case-context.ts';
import { domainTiers, platformTiers, type Tier } from './lists/venues.ts';

/** Answers how far from the mainstream a venue is; an account overrides its domain, a domain its platform, the case the defaults. */
export interface VenueTiers {
  platform: (platform: string) => Tier;
  domain: (domain: string) => Tier | null;
  /** `domain` is the outlet's own registrable domain, for platform `news`. */
  account: (platform: string, accountId: string, handle: string | null, domain: string | null) => Tier;
}

export function venueTiers(context: CaseContext): VenueTiers {
  const accounts = new Map(Object.entries(context.venues.accounts).map(([name, tier]) => [name.toLowerCase(), tier]));
  const platform = (name: string) => context.venues.platforms[name] ?? platformTiers[name] ?? 'social';
  const domain = (name: string) => context.venues.domains[name] ?? domainTiers.get(name) ?? null;
  return {
    platform,
    domain,
    account: (where, accountId, handle, outlet) =>
      accounts.get(`${where}/${accountId}`.toLowerCase()) ??
      (handle === null ? undefined : accounts.get(`${where}/${handle}`.toLowerCase())) ??
      (outlet === null ? null : domain(outlet)) ??
      platform(where),
  };
}
