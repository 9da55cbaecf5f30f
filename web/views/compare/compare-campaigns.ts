import type { Role, TraceResult } from '../../../src/analyses/trace/trace-result.ts';
import { stageLabel } from '../../map/map-marks.ts';

export interface ComparedCampaigns {
  /** Seconds after the first-seen post, and place in the order of stages, per campaign; null where the stage was not seen. */
  stages: { label: string; after: (number | null)[]; order: (number | null)[] }[];
  /** Accounts with a significant role in at least two campaigns, those with most campaigns first. */
  accounts: { account: string; handle: string | null; roles: Role[][] }[];
  artifacts: { artifact: string; kind: string; posts: (number | null)[] }[];
}

/** Sets traced stories side by side. Anonymous posters never recur: their ids hold within one thread. */
export function compareCampaigns(results: readonly TraceResult[]): ComparedCampaigns {
  const labels = new Map<string, ComparedCampaigns['stages'][number]>();
  const accounts = new Map<string, ComparedCampaigns['accounts'][number]>();
  const artifacts = new Map<string, ComparedCampaigns['artifacts'][number]>();
  results.forEach((result, place) => {
    const first = result.stages.find((stage) => stage.id === 'first-seen') ?? result.stages[0];
    const start = first ? Date.parse(first.time) : 0;
    [...result.stages]
      .sort((a, b) => a.time.localeCompare(b.time))
      .forEach((stage, order) => {
        const label = stageLabel(stage);
        const row = labels.get(label) ?? { label, after: results.map(() => null), order: results.map(() => null) };
        labels.set(label, row);
        if (row.after[place] !== null) return;
        row.after[place] = (Date.parse(stage.time) - start) / 1000;
        row.order[place] = order;
      });
    for (const role of result.roles) {
      if (!role.significant) continue;
      const row = accounts.get(role.account) ?? {
        account: role.account,
        handle: role.handle,
        roles: results.map(() => []),
      };
      accounts.set(role.account, row);
      if (!row.roles[place]!.includes(role.role)) row.roles[place]!.push(role.role);
    }
    for (const one of result.artifacts) {
      const key = `${one.kind}:${one.artifact}`;
      const row = artifacts.get(key) ?? { artifact: one.artifact, kind: one.kind, posts: results.map(() => null) };
      artifacts.set(key, row);
      row.posts[place] = one.posts;
    }
  });
  const campaigns = (row: { roles: Role[][] }) => row.roles.filter((roles) => roles.length > 0).length;
  const times = (row: { posts: (number | null)[] }) => row.posts.filter((posts) => posts !== null).length;
  return {
    stages: [...labels.values()].sort((a, b) => middle(a.after) - middle(b.after)),
    accounts: [...accounts.values()]
      .filter((row) => campaigns(row) > 1)
      .sort((a, b) => campaigns(b) - campaigns(a) || a.account.localeCompare(b.account)),
    artifacts: [...artifacts.values()]
      .filter((row) => times(row) > 1)
      .sort((a, b) => times(b) - times(a) || a.artifact.localeCompare(b.artifact)),
  };
}

function middle(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
}
