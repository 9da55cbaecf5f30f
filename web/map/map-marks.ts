import type { CitedPost, Stage, TraceResult } from '../../src/analyses/trace/trace-result.ts';
import { accountName } from '../format/account-name.ts';

/** A labelled moment of the map. */
export interface Mark {
  id: string;
  time: number;
  earliest: number;
  latest: number;
  platform: string;
  kind: 'stage' | 'catalyst' | 'influencer';
  label: string;
  /** Who, where the moment has an account with a name. */
  who: string | null;
  posts: string[];
}

export const stageWords: Record<Stage['id'], string> = {
  foreshadow: 'Announced',
  'first-seen': 'First seen',
  crossing: 'Reaches',
  takeoff: 'Takes off',
  trend: 'Trends',
  outward: 'Leaves its community',
  mainstream: 'Mainstream',
  response: 'Response',
};

const nameless = new Set<Stage['id']>(['takeoff', 'trend']);

export function stageLabel(stage: Pick<Stage, 'id' | 'platform'>): string {
  return stage.id === 'crossing' ? `Reaches ${stage.platform}` : stageWords[stage.id];
}

/** Stages, significant catalysts and influencers in time order; a mainstream crossing takes the place of the bare crossing by the same post. */
export function mapMarks(result: TraceResult): Mark[] {
  const cited = new Map(result.cited.map((post) => [post.post, post]));
  const mainstreamPosts = new Set(result.stages.filter((one) => one.id === 'mainstream').map((one) => one.post));
  const marks = result.stages
    .map((stage, place) => ({ stage, place }))
    .filter(({ stage }) => stage.id !== 'crossing' || !mainstreamPosts.has(stage.post))
    .map(
      ({ stage, place }): Mark => ({
        id: `stage:${place}`,
        time: Date.parse(stage.time),
        earliest: Date.parse(stage.earliest),
        latest: Date.parse(stage.latest),
        platform: stage.platform,
        kind: 'stage',
        label: stageLabel(stage),
        who: nameless.has(stage.id) || !stage.account ? null : accountName(stage.account, cited.get(stage.post ?? '')),
        posts: stage.post ? [stage.post] : [],
      }),
    );
  const shown = new Set(marks.flatMap((mark) => mark.posts));
  for (const role of result.roles) {
    if (!role.significant || (role.role !== 'catalyst' && role.role !== 'influencer')) continue;
    const first = role.posts.map((post) => cited.get(post)).find((post): post is CitedPost => post !== undefined);
    if (!first || shown.has(first.post)) continue;
    const time = Date.parse(first.time);
    marks.push({
      id: `role:${role.role}:${role.account}`,
      time,
      earliest: time,
      latest: time + first.precisionMs,
      platform: first.platform,
      kind: role.role,
      label: role.role === 'catalyst' ? 'Catalyst' : 'Influencer',
      who: accountName(role.account, { handle: role.handle, name: null }),
      posts: [first.post],
    });
  }
  return marks.sort((a, b) => a.time - b.time || a.id.localeCompare(b.id));
}
