import { adjustedRandIndex } from '../../base/adjusted-rand-index.ts';
import { nodeStrengths } from '../../base/csr-graph.ts';
import { UserError } from '../../base/errors.ts';
import { finite } from '../../base/finite.ts';
import { type Communities, leiden } from '../../base/leiden.ts';
import { Random } from '../../base/random.ts';
import type { Analysis, AnalysisDefinition, AnalysisInput, ResultSummary } from '../analysis.ts';
import { choosePosts } from '../choose-posts.ts';
import { count, counted, listing, percent } from '../in-words.ts';
import { loadReshareNetwork } from '../reshare-network.ts';
import type { CommunitiesResult, CommunityEntry } from './communities-result.ts';

const fewestTies = 10;
const leadersShown = 5;

const definition: AnalysisDefinition = {
  id: 'communities',
  version: '1',
  title: 'Communities',
  question: 'Which accounts reshare each other more than the rest, and how firm are these groups?',
  caveats: [
    'A community is who reshares whom, not who agrees with whom, and not who works together.',
    'The partition depends on chance: the agreement between seeds says how much. Below about .8 the borders should not be relied on.',
    'Accounts that share nothing with others, and boards without accounts, are in no community.',
  ],
  story: 'optional',
  options: [
    {
      name: 'network',
      kind: 'choice',
      choices: ['inside', 'outside'],
      default: 'inside',
      unit: 'ties',
      help: "inside: reshares of the story (or of the case); outside: the case's reshares without the story, so that roles in it do not define the groups",
    },
    {
      name: 'resolution',
      kind: 'number',
      default: 1,
      minimum: 0.01,
      maximum: 100,
      unit: 'factor',
      help: 'larger for more and smaller communities',
    },
    {
      name: 'minimumSize',
      kind: 'integer',
      default: 5,
      minimum: 2,
      unit: 'accounts',
      help: 'smaller ones are counted together',
    },
    {
      name: 'seeds',
      kind: 'integer',
      default: 20,
      minimum: 1,
      maximum: 100,
      unit: 'seeds',
      help: 'runs of Leiden; the one with the highest modularity is kept',
    },
    { name: 'seed', kind: 'integer', default: 1, minimum: 0, unit: 'seed', help: 'first seed' },
  ],
};

export const communities: Analysis<CommunitiesResult> = { definition, run, summarise };

async function run(input: AnalysisInput): Promise<CommunitiesResult> {
  const { network, resolution, minimumSize, seeds, seed } = input.options as unknown as {
    network: 'inside' | 'outside';
    resolution: number;
    minimumSize: number;
    seeds: number;
    seed: number;
  };
  const { database, story } = input;
  if (network === 'outside' && story === null)
    throw new UserError('Outside of what? Name a story with --story NAME, or take --network inside.');
  await choosePosts(input);
  if (network === 'outside')
    await database.run(
      'create or replace temp view other_post as select post.* from post anti join story_post using (post_key) where post.time is not null',
    );
  input.onStep('reading ties');
  const { graph, ties } = await loadReshareNetwork(database, network === 'outside' ? 'other_post' : 'chosen_post');
  if (ties < fewestTies)
    throw new UserError(
      `Too few for communities: ${counted(ties, 'pair')} of accounts tied by a reshare or quote whose original was collected.`,
      network === 'outside' ? 'Try --network inside.' : 'Collect the reshared posts too, or take the whole case.',
    );
  const answers: Communities[] = [];
  for (let run = 0; run < seeds; run++) {
    input.onStep('finding communities', run, seeds);
    answers.push(leiden(graph, new Random(`communities ${seed + run}`), { resolution }));
  }
  const best = answers.reduce((top, one) => (one.modularity > top.modularity ? one : top));
  const agreements: number[] = [];
  for (let a = 0; a < answers.length; a++)
    for (let b = a + 1; b < answers.length; b++)
      agreements.push(adjustedRandIndex(answers[a]!.membership, answers[b]!.membership));
  const entries = await describeCommunities(input, graph, best, minimumSize);
  const placed = entries.reduce((sum, one) => sum + one.accounts.length, 0);
  return {
    network: network === 'outside' ? 'outside-story' : story ? 'story' : 'case',
    accounts: graph.nodes,
    ties,
    modularity: finite(best.modularity),
    communities: entries,
    unplaced: graph.nodes - placed,
    stability: agreements.length > 0 ? finite(agreements.reduce((sum, one) => sum + one, 0) / agreements.length) : null,
    lowestStability: agreements.length > 0 ? finite(agreements.reduce((low, one) => Math.min(low, one), 1)) : null,
    seeds,
  };
}

async function describeCommunities(
  { database }: AnalysisInput,
  graph: Parameters<typeof nodeStrengths>[0],
  found: Communities,
  minimumSize: number,
): Promise<CommunityEntry[]> {
  const strengths = nodeStrengths(graph);
  const rows = await database.rows<{
    account: string;
    handle: string | null;
    platform: string;
    posts: number;
    resharedBy: number;
    post: string | null;
  }>(
    `with posted as (
       select account_key, count(*) as posts, arg_min(platform || '/' || post_id, (time, post_id)) as post from chosen_post where account_key is not null group by 1
     ), reshared as (
       select target_key as account_key, count(*) as by_accounts from network_tie group by 1
     )
     select account.platform || '/' || account_id as account, handle, account.platform, coalesce(posted.posts, 0) as posts,
       coalesce(by_accounts, 0) as "resharedBy", post
     from network_account join account using (account_key) left join posted using (account_key) left join reshared using (account_key) order by a`,
  );
  const members = Array.from({ length: found.count }, () => [] as number[]);
  found.membership.forEach((community, v) => {
    members[community]!.push(v);
  });
  const large = members.filter((own) => own.length >= minimumSize);
  return large.map((own, place): CommunityEntry => {
    const community = found.membership[own[0]!]!;
    let inside = 0;
    let all = 0;
    for (const v of own) {
      for (let arc = graph.offsets[v]!; arc < graph.offsets[v + 1]!; arc++) {
        all += graph.weights[arc]!;
        if (found.membership[graph.targets[arc]!] === community) inside += graph.weights[arc]!;
      }
    }
    const platforms = new Map<string, number>();
    for (const v of own) platforms.set(rows[v]!.platform, (platforms.get(rows[v]!.platform) ?? 0) + 1);
    const connected = [...own].sort((a, b) => strengths[b]! - strengths[a]! || a - b);
    const leaders = [...own]
      .sort((a, b) => rows[b]!.resharedBy - rows[a]!.resharedBy || a - b)
      .filter((v) => rows[v]!.post !== null);
    return {
      name: `community ${place + 1}`,
      accounts: connected.map((v) => rows[v]!.account),
      handles: connected.map((v) => rows[v]!.handle),
      platforms: [...platforms]
        .map(([platform, accounts]) => ({ platform, accounts }))
        .sort((a, b) => b.accounts - a.accounts || (a.platform < b.platform ? -1 : 1)),
      posts: own.reduce((sum, v) => sum + rows[v]!.posts, 0),
      inside: finite(all > 0 ? inside / all : 0),
      leaders: leaders.slice(0, leadersShown).map((v) => ({
        account: rows[v]!.account,
        handle: rows[v]!.handle,
        resharedBy: rows[v]!.resharedBy,
        post: rows[v]!.post!,
      })),
    };
  });
}

const ties: Record<CommunitiesResult['network'], string> = {
  'outside-story': 'who reshared whom outside the story',
  story: 'who reshared whom in the story (so roles in it and groups are partly circular)',
  case: 'who reshared whom in the case',
};

function summarise(result: CommunitiesResult): ResultSummary {
  const findings: ResultSummary['findings'][number][] = [
    {
      text: `${counted(result.accounts, 'account')} are tied by ${ties[result.network]}: ${counted(result.communities.length, 'community', 'communities')} of note, modularity ${result.modularity.toFixed(3)}; ${count(result.unplaced)} accounts are in smaller ones.`,
      posts: result.communities.slice(0, 2).flatMap((one) => one.leaders.slice(0, 1).map((leader) => leader.post)),
    },
  ];
  if (result.stability !== null)
    findings.push({
      text: `Runs with ${count(result.seeds)} seeds agree at ${result.stability.toFixed(3)} (adjusted Rand index, lowest ${result.lowestStability!.toFixed(3)}; 1 is the same partition): ${result.stability >= 0.8 ? 'the groups are firm' : 'the borders between groups are not firm'}.`,
      posts: [],
    });
  else
    findings.push({
      text: 'One run with one seed: how firm the groups are was not asked. Run with --seeds 20 before you rely on them.',
      posts: [],
    });
  for (const one of result.communities.slice(0, 4)) {
    findings.push({
      text: `${one.name}: ${counted(one.accounts.length, 'account')} on ${listing(one.platforms.map(({ platform }) => platform))}, ${percent(one.inside)} of their ties stay inside; most reshared: ${listing(one.leaders.slice(0, 3).map((leader) => leader.handle ?? leader.account)) || 'nobody with collected posts'}.`,
      posts: one.leaders.slice(0, 3).map((leader) => leader.post),
    });
  }
  return {
    findings,
    tables: [
      {
        title: 'Communities',
        columns: ['community', 'accounts', 'posts', 'platforms', 'ties inside', 'most reshared'],
        rows: result.communities.map((one) => [
          one.name,
          one.accounts.length,
          one.posts,
          one.platforms.map(({ platform, accounts }) => `${platform} ${accounts}`).join(', '),
          Number(one.inside.toFixed(3)),
          one.leaders.map((leader) => leader.handle ?? leader.account).join(', '),
        ]),
      },
      {
        title: 'Accounts',
        columns: ['account', 'handle', 'community'],
        rows: result.communities.flatMap((one) =>
          one.accounts.map((account, at) => [account, one.handles?.[at] ?? null, one.name]),
        ),
      },
    ],
  };
}
