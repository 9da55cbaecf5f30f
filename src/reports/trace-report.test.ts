import { describe, expect, it } from 'vitest';
import { tracedExample } from '../../test/support/traced-example.ts';
import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { Mask } from '../domain/mask.ts';
import { traceReport } from './trace-report.ts';

const plain = (result: TraceResult) => traceReport(result, { mask: false });

describe('report of a trace', () => {
  it('has every part, in the order a reader goes', () => {
    const page = plain(tracedExample());
    const ids = [...page.matchAll(/<h2 id="([a-z]+)"/g)].map((match) => match[1]);
    expect(ids).toEqual([
      'map',
      'findings',
      'stages',
      'roles',
      'bridges',
      'communities',
      'reshared',
      'silent',
      'reach',
      'coverage',
      'method',
      'evidence',
    ]);
    expect(page).toContain('<h1>From 4chan to The Courier in <span class="nw">2 h</span></h1>');
    expect(page).toContain('posts per 10 s');
    expect(page).toContain('Before it reached X');
  });

  it('links every footnote to a post of the evidence', () => {
    const page = plain(tracedExample());
    const cited = new Set([...page.matchAll(/href="#post-(\d+)"/g)].map((match) => match[1]));
    const shown = new Set([...page.matchAll(/<li id="post-(\d+)"/g)].map((match) => match[1]));
    expect(cited.size).toBeGreaterThan(2);
    for (const number of cited) expect(shown).toContain(number);
    for (const [, id] of page.matchAll(/<a href="#([a-z]+)">/g)) expect(page).toContain(`id="${id}"`);
  });

  it('shows hostile names and texts as text', () => {
    const result = tracedExample();
    const bad = '"><svg onload=alert(1)>\u202e<script>x</script>&amp;';
    result.story = bad;
    result.query = bad;
    for (const post of result.cited) Object.assign(post, { text: bad, handle: bad, name: bad, file: bad });
    for (const role of result.roles) Object.assign(role, { handle: bad });
    for (const one of result.communities.list) one.around = [bad];
    for (const one of result.absent) one.name = bad;
    for (const bridge of [...result.bridges, ...result.communityBridges]) bridge.artifact = bad;
    result.cited[0]!.permalink = 'javascript:alert(1)';
    for (const finding of result.findings) finding.text = bad;
    const page = plain(result);
    expect(page).not.toMatch(/<script|<svg onload|\u202e|href="javascript/i);
    expect(page).toContain('&lt;script&gt;x&lt;/script&gt;&amp;amp;');
    expect(page).not.toMatch(/ style="/);
  });

  it('asks nothing of any network', () => {
    expect(plain(tracedExample())).not.toMatch(/<img|<iframe|<link|@import|url\(|src=|fetch\(/i);
  });

  it('masks people who are no public figures everywhere, and outlets nowhere', () => {
    const result = tracedExample();
    const known = (account: string, handle: string | null, name: string | null, isPublic = false) => ({
      account,
      handle,
      name,
      isPublic,
    });
    const accounts = [
      known('x/11', 'Carrier_One', 'Carrier One'),
      known('x/12', 'Booster_Two', null),
      known('x/13', 'Quiet_Hub', null),
      known('telegram/9', null, 'Hidden Channel'),
      known('news/courier.example', null, 'The Courier', true),
      known('x/99', 'Silent_Star', null, true),
    ];
    result.cited[1]!.text = 'As @bystander.example told Carrier_One and The Courier';
    const page = traceReport(result, { mask: new Mask('00ff', accounts) });
    for (const name of ['Carrier_One', 'Booster_Two', 'bystander', 'x/11', 'x/12', 'Hidden Channel', 'Quiet_Hub'])
      expect(page.toLowerCase()).not.toContain(name.toLowerCase());
    expect(page).toContain('The Courier');
    expect(page).toContain('handles of private accounts masked');
  });

  it('is whole for a story of one post on one platform, with nothing else known', () => {
    const one = tracedExample();
    const only = one.cited[0]!;
    const page = plain({
      ...one,
      posts: 1,
      accounts: 0,
      stages: one.stages.slice(0, 1),
      coverage: one.coverage.slice(0, 1),
      window: { from: only.time, to: only.time },
      roles: [],
      roleCounts: [],
      groups: [],
      bridges: [],
      bridgeMatrix: [],
      communityBridges: [],
      communityMatrix: [],
      communities: { method: 'none', statement: 'Too few reshares.', count: 0, list: [] },
      reshareRankings: [],
      absent: [],
      volume: one.volume.slice(0, 1),
      openingVolume: one.volume.slice(0, 1),
      concentration: { accounts: 0, top1: 0, top5: 0, top10: 0, gini: 0 },
    });
    expect(page).toContain('<h1>4chan: 1 post, one platform</h1>');
    expect(page).toContain('Nothing of the story is seen on a second platform.');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});
