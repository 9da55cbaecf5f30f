import type { CaseContext } from '../../domain/case-context.ts';
import type { Database } from '../../store/database.ts';
import { coveredShare, type PlatformCoverage } from './coverage.ts';
import type { AbsentPlayer } from './trace-result.ts';

const wellCovered = 0.9;
const surprise = 0.05;

interface Player {
  account: string;
  name: string | null;
  platform: string;
  own: number;
  story: number;
  known: boolean;
}

/**
 * For every player on the watch list: did it post of the story, and if not, does its silence say anything? Absent only where its own
 * posts were collected for 90 % of the story's window and a player that posts of it at the usual rate of comparable accounts would
 * have been silent with probability below .05; the upper 95 % rate 1 - .05^(1/n) comes with it.
 */
export async function judgeAbsence(
  database: Database,
  context: CaseContext,
  coverage: readonly PlatformCoverage[],
  window: { from: number; to: number },
): Promise<AbsentPlayer[]> {
  const usual = await usualShare(database, window);
  const verdicts: AbsentPlayer[] = [];
  for (const entry of context.watch) {
    const player =
      'account' in entry
        ? await accountPlayer(database, entry.account, window)
        : await domainPlayer(database, entry.domain, window);
    const covered = feedCoverage(context, coverage, player, window);
    const upperRate = player.own > 0 ? 1 - 0.05 ** (1 / player.own) : null;
    const base = {
      account: player.account,
      name: player.name,
      platform: player.platform,
      collectedPosts: player.own,
      upperRate,
    };
    if (player.story > 0) {
      verdicts.push({
        ...base,
        verdict: 'present',
        reason: `${player.story} of its ${player.own} collected posts belong to the story.`,
      });
    } else if (covered < wellCovered || !player.known) {
      verdicts.push({
        ...base,
        verdict: 'not-collected',
        reason: player.known
          ? `Its own posts were collected for only ${Math.round(covered * 100)} % of the window: its silence means nothing.`
          : 'None of its posts is in the case: its silence means nothing.',
      });
    } else {
      const silent = (1 - usual) ** player.own;
      const absent = player.own > 0 && silent < surprise;
      verdicts.push({
        ...base,
        verdict: absent ? 'absent' : 'not-collected',
        reason: absent
          ? `${player.own} own posts were collected in the window, none of the story; an account with the usual interest would be silent with probability ${silent.toPrecision(2)}.`
          : `Only ${player.own} own posts were collected in the window: too few for its silence to mean anything (probability ${silent.toPrecision(2)}).`,
      });
    }
  }
  return verdicts;
}

/** Part of all posts in the window that belong to the story: the rate that an ordinary account would have. */
async function usualShare(database: Database, window: { from: number; to: number }): Promise<number> {
  const row = await database.first<{ story: number; posts: number }>(
    `select count(story_post.post_key) as story, count(*) as posts from post left join story_post using (post_key)
     where not embedded and time >= make_timestamp(($from::bigint) * 1000) and time <= make_timestamp(($to::bigint) * 1000)`,
    { from: BigInt(Math.floor(window.from)), to: BigInt(Math.ceil(window.to)) },
  );
  return row && row.posts > 0 ? row.story / row.posts : 0;
}

async function accountPlayer(database: Database, name: string, window: { from: number; to: number }): Promise<Player> {
  const slash = name.indexOf('/');
  const platform = name.slice(0, slash).toLowerCase();
  const id = name.slice(slash + 1).replace(/^@/, '');
  return countPosts(
    database,
    name,
    platform,
    `account.platform = $platform and (lower(account_id) = $id or lower(handle) = $id)`,
    { platform, id: id.toLowerCase() },
    window,
  );
}

async function domainPlayer(database: Database, domain: string, window: { from: number; to: number }): Promise<Player> {
  return countPosts(
    database,
    `news/${domain.toLowerCase()}`,
    'news',
    `account.platform = 'news' and lower(account_id) = $id`,
    { id: domain.toLowerCase() },
    window,
  );
}

async function countPosts(
  database: Database,
  account: string,
  platform: string,
  condition: string,
  bound: Record<string, string>,
  window: { from: number; to: number },
): Promise<Player> {
  const row = await database.first<{ own: number; story: number; known: number; name: string | null }>(
    `select count(*) filter (time >= make_timestamp(($from::bigint) * 1000) and time <= make_timestamp(($to::bigint) * 1000)) as own,
       count(story_post.post_key) as story, count(*) as known, any_value(coalesce(handle, name)) as name
     from post join account using (account_key) left join story_post using (post_key) where ${condition} and not embedded`,
    { ...bound, from: BigInt(Math.floor(window.from)), to: BigInt(Math.ceil(window.to)) },
  );
  return {
    account,
    name: row?.name ?? null,
    platform,
    own: row?.own ?? 0,
    story: row?.story ?? 0,
    known: (row?.known ?? 0) > 0,
  };
}

/** A feed of its own declared in the context, or a platform declared as collected whole without loss; a search shows no absence. */
function feedCoverage(
  context: CaseContext,
  coverage: readonly PlatformCoverage[],
  player: Player,
  window: { from: number; to: number },
): number {
  const name = player.account.toLowerCase();
  const feeds = context.coverage.filter((entry) =>
    (entry.accounts ?? []).some(
      (one) => one.toLowerCase() === name || one.toLowerCase() === `${player.platform}/${name}`,
    ),
  );
  if (feeds.length > 0) {
    const spans = feeds.map((feed): [number, number] => [Date.parse(feed.from), Date.parse(feed.to)]);
    const gaps = feeds.flatMap((feed) =>
      feed.gaps.map(([from, to]): [number, number] => [Date.parse(from), Date.parse(to)]),
    );
    const loss = Math.max(...feeds.map((feed) => feed.loss));
    return coveredShare({ ...emptyCoverage, spans, gaps }, window.from, window.to) * (1 - loss);
  }
  const whole = context.coverage.filter((entry) => entry.platform === player.platform && !entry.accounts);
  if (whole.length === 0) return 0;
  const platform = coverage.find((one) => one.platform === player.platform);
  return platform ? coveredShare(platform, window.from, window.to) : 0;
}

const emptyCoverage: PlatformCoverage = {
  platform: '',
  from: 0,
  to: 0,
  posts: 0,
  storyPosts: 0,
  declared: true,
  collected: [],
  spans: [],
  gaps: [],
  capped: [],
  activeHours: null,
  loss: 0,
};
