import { duration } from '../../base/duration.ts';
import { shownMoment } from '../../base/shown-moment.ts';
import { isAnonymousPlatform } from '../../domain/anonymous-platforms.ts';
import type { Finding, Stage, TraceResult } from './trace-result.ts';

const at = (stage: Stage) => shownMoment(stage.time, stage.latest);
const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** The result in sentences, each with the posts behind it; what was not found is said too. */
export function findingsOf(result: TraceResult): Finding[] {
  const found: Finding[] = [];
  const add = (text: string, method: string, posts: (string | null | undefined)[] = []) =>
    found.push({ text, method, posts: posts.filter((one): one is string => Boolean(one)) });
  const thin = thinlySeen(result);
  const unlessThin = (text: string, what: string, method: string, reason: string | null = null) => {
    const why = reason ?? thin;
    add(why === null ? text : `${what} cannot be told: ${why}`, method);
  };
  const unknownTies =
    result.communities.method === 'none' ? 'too few reshares whose source is known are in the collection.' : null;
  add(
    result.origin.statement,
    'origin: earliest post by clock intervals and coverage',
    result.origin.candidates.slice(0, 3).map((one) => one.post),
  );
  const stage = (id: string) => result.stages.find((one) => one.id === id);
  const firstSeen = stage('first-seen');
  const foreshadow = stage('foreshadow');
  if (foreshadow && firstSeen) {
    add(
      `It was announced ${duration((Date.parse(firstSeen.time) - Date.parse(foreshadow.time)) / 1000)} before it was seen: ${name(result, foreshadow.account, foreshadow.platform)} on ${foreshadow.platform}, ${at(foreshadow)}.`,
      'foreshadowing: posts of the story without its artifacts, before any with them',
      [foreshadow.post],
    );
  }
  for (const crossing of result.stages.filter((one) => one.id === 'crossing')) {
    const lag = firstSeen ? duration((Date.parse(crossing.time) - Date.parse(firstSeen.time)) / 1000) : '?';
    const who = `${name(result, crossing.account, crossing.platform)}, ${at(crossing)}`;
    const hidden = Date.parse(crossing.earliest) < Date.parse(crossing.time);
    add(
      hidden
        ? `The first post seen on ${crossing.platform} is ${lag} later: ${who}. Posts there were missed: it may have come from ${shownMoment(crossing.earliest, crossing.earliest)} on.`
        : `It reached ${crossing.platform} ${lag} after it was first seen: ${who}.`,
      'crossing: first post with an artifact of the story on a further platform',
      [crossing.post],
    );
  }
  const catalysts = result.roles.filter((one) => one.role === 'catalyst' && one.significant).slice(0, 3);
  if (catalysts.length > 0) {
    add(
      `Carried across by ${list(catalysts.map((one) => one.handle ?? one.account))}: few posts, early, with most of what followed downstream of them.`,
      'catalyst score: early, bridging, downstream, brief',
      catalysts.map((one) => one.posts[0]),
    );
  } else
    unlessThin(
      'No account stands out as a catalyst.',
      'Whether somebody carried it across',
      'catalyst score: early, bridging, downstream, brief',
      result.stages.some((one) => one.id === 'crossing') ? null : 'it is not seen on a second platform.',
    );
  const takeoff = stage('takeoff');
  if (takeoff) add(`It took off at ${at(takeoff)} (within 5 minutes).`, takeoff.method, [takeoff.post]);
  const groups = result.groups.filter((group) => group.pValue < 0.05);
  if (groups.length > 0) {
    const size = groups.reduce((sum, group) => sum + group.accounts.length, 0);
    const share = groups.reduce((sum, group) => sum + group.shareOfPosts, 0);
    add(
      `${groups.length === 1 ? 'One group' : `${groups.length} groups`} of accounts (${size} together) acted at the same moments more than the usual rhythm of what they share explains; they wrote ${percent(share)} of the story's posts.`,
      'acts on the same posts within the window, against the usual delays of what is shared; Benjamini-Hochberg at .05',
      groups.flatMap((group) => group.posts.slice(0, 2)),
    );
  } else
    unlessThin(
      'No group of accounts acted together more than the usual rhythm of what they share explains.',
      'Whether accounts acted together',
      'acts on the same posts within the window, against the usual delays of what is shared',
      unknownTies,
    );
  const trend = stage('trend');
  if (trend) add(`It trended on ${trend.platform} from ${at(trend)}.`, trend.method, [trend.post]);
  const influencers = result.roles.filter((one) => one.role === 'influencer' && one.significant);
  const outward = stage('outward');
  const influencer = influencers.find((one) => one.account === outward?.account);
  if (influencer) {
    add(
      `It left its community with ${influencer.handle ?? influencer.account}: posts from outside went from ${influencer.evidence.outsidePostsBefore} to ${influencer.evidence.outsidePostsAfter} within 15 minutes (p = ${influencer.pValue?.toPrecision(2)}).`,
      'outward jump against 999 random moments of the story',
      influencer.posts,
    );
    for (const later of influencers.filter((one) => one !== influencer))
      add(
        `Later it jumped outside again with ${later.handle ?? later.account}: from ${later.evidence.outsidePostsBefore} to ${later.evidence.outsidePostsAfter} posts within 15 minutes (p = ${later.pValue?.toPrecision(2)}).`,
        'outward jump against 999 random moments of the story',
        later.posts,
      );
  } else
    unlessThin(
      'No single account is seen to have carried it out of its community.',
      'Whether somebody carried it out of its community',
      'outward jump against random moments of the story',
      unknownTies,
    );
  const mainstream = stage('mainstream');
  if (mainstream)
    add(
      `It reached the mainstream at ${at(mainstream)}: ${name(result, mainstream.account, mainstream.platform)}${firstSeen ? `, ${duration((Date.parse(mainstream.time) - Date.parse(firstSeen.time)) / 1000)} after it was first seen` : ''}.`,
      mainstream.method,
      [mainstream.post],
    );
  else add('No mainstream venue in the collection carried it.', 'first post on a venue of tier mainstream');
  const absent = result.absent.filter((one) => one.verdict === 'absent');
  if (absent.length > 0)
    add(
      `Silent although their own posts were collected: ${list(absent.map((one) => one.name ?? one.account))}.`,
      'absence: own feed collected for 90 % of the window, chance of silence below .05',
    );
  const unseen = result.absent.filter((one) => one.verdict === 'not-collected');
  if (unseen.length > 0)
    add(
      `Nothing can be said of ${list(unseen.map((one) => one.name ?? one.account))}: too little of their own posts was collected.`,
      'absence',
    );
  add(
    `Breakout category ${result.breakout.category} of 6.`,
    'Breakout Scale (Nimmo 2020), categories 1-5 from the posts',
    result.breakout.reasons.flatMap((reason) => reason.posts.slice(0, 1)),
  );
  if (result.notCollected.length > 0)
    add(`Not collected: ${result.notCollected.join(', ')}. What happened there is not known.`, 'coverage');
  return found;
}

const thinLoss = 0.5;

/** Why what was not found may still have been: half of the posts or more were missed, or a stream of the story was capped; else null. */
function thinlySeen(result: TraceResult): string | null {
  const own = result.coverage.filter((one) => one.storyPosts > 0);
  const lost = own.filter((one) => one.loss >= thinLoss);
  if (lost.length > 0)
    return `${percent(Math.max(...lost.map((one) => one.loss)))} of the posts on ${list(lost.map((one) => one.platform))} were missed.`;
  const capped = own.filter((one) =>
    one.capped.some(([from, to]) => from < result.window.to && to > result.window.from),
  );
  return capped.length > 0
    ? `the stream of ${list(capped.map((one) => one.platform))} was capped while the story ran.`
    : null;
}

function name(result: TraceResult, account: string | null, platform: string): string {
  if (isAnonymousPlatform(platform)) return 'an anonymous poster';
  if (account === null) return 'an account that the file does not name';
  const cited = result.cited.find((one) => one.account === account);
  return cited?.handle ?? cited?.name ?? account;
}

function list(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
