import type { Role, Stage, TraceResult } from '../analyses/trace/trace-result.ts';
import { duration } from '../base/duration.ts';
import { isAnonymousPlatform } from '../domain/anonymous-platforms.ts';
import { nameArtifact } from '../reports/name-artifact.ts';
import { table } from './table.ts';
import { safe } from './terminal.ts';

const clock = (iso: string) => iso.slice(0, 19).replace('T', ' ');
const show = (number: number) => number.toFixed(2);
const listedBridges = 12;
const listedLinks = 12;
const listedRanks = 3;

/** A traced story in a terminal: sentences with posts, then stages, bridges, reshares before each crossing, roles, caveats. */
export function traceText(result: TraceResult): string {
  const names = accountNames(result);
  return [
    `${safe(result.story)}: ${result.posts.toLocaleString('en')} posts of ${result.accounts.toLocaleString('en')} accounts, ${result.window.from.slice(0, 19)} to ${result.window.to.slice(0, 19)} UTC`,
    result.findings
      .map(
        (finding, place) =>
          `${String(place + 1).padStart(2)}. ${safe(finding.text)}${finding.posts.length > 0 ? ` [${finding.posts.slice(0, 2).map(safe).join(', ')}]` : ''}`,
      )
      .join('\n'),
    table(
      ['stage', 'time (UTC)', 'earliest', 'latest', 'platform', 'who', 'post'],
      result.stages.map((s) => [
        s.id,
        s.time.slice(0, 23),
        sameDay(s) ? s.earliest.slice(11, 23) : s.earliest.slice(0, 23),
        sameDay(s) ? s.latest.slice(11, 23) : s.latest.slice(0, 23),
        s.platform,
        s.post === null ? null : names(s.account, s.platform),
        s.post,
      ]),
    ),
    ...platformBridges(result, names),
    ...communityLinks(result, names),
    ...rankings(result, names),
    ...roles(result),
    result.caveats.map((one) => `- ${safe(one)}`).join('\n'),
  ].join('\n\n');
}

const sameDay = (stage: Stage) =>
  [stage.earliest, stage.latest].every((iso) => iso.slice(0, 10) === stage.time.slice(0, 10));

type Names = (account: string | null, platform: string) => string;

function accountNames(result: TraceResult): Names {
  const known = new Map<string, string>();
  for (const post of result.cited)
    if (post.account !== null && !known.has(post.account))
      known.set(post.account, post.handle ?? post.name ?? post.account.slice(post.account.indexOf('/') + 1));
  return (account, platform) =>
    account === null || isAnonymousPlatform(platform) ? 'anonymous' : (known.get(account) ?? account);
}

/** The first bridge of each kind between two platforms, in the order of time. */
function platformBridges(result: TraceResult, names: Names): string[] {
  const seen = new Set<string>();
  const first = result.bridges.filter((bridge) => {
    const key = `${bridge.from.platform} ${bridge.to.platform} ${bridge.kind}`;
    return !seen.has(key) && seen.add(key);
  });
  if (first.length === 0) return [];
  const more =
    first.length > listedBridges ? `\n(and ${first.length - listedBridges} more kinds: --json or --report)` : '';
  return [
    `Bridges between platforms, the first of each kind\n${table(
      ['from', 'to', 'how', 'lag', 'time (UTC)', 'by', 'post', 'what'],
      first
        .slice(0, listedBridges)
        .map((one) => [
          one.from.platform,
          one.to.platform,
          one.kind,
          `${duration(one.lagSeconds)}${one.certain ? '' : ' ?'}`,
          clock(one.to.time),
          names(one.to.account, one.to.platform),
          one.to.post,
          nameArtifact(result, one, 44),
        ]),
    )}${more}`,
  ];
}

function communityLinks(result: TraceResult, names: Names): string[] {
  const { list, statement } = result.communities;
  if (result.communityMatrix.length === 0) return [];
  const nameOf = new Map(list.map((one) => [one.id, one.around.length > 0 ? `${one.id} (${one.around[0]})` : one.id]));
  const rows = [...list]
    .sort((a, b) => (a.firstTime < b.firstTime ? -1 : 1))
    .slice(0, listedLinks)
    .map(({ entry, ...one }) => [
      nameOf.get(one.id)!,
      one.own ? 'own' : '',
      one.posts,
      entry ? nameOf.get(entry.from)! : '-',
      entry?.how,
      entry ? clock(entry.time) : clock(one.firstTime),
      entry ? names(entry.account, entry.post.slice(0, entry.post.indexOf('/'))) : null,
      entry?.post ?? one.firstPost,
    ]);
  return [
    `Communities, and how it first came into each (${result.communityMatrix.length} ordered pairs in --json)\n${safe(statement)}\n${table(
      ['community', '', 'posts', 'from', 'how', 'time (UTC)', 'by', 'post'],
      rows,
    )}`,
  ];
}

function rankings(result: TraceResult, names: Names): string[] {
  const shown = new Map(result.reshareRankings.map((ranking) => [ranking.post, ranking]));
  const rows = [...shown.values()].flatMap((ranking) =>
    ranking.before
      .slice(0, listedRanks)
      .map((one, place) => [
        place === 0 ? `${ranking.stage} ${ranking.platform}` : '',
        place === 0 ? clock(ranking.time) : '',
        one.reshares,
        names(one.account, one.post.slice(0, one.post.indexOf('/'))),
        one.post,
      ]),
  );
  if (rows.length === 0) return [];
  return [`Most reshared before it\n${table(['before', 'time (UTC)', 'reshares', 'account', 'post'], rows)}`];
}

const listedRoles: Record<Role, number> = {
  origin: 1,
  catalyst: 5,
  influencer: 3,
  mainstream: 6,
  booster: 10,
  participant: 3,
};

const significance = (role: TraceResult['roles'][number]) =>
  !role.significant
    ? role.role === 'participant'
      ? '-'
      : 'no'
    : role.pValue === undefined
      ? 'yes'
      : `p = ${role.pValue.toPrecision(2)}`;

function roles(result: TraceResult): string[] {
  const rows = (Object.keys(listedRoles) as Role[]).flatMap((role) =>
    result.roles
      .filter((one) => one.role === role && (one.significant || role === 'origin' || role === 'participant'))
      .slice(0, listedRoles[role]),
  );
  const counts = result.roleCounts
    .map((one) =>
      one.role === 'participant' || one.role === 'mainstream' || one.role === 'origin'
        ? `${one.role} ${one.accounts.toLocaleString('en')}`
        : `${one.role} ${one.significant} of ${one.accounts.toLocaleString('en')} scored`,
    )
    .join(' · ');
  return [
    ...(rows.length > 0
      ? [
          table(
            ['role', 'account', 'handle', 'score', 'interval', 'significant'],
            rows.map((r) => [
              r.role,
              r.account,
              r.handle,
              show(r.score),
              `${show(r.low)} to ${show(r.high)}`,
              significance(r),
            ]),
          ),
        ]
      : []),
    `Accounts by role: ${counts}`,
  ];
}
