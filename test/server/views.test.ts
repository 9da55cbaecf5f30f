import { cpSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/analyses/comparison/comparison-result.ts';
import { traceVersion } from '../../src/analyses/trace/trace-options.ts';
import { storeAlerts } from '../../src/case/alerts.ts';
import { plantedStory } from '../../src/case/demo.ts';
import { fillPlanted, servedCase } from '../support/served-case.ts';

const story = plantedStory;
let served: Awaited<ReturnType<typeof servedCase>>;

beforeAll(async () => {
  served = await servedCase(fillPlanted);
  const { job } = await served.ask('runTrace', { params: { story }, body: {} });
  await served.bench.jobs.idle();
  expect((await served.ask('job', { params: { job: job.id } })).job).toMatchObject({ state: 'done', error: null });
}, 240_000);
afterAll(async () => {
  expect(served.bugs).toEqual([]);
  await served.close();
});

describe('the case', () => {
  it('says what is open', async () => {
    const session = await served.ask('session');
    expect(session).toMatchObject({ readOnly: false, stories: 1 });
    expect(session.posts).toBeGreaterThan(5000);
  });

  it('counts sources, platforms and problems as the database does', async () => {
    const status = await served.ask('status');
    const { totals } = status;
    expect(totals.recordsRead).toBe(totals.postsAdded + totals.duplicates + totals.problems);
    const held = await served.bench.spilloverCase.database.first<{ n: number }>('select count(*) as n from post');
    expect(status.platforms.reduce((sum, one) => sum + one.posts + one.embedded, 0)).toBe(held!.n);
    expect(status.platforms.find((one) => one.platform === '4chan')?.tier).toBe('fringe');
    const problems = await served.ask('problems', { query: { limit: 5 } });
    expect(problems.total).toBe(totals.problems);
    expect((await served.ask('formats')).formats.length).toBeGreaterThan(30);
  });

  it('shows coverage as a strip with what was declared', async () => {
    const strip = await served.ask('coverage', { query: { bins: 100 } });
    expect(strip.platforms.map((one) => one.platform)).toContain('x');
    for (const one of strip.platforms) expect(one.counts).toHaveLength(strip.bins);
    expect(strip.platforms.some((one) => one.declared.length > 0)).toBe(true);
  });
});

describe('alerts', () => {
  it('are listed with the rule in words, and acknowledged with what came of them', async () => {
    const told = (key: string, at: string) => ({
      ...{
        rule: 'takeoff',
        story,
        subject: 'x',
        key,
        at,
        headline: `${key} takes off`,
        reasons: ['fast'],
        posts: ['x/1'],
      },
      ...{ isUrgent: key === 'a', blind: [], score: { probability: 0.4, withinHours: 6, reasons: ['early'] } },
    });
    const signals = [told('a', '2024-05-15T18:00:00.000Z'), told('b', '2024-05-15T19:00:00.000Z')];
    await storeAlerts(served.bench.spilloverCase, signals, ['terminal'], Date.parse('2024-05-15T20:00:00Z'));
    const before = await served.ask('alerts');
    expect(before).toMatchObject({ total: 2, open: 2 });
    expect(before.alerts.map((one) => one.headline)).toEqual(['b takes off', 'a takes off']);
    expect(before.alerts[1]).toMatchObject({ urgent: true, acknowledged: null, score: { probability: 0.4 } });
    expect(before.alerts[0]!.title).not.toBe('');
    const { number } = before.alerts[0]!;
    expect(await served.ask('acknowledge', { body: { alerts: [number], note: 'a parody' } })).toEqual({ open: 1 });
    expect((await served.ask('alerts', { query: { open: 'true' } })).alerts.map((one) => one.headline)).toEqual([
      'a takes off',
    ]);
    expect((await served.ask('alerts', { query: { limit: 1 } })).alerts[0]).toMatchObject({ note: 'a parody' });
    await expect(served.ask('acknowledge', { body: { alerts: [99] } })).rejects.toMatchObject({ status: 400 });
  });
});

describe('stories', () => {
  it('lists stories with the state of their trace', async () => {
    const { stories } = await served.ask('stories');
    expect(stories).toHaveLength(1);
    expect(stories[0]!.traced).toMatchObject({ stale: false });
  });

  it('counts a query that is being typed, and points at its mistake', async () => {
    const whole = await served.ask('story', { params: { story } });
    const typed = await served.ask('checkQuery', { body: { query: whole.query } });
    expect(typed.problem).toBeNull();
    expect(typed.counts).toEqual(whole.counts);
    const wrong = await served.ask('checkQuery', { body: { query: 'ferry (papers' } });
    expect(wrong).toMatchObject({ counts: null, problem: { column: 7 } });
  });

  it('adds, changes, removes stories, with undo and redo', async () => {
    const history = () => served.ask('history', { query: { subject: 'stories' } });
    await served.ask('addStory', { body: { name: 'second', query: 'ferry', from: '2024-01-01T00:00:00Z' } });
    await expect(served.ask('addStory', { body: { name: 'second', query: 'x' } })).rejects.toMatchObject({
      status: 400,
    });
    await served.ask('addStory', { body: { name: 'second', query: 'papers', replace: true } });
    await served.ask('removeStory', { params: { story: 'second' } });
    expect((await history()).undo).toBe('remove story second');
    await served.ask('undo', { body: { subject: 'stories' } });
    expect((await served.ask('story', { params: { story: 'second' } })).query).toBe('papers');
    await served.ask('undo', { body: { subject: 'stories' } });
    const first = await served.ask('story', { params: { story: 'second' } });
    expect(first).toMatchObject({ query: 'ferry', from: '2024-01-01T00:00:00Z' });
    await served.ask('redo', { body: { subject: 'stories' } });
    expect((await served.ask('story', { params: { story: 'second' } })).query).toBe('papers');
    await served.ask('undo', { body: { subject: 'stories' } });
    await served.ask('undo', { body: { subject: 'stories' } });
    expect((await served.ask('stories')).stories).toHaveLength(1);
    await expect(served.ask('undo', { body: { subject: 'stories' } })).rejects.toMatchObject({ status: 400 });
  });

  it('suggests what goes with a story', async () => {
    const { suggestions } = await served.ask('suggestions', { params: { story }, query: { limit: 3 } });
    expect(suggestions.length).toBeGreaterThan(0);
  });

  it('gives the stored trace, roles by filter and sort, and bridges', async () => {
    const { result, stale } = await served.ask('trace', { params: { story } });
    expect(stale).toBe(false);
    const roles = await served.ask('roles', { params: { story }, query: { sort: 'score', limit: 500 } });
    expect(roles.total).toBe(result.roles.length);
    const scores = roles.roles.map((one) => one.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const boosters = await served.ask('roles', { params: { story }, query: { role: 'booster', platform: 'x' } });
    expect(boosters.roles.every((one) => one.role === 'booster' && one.platform === 'x')).toBe(true);
    const bridges = await served.ask('bridges', { params: { story }, query: { from: '4chan', sort: 'lag' } });
    expect(bridges.total).toBe(result.bridges.filter((one) => one.from.platform === '4chan').length);
    const csv = await served.send(`/api/stories/${story}/roles.csv?role=booster`);
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    expect((await csv.text()).split('\r\n')[0]).toMatch(/^account,platform,handle,role/);
  });
});

describe('volume', () => {
  it('adds up to the story at every zoom, down to milliseconds', async () => {
    const { counts } = await served.ask('story', { params: { story } });
    const whole = await served.ask('volume', { query: { story, bins: 200 } });
    expect(whole.total).toBe(counts.posts);
    expect(whole.bins).toBeLessThanOrEqual(201);
    const busiest = whole.platforms.reduce((a, b) => (a.posts > b.posts ? a : b));
    const bin = busiest.counts.indexOf(Math.max(...busiest.counts));
    const from = new Date(Date.parse(whole.from!) + bin * whole.binMs);
    const to = new Date(from.getTime() + whole.binMs);
    const inside = await served.ask('volume', {
      query: { story, platform: busiest.platform, from: from.toISOString(), to: to.toISOString(), bins: 50 },
    });
    expect(inside.total).toBe(busiest.counts[bin]);
    const one = await served.ask('posts', {
      query: { story, platform: busiest.platform, from: from.toISOString(), to: to.toISOString(), limit: 1 },
    });
    const at = Date.parse(one.posts[0]!.time!);
    const close = await served.ask('volume', {
      query: { story, from: new Date(at).toISOString(), to: new Date(at + 100).toISOString(), bins: 100 },
    });
    expect(close.binMs).toBe(1);
    expect(close.platforms.find((lane) => lane.platform === busiest.platform)!.counts[0]).toBeGreaterThan(0);
  });

  it('counts one account, one artifact and the whole case', async () => {
    const all = await served.ask('volume', { query: { bins: 10 } });
    const held = await served.bench.spilloverCase.database.first<{ n: number }>(
      'select count(*) as n from post where time is not null',
    );
    expect(all.total).toBe(held!.n);
    const active = await served.ask('active', { query: { story, limit: 3 } });
    const [top] = active.active;
    const own = await served.ask('volume', { query: { story, account: top!.account } });
    expect(own.total).toBe(top!.posts);
    const { artifacts } = await served.ask('artifacts', { query: { story, artifactKind: 'hashtag', limit: 1 } });
    const tagged = await served.ask('volume', { query: { story, artifact: `hashtag:${artifacts[0]!.value}` } });
    expect(tagged.total).toBe(artifacts[0]!.posts);
    expect((await served.ask('volume', { query: { account: 'x/nobody' } })).total).toBe(0);
  });
});

describe('posts and accounts', () => {
  it('pages through posts without gaps or repeats', async () => {
    const first = await served.ask('posts', { query: { story, limit: 40 } });
    const second = await served.ask('posts', { query: { story, limit: 20, offset: 20 } });
    expect(second.posts).toEqual(first.posts.slice(20));
    const times = first.posts.map((one) => one.time!);
    expect(times).toEqual([...times].sort());
    const reshared = await served.ask('posts', { query: { story, sort: 'reshares', order: 'desc', limit: 5 } });
    expect(reshared.total).toBe(first.total);
    const wordy = await served.ask('posts', { query: { story, text: 'FERRY', kind: 'original', limit: 10 } });
    expect(wordy.posts.length).toBeGreaterThan(0);
    for (const one of wordy.posts) expect(one.text!.toLowerCase()).toContain('ferry');
  });

  it('gives posts by id in the order asked, and says which are missing', async () => {
    const { posts } = await served.ask('posts', { query: { story, limit: 6, order: 'desc' } });
    const ids = posts.map((one) => one.post).reverse();
    const asked = await served.ask('postsById', { body: { posts: [...ids, 'x/0'] } });
    expect(asked.posts.map((one) => one.post)).toEqual(ids);
    expect(asked.missing).toEqual(['x/0']);
  });

  it('gives the evidence of a trace', async () => {
    const { result } = await served.ask('trace', { params: { story } });
    const ids = [...new Set(result.roles.flatMap((one) => one.posts))].slice(0, 500);
    expect((await served.ask('postsById', { body: { posts: ids } })).missing).toEqual([]);
  });

  it('shows an account with its roles', async () => {
    const { roles } = await served.ask('roles', { params: { story }, query: { role: 'catalyst', limit: 1 } });
    const account = await served.ask('account', { query: { id: roles[0]!.account } });
    expect(account.roles[0]).toMatchObject({ story, role: 'catalyst' });
    expect(account.activity.reduce((sum, one) => sum + one.posts, 0)).toBe(account.posts);
    expect(account.hours.reduce((sum, one) => sum + one, 0)).toBe(account.posts);
    const { accounts } = await served.ask('accounts', { query: { q: account.handle! } });
    expect(accounts[0]!.account).toBe(account.account);
    await expect(served.ask('account', { query: { id: 'x/nobody' } })).rejects.toMatchObject({ status: 404 });
  });

  it('says that an original record is gone with its file', async () => {
    const { posts } = await served.ask('posts', { query: { story, limit: 1 } });
    const original = await served.ask('original', { query: { id: posts[0]!.post } });
    expect(original).toMatchObject({ record: null });
    expect(original.missing).toMatch(/no longer/);
  });
});

describe('what the analyst knows', () => {
  it('replaces the context and takes it back', async () => {
    const before = await served.ask('context');
    const after = await served.ask('setContext', { body: { ...before, voices: ['x/somebody'] } });
    expect(after.voices).toEqual(['x/somebody']);
    await expect(served.ask('setContext', { body: { coverage: 'all' } })).rejects.toMatchObject({ status: 400 });
    await served.ask('undo', { body: { subject: 'context' } });
    expect(await served.ask('context')).toEqual(before);
    expect((await served.ask('history', { query: { subject: 'context' } })).redo).not.toBeNull();
  });
});

describe('networks', () => {
  it('lays the reshare network out once, and shows what is behind a link', async () => {
    const params = { story, network: 'reshare' };
    await expect(served.ask('network', { params })).rejects.toMatchObject({ status: 404 });
    const { job } = await served.ask('layOutNetwork', { params });
    await served.bench.jobs.idle();
    expect((await served.ask('job', { params: { job: job.id } })).job).toMatchObject({ state: 'done', error: null });
    const drawn = await served.ask('network', { params });
    expect(drawn.level).toBe('accounts');
    expect(drawn.nodes.id).toHaveLength(drawn.accounts);
    for (const column of Object.values(drawn.nodes)) expect(column).toHaveLength(drawn.accounts);
    expect(drawn.edges.source).toHaveLength(drawn.links);
    expect(drawn.nodes.x.every(Number.isFinite)).toBe(true);
    expect(new Set(drawn.nodes.x).size).toBeGreaterThan(drawn.accounts / 2);
    const heaviest = drawn.edges.weight.indexOf(Math.max(...drawn.edges.weight));
    const account = drawn.nodes.id[drawn.edges.source[heaviest]!]!;
    const other = drawn.nodes.id[drawn.edges.target[heaviest]!]!;
    const behind = await served.ask('networkPosts', { params, query: { account, other } });
    expect(behind.total).toBeGreaterThanOrEqual(drawn.edges.weight[heaviest]!);
    expect((await served.ask('postsById', { body: { posts: behind.posts } })).missing).toEqual([]);
  });

  it('opens one community', async () => {
    const params = { story, network: 'reshare' };
    const whole = await served.ask('network', { params });
    const one = await served.ask('network', { params, query: { community: 0 } });
    expect(one.nodes.id).toHaveLength(whole.communities[0]!.accounts);
    expect(one.nodes.community.every((community) => community === 0)).toBe(true);
  });
});

describe('analyses', () => {
  it('runs one and gives it back in words and tables', async () => {
    const { analyses } = await served.ask('analyses');
    expect(analyses.map((one) => one.id)).toContain('coordination');
    const { job } = await served.ask('runAnalysis', { params: { analysis: 'coordination' }, body: { story } });
    await served.bench.jobs.idle();
    expect((await served.ask('job', { params: { job: job.id } })).job).toMatchObject({ state: 'done', error: null });
    const result = await served.ask('analysisResult', { params: { analysis: 'coordination' }, query: { story } });
    expect(result.tables.length).toBeGreaterThan(0);
    for (const table of result.tables) for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    expect((await served.ask('analyses')).results).toContainEqual(
      expect.objectContaining({ analysis: 'coordination', story }),
    );
    const page = async (mask: boolean) =>
      (await served.send(`/api/analyses/coordination/report.html?story=${story}&mask=${mask}`)).text();
    const accounts = result.tables
      .flatMap((table) => table.rows.flat())
      .filter((cell) => /^x\/\d+$/.test(String(cell)));
    const [open, masked] = [await page(false), await page(true)];
    expect(accounts.filter((account) => open.includes(String(account))).length).toBeGreaterThan(5);
    expect(accounts.filter((account) => masked.includes(String(account)))).toEqual([]);
    expect(masked).toContain('account-');
    const csv = await served.send(`/api/analyses/coordination/table.csv?story=${story}`);
    expect((await csv.text()).split('\r\n').length).toBe(result.tables[0]!.total + 2);
    await served.ask('runAnalysis', {
      params: { analysis: 'coordination' },
      body: { story, options: { nonsense: 1 } },
    });
    await served.bench.jobs.idle();
    expect((await served.ask('jobs')).jobs[0]).toMatchObject({ state: 'failed', error: { code: 'user' } });
  });
});

describe('publishing', () => {
  it('edits the timeline, cites posts, and takes edits back', async () => {
    const before = await served.ask('timeline', { params: { story } });
    expect(before.events.length).toBeGreaterThan(5);
    const [event] = before.events;
    const edited = await served.ask('editTimeline', {
      params: { story },
      body: { edits: [{ edit: 'change', id: event!.id, headline: 'My words' }] },
    });
    expect(edited.events.find((one) => one.id === event!.id)).toMatchObject({ headline: 'My words', edited: true });
    expect((await served.ask('history', { query: { subject: `timeline/${story}` } })).undo).toBe(`change ${event!.id}`);
    await served.ask('undo', { body: { subject: `timeline/${story}` } });
    expect((await served.ask('timeline', { params: { story } })).events).toEqual(before.events);
    const document = await served.ask('timelineJs', { params: { story } });
    expect(document.events).toHaveLength(before.events.filter((one) => !one.hidden).length);
    await expect(
      served.ask('editTimeline', { params: { story }, body: { edits: [{ edit: 'hide', id: 'none' }] } }),
    ).rejects.toMatchObject({ status: 400 });
  });

  it('puts the report together as chosen', async () => {
    const { parts } = await served.ask('report', { params: { story } });
    expect(parts.every((part) => part.included)).toBe(true);
    await served.ask('setReport', {
      params: { story },
      body: {
        title: 'My title',
        introduction: 'First.\n\nSecond.',
        mask: false,
        parts: parts.map(({ id }) => ({
          id,
          included: id !== 'bridges',
          words: id === 'roles' ? 'Before the roles.' : null,
        })),
      },
    });
    const page = async () => (await served.send(`/api/stories/${story}/report.html`)).text();
    const html = await page();
    expect(html).toContain('<h1>My title</h1>');
    expect(html).toContain('<p>Second.</p>');
    expect(html).toContain('<p>Before the roles.</p>');
    expect(html).not.toContain('<h2 id="bridges">');
    expect(html).toContain('<h2 id="method">');
    await served.ask('undo', { body: { subject: `report/${story}` } });
    expect(await page()).toContain('<h2 id="bridges">');
    const masked = await (await served.send(`/api/stories/${story}/report.html?mask=true`)).text();
    expect(masked).toContain('handles of private accounts masked');
  });

  it('exports every form as a file of a job, masked where it is asked', async () => {
    const { forms } = await served.ask('exportForms');
    const jobs = [];
    for (const { id } of forms)
      jobs.push(await served.ask('exportStory', { params: { story, form: id }, body: { mask: id === 'csv' } }));
    await served.bench.jobs.idle();
    for (const [at, { id, folder }] of forms.entries()) {
      const { job } = await served.ask('job', { params: { job: jobs[at]!.job.id } });
      expect([id, job.state, job.error]).toEqual([id, 'done', null]);
      const [file] = job.result!.files as { name: string; bytes: number; href: string }[];
      expect(file!.name).toMatch(id === 'csv' ? /-masked-csv\.zip$/ : new RegExp(`^${story}.*(${id}|evidence)`));
      const answer = await served.send(file!.href);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect([answer.status, bytes.length]).toEqual([200, file!.bytes]);
      expect(bytes.length).toBeGreaterThan(200);
      if (folder) expect(String.fromCharCode(...bytes.subarray(0, 2))).toBe('PK');
      expect((await served.send(`/api/jobs/${job.id}/files/..%2fcase.duckdb`)).status).toBe(404);
    }
    expect((await served.send(`/api/stories/${story}/exports/nothing`, { method: 'POST', body: '{}' })).status).toBe(
      415,
    );
    await expect(served.ask('exportStory', { params: { story, form: 'nothing' }, body: {} })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('takes and refuses suggestions, and takes that back', async () => {
    const { query, suggestions } = await served.ask('suggestions', { params: { story }, query: { limit: 5 } });
    const [first, second] = suggestions;
    const taken = await served.ask('takeSuggestions', {
      params: { story },
      body: { accept: [first!.query], refuse: [second!.query] },
    });
    expect(taken.query).not.toBe(query);
    expect(taken.posts).toBeGreaterThanOrEqual(taken.postsBefore);
    expect((await served.ask('stories')).stories[0]!.query).toBe(taken.query);
    const undone = await served.ask('undo', { body: { subject: `stories/${story}` } });
    expect(undone.redo).toMatch(/^accept .*; refuse /);
    expect((await served.ask('stories')).stories[0]!.query).toBe(query);
  });

  it('compares traced stories, also of a case beside this one, and no path leads elsewhere', async () => {
    const pair = { stories: [{ story }, { story: 'tags' }] };
    await served.ask('addStory', { body: { name: 'tags', query: '#FerryPapers' } });
    await expect(served.ask('compare', { body: pair })).rejects.toMatchObject({ status: 404 });
    await served.ask('runTrace', { params: { story }, body: {} });
    await served.ask('runTrace', { params: { story: 'tags' }, body: {} });
    await served.bench.jobs.idle();
    const comparisonOf = async (body: object) => {
      const { job } = await served.ask('compare', { body });
      await served.bench.jobs.idle();
      const done = await served.ask('job', { params: { job: job.id } });
      expect([done.job.state, done.job.error]).toEqual(['done', null]);
      const answer = await served.send(`/api/jobs/${job.id}/files/comparison.json`);
      return { id: job.id, comparison: (await answer.json()) as Comparison };
    };
    const first = await comparisonOf(pair);
    expect(first.comparison.campaigns.map((one) => one.label)).toEqual([story, 'tags']);
    expect((await comparisonOf(pair)).id).toBe(first.id);
    expect(await (await served.send(`/api/jobs/${first.id}/files/comparison.html`)).text()).toContain('<h1>');
    await expect(served.ask('compare', { body: { stories: [{ story }] } })).rejects.toMatchObject({ status: 400 });

    const beside = `${served.directory}-beside`;
    const name = basename(beside);
    await served.bench.spilloverCase.database.run('checkpoint');
    cpSync(join(served.directory, 'case.duckdb'), join(beside, 'case.duckdb'));
    try {
      expect((await served.ask('cases')).cases).toContain(name);
      const stories = (await served.ask('caseStories', { params: { case: name } })).stories;
      expect(stories.map((one) => one.name).sort()).toEqual([story, 'tags']);
      const across = await comparisonOf({ stories: [{ story }, { case: name, story: 'tags' }], mask: true });
      expect(across.comparison.campaigns[1]!.label).toMatch(/:tags$/);
      for (const path of ['..', '.', '../x', '/etc', 'a\\b'])
        await expect(
          served.ask('compare', { body: { stories: [{ story }, { case: path, story: 'tags' }] } }),
        ).rejects.toMatchObject({ status: 400 });
      await expect(served.ask('caseStories', { params: { case: 'no-such-case' } })).rejects.toMatchObject({
        status: 404,
      });
    } finally {
      rmSync(beside, { recursive: true, force: true });
    }
    await served.ask('removeStory', { params: { story: 'tags' } });
  });
});

describe('results of another version', () => {
  it('the form of a trace belongs to its version: raise traceVersion when this changes', async () => {
    const { result } = await served.ask('trace', { params: { story } });
    await expect([...formOf(result, '')].sort().join('\n')).toMatchFileSnapshot(
      `../data/trace-forms/${traceVersion}.txt`,
    );
  });

  it('takes a trace for stale once the span of its story changed, also by undo', async () => {
    const { query } = await served.ask('story', { params: { story } });
    const stale = async () => (await served.ask('stories')).stories.find((one) => one.name === story)!.traced!.stale;
    const timeline = () => served.ask('timeline', { params: { story } });
    expect(await stale()).toBe(false);
    await served.ask('addStory', { body: { name: story, query, from: '2024-05-15T18:00:00Z', replace: true } });
    expect(await stale()).toBe(true);
    await expect(timeline()).rejects.toMatchObject({ status: 409 });
    await served.ask('runTrace', { params: { story }, body: {} });
    await served.bench.jobs.idle();
    expect((await timeline()).events.every((one) => one.time >= '2024-05-15T18')).toBe(true);
    await served.ask('undo', { body: { subject: `stories/${story}` } });
    expect(await stale()).toBe(true);
    await expect(timeline()).rejects.toMatchObject({ status: 409 });
    await served.ask('redo', { body: { subject: `stories/${story}` } });
    expect(await stale()).toBe(false);
    await served.ask('undo', { body: { subject: `stories/${story}` } });
    await served.ask('runTrace', { params: { story }, body: {} });
    await served.bench.jobs.idle();
    await timeline();
  });

  it('says that a trace of another version is stale, and takes it again', async () => {
    const { database } = served.bench.spilloverCase;
    await served.ask('runAnalysis', { params: { analysis: 'bursts' }, body: { story, options: {} } });
    await served.bench.jobs.idle();
    await database.run(
      `update result set json = '{"roles": 3}', version = '0.0.9/' || case when analysis = 'trace' then 'trace-1' else analysis || '-0' end`,
    );
    await served.bench.changed('results', story);
    const outdated = { status: 409, body: { error: { code: 'stale', hint: expect.stringContaining('again') } } };
    await expect(served.ask('trace', { params: { story } })).rejects.toMatchObject(outdated);
    await expect(served.ask('roles', { params: { story } })).rejects.toMatchObject(outdated);
    await expect(
      served.ask('analysisResult', { params: { analysis: 'bursts' }, query: { story } }),
    ).rejects.toMatchObject(outdated);
    const page = await served.send(`/api/stories/${story}/report.html`);
    expect([page.status, await page.text()]).toEqual([409, expect.stringContaining('Trace it again')]);
    expect((await served.ask('stories')).stories.find(({ name }) => name === story)!.traced).toMatchObject({
      stale: true,
    });
    const { active } = await served.ask('active', { query: { story, limit: 1 } });
    expect((await served.ask('account', { query: { id: active[0]!.account } })).roles).toEqual([]);
    await expect(served.ask('network', { params: { story, network: 'reshare' } })).rejects.toMatchObject({
      status: 404,
    });
    await served.ask('runTrace', { params: { story }, body: {} });
    await served.bench.jobs.idle();
    expect((await served.send(`/api/stories/${story}/report.html`)).status).toBe(200);
  });
});

/** Paths of all values in a result; entries of a list share one, and so do evidences, whose names differ by role. */
function* formOf(value: unknown, path: string): Generator<string> {
  const seen = new Set<string>();
  if (Array.isArray(value)) {
    for (const entry of value) for (const one of formOf(entry, `${path}[]`)) seen.add(one);
  } else if (value !== null && typeof value === 'object' && !/(evidence|kinds|options)$/.test(path)) {
    for (const [key, entry] of Object.entries(value)) for (const one of formOf(entry, `${path}.${key}`)) seen.add(one);
  } else seen.add(path);
  yield* seen;
}
