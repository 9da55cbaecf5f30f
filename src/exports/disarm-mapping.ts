import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { isAnonymousPlatform } from '../domain/anonymous-platforms.ts';
import { type DisarmTechnique, disarmTechniques } from '../domain/lists/disarm-techniques.ts';

/** A technique that the posts of a trace support, and how far. */
export interface MappedTechnique {
  technique: DisarmTechnique;
  /** What the trace shows, in one sentence; it never says what somebody intended. */
  statement: string;
  /** 0 to 100: how far the posts carry it. */
  confidence: number;
  posts: string[];
}

const mostPosts = 10;
const microblogs = new Set(['x', 'bluesky', 'mastodon', 'threads', 'gab', 'gettr', 'parler', 'truthsocial']);
const networks = new Set(['facebook', 'instagram', 'vk', 'tiktok']);
const pasteHosts =
  /(^|\.)(pastebin\.com|paste\.[a-z]+|justpaste\.it|ghostbin\.[a-z]+|controlc\.com|0bin\.net|privatebin\.[a-z]+|hastebin\.com|rentry\.co)$/;
const fileHosts =
  /(^|\.)(archive\.org|mega\.nz|mediafire\.com|drive\.google\.com|dropbox\.com|wetransfer\.com|anonfiles\.com|gofile\.io)$/;
const videoHosts = /(^|\.)(youtube\.com|youtu\.be|bitchute\.com|rumble\.com|odysee\.com|vimeo\.com)$/;

/**
 * The DISARM techniques of which a trace shows something, each only with the posts that support it, ordered by id. Intent, ownership
 * and automation are not in posts, so techniques that claim them (bots, trolls, acquired accounts) are never mapped by themselves.
 */
export function mapDisarm(result: TraceResult): MappedTechnique[] {
  const found = new Map<string, MappedTechnique>();
  const cited = new Map(result.cited.map((post) => [post.post, post]));
  const add = (id: string, statement: string, confidence: number, posts: readonly (string | null | undefined)[]) => {
    const technique = disarmTechniques.find((one) => one.id === id);
    if (!technique) throw new Error(`${id} is not in the list of techniques`);
    const known = [...new Set(posts)].filter((post): post is string => typeof post === 'string' && cited.has(post));
    if (known.length > 0 && !found.has(id))
      found.set(id, { technique, statement, confidence, posts: known.slice(0, mostPosts) });
  };
  const on = (test: (platform: string) => boolean) =>
    result.cited.filter((post) => test(post.platform)).map((post) => post.post);
  const linking = (hosts: RegExp) => [
    ...result.artifacts
      .filter((one) => hosts.test(hostOf(one.artifact)))
      .flatMap((one) => one.firstSeen.map((seen) => seen.post)),
    ...result.cited.filter((post) => hostsIn(post.text).some((host) => hosts.test(host))).map((post) => post.post),
  ];
  const stage = (id: string) => result.stages.filter((one) => one.id === id);
  const role = (id: string) => result.roles.filter((one) => one.role === id && one.significant);

  add('T0151.012', 'Posts of the story stand on an image board.', 90, on(isAnonymousPlatform));
  add(
    'T0151.008',
    'Posts of the story stand on microblogging platforms.',
    90,
    on((one) => microblogs.has(one)),
  );
  add(
    'T0151.001',
    'Posts of the story stand on social media platforms.',
    90,
    on((one) => networks.has(one)),
  );
  add(
    'T0151.007',
    'Posts of the story stand in Telegram chats and channels.',
    80,
    on((one) => one === 'telegram'),
  );
  add(
    'T0151.011',
    'Posts of the story stand in subreddits.',
    90,
    on((one) => one === 'reddit'),
  );
  add('T0152.005', 'Text was put on a paste platform, or posts link to one.', 85, [
    ...on((one) => one.startsWith('pastebin')),
    ...linking(pasteHosts),
  ]);
  add('T0152.010', 'Files lie on a file hosting platform, or posts link to one.', 80, [
    ...on((one) => fileHosts.test(one)),
    ...linking(fileHosts),
  ]);
  add('T0152.006', 'Posts link to a video platform.', 75, [...on((one) => one === 'youtube'), ...linking(videoHosts)]);
  const first = stage('first-seen')[0];
  add('T0115', 'The story begins, in this collection, with a post that carries its artifact.', 80, [
    first?.post,
    ...stage('foreshadow').map((one) => one.post),
  ]);
  if (first && isAnonymousPlatform(first.platform))
    add('T0128.001', 'The earliest post with the artifact has no author that its platform names.', 60, [first.post]);
  add(
    'T0015',
    `Posts carry the story's hashtags (${result.artifacts
      .filter((one) => one.kind === 'hashtag')
      .slice(0, 3)
      .map((one) => `#${one.artifact.replace(/^#|^hashtag:/, '')}`)
      .join(', ')}).`,
    70,
    result.artifacts.filter((one) => one.kind === 'hashtag').flatMap((one) => one.firstSeen.map((seen) => seen.post)),
  );
  add('T0119.002', 'The same artifacts were posted on one platform after another.', 85, [
    ...result.bridges.filter((one) => one.certain).flatMap((one) => [one.from.post, one.to.post]),
    ...stage('crossing').map((one) => one.post),
  ]);
  add('T0122', 'Posts send readers from one platform to content on another.', 75, [
    ...result.bridges.filter((one) => one.kind === 'cites-thread').map((one) => one.to.post),
    ...result.cited
      .filter(
        (post) =>
          microblogs.has(post.platform) &&
          hostsIn(post.text).some(
            (host) => pasteHosts.test(host) || /(^|\.)(4chan\.org|4channel\.org|8kun\.top|t\.me)$/.test(host),
          ),
      )
      .map((post) => post.post),
    ...result.cited
      .filter((post) => microblogs.has(post.platform) && /\/pol\/|4chan|pastebin/i.test(post.text))
      .map((post) => post.post),
  ]);
  add(
    'T0084.001',
    'The same text was posted again in other places.',
    70,
    result.bridges.filter((one) => one.kind === 'same-text').map((one) => one.to.post),
  );
  const groups = result.groups.filter((one) => one.pValue < 0.05);
  add(
    'T0049',
    `${groups.length === 1 ? 'A group' : `${groups.length} groups`} of accounts posted it at the same moments more than chance explains.`,
    60,
    groups.flatMap((one) => one.posts.slice(0, 3)),
  );
  const boosters = role('booster');
  add('T0118', 'Accounts passed on much of what others had posted.', 60, [
    ...boosters.flatMap((one) => one.posts.slice(0, 1)),
    ...result.reshareRankings.flatMap((one) => [...one.before, ...one.after].slice(0, 2).map((ranked) => ranked.post)),
  ]);
  const after = stage('mainstream')[0]?.time ?? stage('trend')[0]?.time;
  if (after)
    add(
      'T0060',
      'Boosters went on after the story had trended or reached the mainstream.',
      50,
      boosters.flatMap((one) => one.posts).filter((post) => (cited.get(post)?.time ?? '') > after),
    );
  add(
    'T0100.003',
    'An account with a public of its own carried the story out of its community; whether anybody sought that is not in the posts.',
    40,
    role('influencer').flatMap((one) => one.posts),
  );
  const outlets = [...stage('mainstream').map((one) => one.post), ...role('mainstream').flatMap((one) => one.posts)];
  add('T0117', 'Mainstream outlets carried the story; whether that was sought is not in the posts.', 50, outlets);
  add('T0111', 'The story stands in traditional media.', 70, outlets);
  add(
    'T0116',
    'Those who are concerned were answered or answered themselves.',
    40,
    stage('response').map((one) => one.post),
  );
  return [...found.values()].sort((a, b) => (a.technique.id < b.technique.id ? -1 : 1));
}

function hostOf(artifact: string): string {
  return (
    /^(?:url:)?https?:\/\/([^/?#:]+)/i.exec(artifact)?.[1]?.toLowerCase() ??
    artifact.replace(/^domain:/, '').toLowerCase()
  );
}

function hostsIn(text: string): string[] {
  return [...text.matchAll(/\b(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[/\s,;:!?)]|\.?$|\.\s)/gi)].map((match) =>
    match[1]!.toLowerCase(),
  );
}
