import { expect, test } from 'vitest';
import type { TraceResult } from '../../../src/analyses/trace/trace-result.ts';
import { compareCampaigns } from './compare-campaigns.ts';

const campaign = (story: string, start: string, roles: [string, string, boolean][], artifacts: string[]) =>
  ({
    story,
    stages: [
      { id: 'first-seen', time: start, platform: '4chan' },
      { id: 'crossing', time: new Date(Date.parse(start) + 600_000).toISOString(), platform: 'x' },
    ],
    roles: roles.map(([account, role, significant]) => ({ account, role, significant, handle: null })),
    artifacts: artifacts.map((artifact) => ({ artifact, kind: 'domain', posts: 3 })),
  }) as unknown as TraceResult;

test('stages by their time after the first post; accounts and artifacts only where they recur', () => {
  const compared = compareCampaigns([
    campaign(
      'one',
      '2017-05-05T18:00:00.000Z',
      [
        ['x/1', 'catalyst', true],
        ['x/2', 'booster', false],
      ],
      ['a.example', 'b.example'],
    ),
    campaign(
      'two',
      '2018-01-01T00:00:00.000Z',
      [
        ['x/1', 'booster', true],
        ['x/2', 'booster', true],
      ],
      ['b.example'],
    ),
  ]);
  expect(compared.stages).toEqual([
    { label: 'First seen', after: [0, 0], order: [0, 0] },
    { label: 'Reaches x', after: [600, 600], order: [1, 1] },
  ]);
  expect(compared.accounts).toEqual([{ account: 'x/1', handle: null, roles: [['catalyst'], ['booster']] }]);
  expect(compared.artifacts).toEqual([{ artifact: 'b.example', kind: 'domain', posts: [3, 3] }]);
});
