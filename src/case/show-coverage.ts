import { measureCoverage } from '../analyses/trace/coverage.ts';
import type { Case } from './case.ts';
import { caseContext } from './context.ts';
import { caseTiers, isoTime } from './show-posts.ts';
import { showVolume } from './show-volume.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** When which platform was collected: posts over time, what was declared, silences that chance would not leave, stretches with lost posts. */
export async function showCoverage(spilloverCase: Case, bins: number) {
  const { database } = spilloverCase;
  const volume = await showVolume(spilloverCase, 'post', {}, bins);
  const context = await caseContext(spilloverCase);
  const tiers = await caseTiers(spilloverCase);
  await database.run('create or replace temp table story_post (post_key integer)');
  const measured = await measureCoverage(database, context);
  const losses = await database.rows<{
    platform: string;
    from: string | null;
    to: string | null;
    source: string;
    missed: number | null;
    flag: string | null;
  }>(
    `select platform, ${isoTime('from_time')} as "from", ${isoTime('to_time')} as "to", source.file as source, missed, flag
     from coverage join source using (source_key) where missed is not null or flag is not null
     order by from_time, source_key limit 2000`,
  );
  const names = [...new Set([...volume.platforms.map((one) => one.platform), ...measured.map((one) => one.platform)])];
  return {
    from: volume.from,
    to: volume.to,
    binMs: volume.binMs,
    bins: volume.bins,
    platforms: names.map((platform) => {
      const lane = volume.platforms.find((one) => one.platform === platform);
      const seen = measured.find((one) => one.platform === platform);
      const spans = (list: readonly [number, number][]) => list.map(([from, to]) => ({ from: iso(from), to: iso(to) }));
      return {
        platform,
        tier: tiers.platform(platform),
        posts: lane?.posts ?? 0,
        counts: lane?.counts ?? new Array<number>(volume.bins).fill(0),
        declared: context.coverage
          .filter((one) => one.platform === platform)
          .map(({ from, to, loss, accounts }) => ({ from, to, loss, accounts: accounts ?? [] })),
        gaps: spans(seen?.gaps ?? []),
        capped: spans(seen?.capped ?? []),
        losses: losses.filter((one) => one.platform === platform).map(({ platform: _, ...loss }) => loss),
      };
    }),
  };
}
