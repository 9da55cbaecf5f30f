import { accountName } from './accounts.ts';
import { communities, fringe } from './communities.ts';
import { kept } from './losses.ts';
import { news, platformNames, x } from './post-log.ts';
import { outlets, uncollectedOutlet } from './stories.ts';
import type { WrittenWorld } from './written-world.ts';

export interface WatchedPlayer {
  entry: { account: string } | { domain: string };
  player: string;
  verdict: 'absent' | 'present' | 'not-collected';
  postsInFiles: number;
}

/** Below this part of its own posts a player's silence proves nothing. */
const wellCollected = 0.9;

/** The query that finds the story: its tag, its phrase and its addresses. */
export function storyQuery(written: WrittenWorld): string {
  const { world, campaign } = written.built;
  const addresses = [world.story.page, world.story.copy, ...(campaign ? [written.content.threadUrl] : [])];
  return [
    `#${world.story.tag}`,
    `"${world.story.phrase}"`,
    ...addresses.map((url) => `url:${url.replace('https://', '')}`),
  ].join(' OR ');
}

/** Four players with full feeds who say nothing of the story, one whose feed nobody collected, and two who do speak. */
export function watchList(written: WrittenWorld): WatchedPlayer[] {
  const { world, cast, campaign } = written.built;
  const { log, options, accounts } = world;
  const own = new Map<number, number>();
  for (let post = 0; post < log.count; post++)
    if (written.fates[post] === kept && log.platform[post]! >= x)
      own.set(log.account[post]!, (own.get(log.account[post]!) ?? 0) + 1);
  const judged = (account: number, silent: boolean): WatchedPlayer => {
    const platform = accounts.platform[account]!;
    const collected = platformNames[platform] !== options.missingPlatform && options.thinning >= wellCollected;
    const player = accountName(accounts, account);
    const verdict = silent ? (collected ? 'absent' : 'not-collected') : 'present';
    const entry = platform === news ? { domain: accounts.nativeId(account) } : { account: player };
    return { entry, player, verdict, postsInFiles: own.get(account) ?? 0 };
  };
  const uncollected: WatchedPlayer =
    options.seed % 2 === 0
      ? {
          entry: { domain: uncollectedOutlet.domain },
          player: `news/${uncollectedOutlet.domain}`,
          verdict: 'not-collected',
          postsInFiles: 0,
        }
      : { ...judged(cast.outletVoices[outlets.length]!, true), verdict: 'not-collected' };
  const speaking = [judged(cast.outlets[0]!, false), judged(campaign?.roles.influencer ?? cast.celebrities[1]!, false)];
  return [
    ...cast.silentVoices.map((account) => judged(account, true)),
    judged(cast.outlets[outlets.length - 1]!, true),
    uncollected,
    ...speaking,
  ];
}

/** What an analyst would know of this collection, in the shape of `spillover context add`. */
export function contextOf(written: WrittenWorld): object {
  const { world, cast } = written.built;
  const { options, accounts } = world;
  const name = (account: number) => accountName(accounts, account);
  const from = new Date(world.start).toISOString();
  const to = new Date(world.end).toISOString();
  const loss = Number((1 - options.thinning).toFixed(6));
  const span = (platform: string) => ({ platform, from, to, loss, gaps: [] });
  const collected = platformNames.filter((platform) => platform !== options.missingPlatform);
  const feeds = cast.silentVoices.map(name);
  return {
    coverage: [
      ...collected.map(span),
      ...(options.missingPlatform === 'x' ? [] : [{ ...span('x'), accounts: feeds }]),
      ...(options.missingPlatform === 'news' ? [] : [{ ...span('news'), accounts: cast.outlets.map(name) }]),
    ],
    venues: {
      domains: Object.fromEntries([
        ...[...outlets, uncollectedOutlet].map((outlet) => [outlet.domain, 'mainstream']),
        ...communities[fringe]!.domains.map((domain) => [domain, 'fringe']),
        ['paste.example', 'fringe'],
      ]),
      accounts: Object.fromEntries(cast.outletVoices.map((account) => [name(account), 'mainstream'])),
    },
    voices: cast.celebrities.map(name),
    watch: watchList(written).map(({ entry }) => entry),
  };
}
