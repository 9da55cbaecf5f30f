import type { CaseContext } from '../../domain/case-context.ts';
import { type VenueList, venueTiers } from '../../domain/venue-tiers.ts';
import type { Database } from '../../store/database.ts';

const ranks = { fringe: 0, social: 1, mainstream: 2 } as const;
export const tierNames = ['fringe', 'social', 'mainstream'] as const;

/** Tier of a post as SQL over `post` joined with `venueJoins`: 0 fringe, 1 social, 2 mainstream. */
export const tierSql = 'coalesce(venue_account.tier, venue_platform.tier, 1)';
export const venueJoins = `left join venue_account on venue_account.account_key = post.account_key
        left join venue_platform on venue_platform.platform = post.platform`;

/**
 * Makes the temporary tables `venue_platform (platform, tier, start)`, `venue_account (account_key, tier)` of accounts whose tier is not that of their
 * platform, and `mainstream_page (artifact_key)` of addresses on mainstream domains. `start` is the first post of the platform in the case.
 */
export async function makeVenueTables(database: Database, context: CaseContext, venues: VenueList): Promise<void> {
  const tiers = venueTiers(context, venues);
  const platforms = await database.rows<{ platform: string }>(
    `select platform, min(time)::varchar as start from post group by platform order by platform`,
  );
  await fill(database, 'venue_platform', '{"platform": "varchar", "tier": "utinyint", "start": "timestamp"}', [
    ...platforms.map((row) => ({ ...row, tier: ranks[tiers.platform(row.platform)] })),
  ]);
  const domains = await database.rows<{ value: string }>(`select value from artifact where kind = 'domain'`);
  const mainstream = domains.map((row) => row.value).filter((domain) => tiers.domain(domain) === 'mainstream');
  await database.run(
    `create or replace temp table mainstream_page as
    select distinct url_key as artifact_key from raw_url join artifact on artifact.artifact_key = raw_url.domain_key
    where artifact.value in (select unnest(from_json($domains, '["varchar"]')))`,
    { domains: JSON.stringify(mainstream) },
  );
  const named = JSON.stringify(Object.keys(context.venues.accounts).map((name) => name.toLowerCase()));
  const accounts = await database.rows<{ key: number; platform: string; id: string; handle: string | null }>(
    `with named as (select unnest(from_json($named, '["varchar"]')) as name)
    select account_key as key, platform, account_id as id, handle from account
    where platform = 'news' or lower(platform || '/' || account_id) in (select name from named)
      or lower(platform || '/' || handle) in (select name from named)`,
    { named },
  );
  await fill(
    database,
    'venue_account',
    '{"account_key": "integer", "tier": "utinyint"}',
    accounts.map((row) => ({
      account_key: row.key,
      tier: ranks[tiers.account(row.platform, row.id, row.handle, row.platform === 'news' ? row.id : null)],
    })),
  );
}

async function fill(database: Database, table: string, shape: string, rows: readonly object[]): Promise<void> {
  await database.run(
    `create or replace temp table ${table} as
    with made as (select unnest(from_json($rows, '[${shape}]')) as row)
    select unnest(row) from made`,
    { rows: JSON.stringify(rows) },
  );
}
