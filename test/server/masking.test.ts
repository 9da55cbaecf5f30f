import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeAlerts } from '../../src/case/alerts.ts';
import { caseMask, defaultPublicFigures, knownAccounts } from '../../src/case/case-mask.ts';
import { plantedStory } from '../../src/case/demo.ts';
import type { Job, Post } from '../../src/server/api-types.ts';
import { contract } from '../../src/server/contract/contract.ts';
import { fillPlanted, port, servedCase } from '../support/served-case.ts';

type Name = keyof typeof contract;
interface Asked {
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  body?: unknown;
}

const story = plantedStory;
const ran = ['coordination', 'automation', 'superspreaders', 'cascades'];
let served: Awaited<ReturnType<typeof servedCase>>;
/** What must not be seen: handles, names and ids of masked accounts, and ids of their posts; threads of boards are named by their first post. */
let secrets: string[];
let secretPosts: { post: string; account: string; handle: string | null }[];

beforeAll(async () => {
  served = await servedCase(fillPlanted);
  await served.ask('runTrace', { params: { story }, body: {} });
  for (const network of ['reshare', 'coordination'])
    await served.ask('layOutNetwork', { params: { story, network }, body: {} });
  for (const analysis of ran) await served.ask('runAnalysis', { params: { analysis }, body: { story } });
  await served.bench.jobs.idle();
  await served.ask('exportStory', { params: { story, form: 'csv' }, body: {} });
  await served.bench.jobs.idle();
  for (const { title, state } of served.bench.jobs.list()) expect([title, state]).toEqual([title, 'done']);
  const { spilloverCase } = served.bench;
  const mask = await caseMask(spilloverCase);
  const accounts = (await knownAccounts(spilloverCase, defaultPublicFigures)).filter((one) =>
    mask.isMasked(one.account),
  );
  expect(accounts.length).toBeGreaterThan(500);
  secretPosts = (
    await spilloverCase.database.rows<{ post: string; account: string; handle: string | null }>(
      `select post.platform || '/' || post_id as post, account.platform || '/' || account_id as account, handle
       from post join account using (account_key) order by 1`,
    )
  ).filter((one) => mask.isMasked(one.account) && !one.post.startsWith('4chan/'));
  const open = new Set(
    (await knownAccounts(spilloverCase, defaultPublicFigures)).flatMap((one) => (one.isPublic ? [one.name] : [])),
  );
  secrets = [
    ...new Set([
      ...accounts.map((one) => one.account.slice(one.account.indexOf('/') + 1)),
      ...accounts.flatMap(({ handle, name }) => [handle, name]),
      ...secretPosts.map(({ post }) => post.slice(post.indexOf('/') + 1)),
    ]),
  ].filter((one): one is string => one !== null && one.length > 3 && !open.has(one));
  const { post, account, handle } = secretPosts.find((one) => one.handle !== null)!;
  const signal = {
    rule: 'takeoff',
    story,
    subject: account,
    key: 'k',
    at: '2024-05-15T18:00:00.000Z',
    isUrgent: false,
  };
  const told = { ...signal, headline: `${handle} takes off`, reasons: [`by ${handle}`], posts: [post], blind: [] };
  await storeAlerts(spilloverCase, [told], ['terminal'], Date.parse('2024-05-15T19:00:00Z'));
}, 300_000);
afterAll(async () => {
  expect(served.bugs).toEqual([]);
  await served.close();
});

const masked = { cookie: `spillover-mask-${port}=on` };

async function asked(name: Name, given: Asked = {}): Promise<{ status: number; text: string }> {
  const { method, path } = contract[name];
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(given.params?.[key] ?? 'x'));
  const search = new URLSearchParams(
    Object.entries(given.query ?? {}).map(([key, value]): [string, string] => [key, String(value)]),
  );
  const response = await served.send(`${filled}${search.size > 0 ? `?${search}` : ''}`, {
    method: method.toUpperCase(),
    headers: { ...masked, ...(given.body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
  });
  return { status: response.status, text: await response.text() };
}

const json = async <T>(name: Name, given: Asked = {}): Promise<T> => {
  const { status, text } = await asked(name, given);
  expect([name, status, status < 300 ? '' : text]).toEqual([name, status, '']);
  return JSON.parse(text) as T;
};

/** The secrets that a text holds. */
function found(text: string): string[] {
  const words = new Set(text.match(/[\p{L}\p{N}_]+/gu));
  return secrets.filter((one) => (/^[\p{L}\p{N}_]+$/u.test(one) ? words.has(one) : text.includes(one)));
}

/** Asks for something of every operation that answers while names are masked; events are listened to apart. */
async function everyAnswer(): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  const add = async (name: Name, given: Asked = {}) => {
    const { status, text } = await asked(name, given);
    expect([name, status < 300 ? 'answers' : `${status} ${text}`]).toEqual([name, 'answers']);
    answers.set(`${name} ${answers.size}`, text);
    return JSON.parse(contract[name].media === undefined ? text : '{}') as never;
  };
  const params = { story };
  const { alerts } = (await add('alerts')) as { alerts: { posts: string[] }[] };
  await add('postsById', { body: { posts: alerts[0]!.posts } });
  for (const name of ['session', 'status', 'coverage', 'formats', 'uploads', 'collectors', 'collections'] as const)
    await add(name);
  for (const name of ['jobs', 'stories', 'traceOptions', 'analyses', 'context', 'exportForms', 'cases'] as const)
    await add(name);
  await add('problems', { query: { limit: 500 } });
  for (const name of [
    'story',
    'suggestions',
    'trace',
    'rolesCsv',
    'timeline',
    'timelineJs',
    'report',
    'reportPage',
  ] as const)
    await add(name, { params });
  const { roles } = (await add('roles', { params, query: { limit: 500 } })) as {
    roles: { account: string; posts: string[] }[];
  };
  await add('bridges', { params, query: { limit: 500 } });
  const query = { query: `account:x/${secretPosts[0]!.account.slice(2)} OR ferry` };
  await add('checkQuery', { body: query });
  await add('volume', { query: { story } });
  await add('posts', { query: { story, limit: 500 } });
  await add('posts', { query: { limit: 500, sort: 'reach', order: 'desc' } });
  const hidden = roles.filter(({ account }) => account.includes('/account-'));
  expect(hidden.length).toBeGreaterThan(5);
  await add('posts', { query: { account: hidden[0]!.account } });
  const post = hidden[0]!.posts[0]!;
  await add('postsById', {
    body: { posts: [...hidden.flatMap(({ posts }) => posts).slice(0, 400), 'x/99999999999999999'] },
  });
  await add('post', { query: { id: post } });
  for (const { account } of hidden.slice(0, 5)) await add('account', { query: { id: account } });
  await add('accounts', { query: { q: 'a', limit: 500 } });
  for (const artifactKind of ['url', 'reshared', 'thread', 'hashtag', 'domain'])
    await add('artifacts', { query: { artifactKind, limit: 500 } });
  await add('active', { query: { limit: 500 } });
  for (const network of ['reshare', 'coordination']) {
    const { nodes } = (await add('network', { params: { story, network } })) as { nodes: { id: string[] } };
    for (const account of nodes.id.slice(0, 3))
      await add('networkPosts', { params: { story, network }, query: { account } });
  }
  for (const analysis of ran)
    for (const name of ['analysisResult', 'analysisPage', 'analysisTable'] as const)
      await add(name, { params: { analysis }, query: { story } });
  for (const subject of ['context', 'stories', `timeline/${story}`, `report/${story}`])
    await add('history', { query: { subject } });
  const { job } = (await add('exportStory', { params: { story, form: 'timelinejs' }, body: {} })) as { job: Job };
  const other = { stories: [{ story }, { story: 'second' }] };
  await served.ask('addStory', { body: { name: 'second', query: 'ferry' } });
  await served.ask('runTrace', { params: { story: 'second' }, body: {} });
  await served.bench.jobs.idle();
  const compared = (await add('compare', { body: other })) as { job: Job };
  await served.bench.jobs.idle();
  for (const id of [job.id, compared.job.id]) {
    const done = (await add('job', { params: { job: id } })) as { job: Job };
    for (const { name } of done.job.result!.files as { name: string }[])
      await add('jobFile', { params: { job: id, file: name } });
  }
  await add('cancel', { params: { job: job.id } });
  return answers;
}

describe('a masked workbench', () => {
  it('shows no handle, name or id of a masked account in any answer', { timeout: 240_000 }, async () => {
    const answers = await everyAnswer();
    const seen = new Set([...answers.keys()].map((one) => one.slice(0, one.indexOf(' '))));
    const apart = ['events', 'original', 'caseStories'];
    const expected = Object.entries(contract).flatMap(([name, one]) =>
      one.masked === 'none' || apart.includes(name) ? [] : [name],
    );
    expect([...seen].sort()).toEqual(expected.sort());
    const words = ['formats', 'collectors', 'traceOptions', 'analyses', 'exportForms'] as const;
    const own = new Set((await Promise.all(words.map((name) => asked(name)))).flatMap(({ text }) => found(text)));
    expect(own.size).toBeLessThan(8);
    const around = (text: string, one: string) =>
      text.slice(Math.max(0, text.indexOf(one) - 80), text.indexOf(one) + one.length + 40);
    const leaks = [...answers].map(([name, text]) => [
      name,
      found(text).flatMap((one) => (own.has(one) ? [] : [around(text, one)])),
    ]);
    expect(leaks.filter(([, secret]) => secret!.length > 0)).toEqual([]);
    const plain = await served.send('/api/posts?limit=500');
    expect(found(await plain.text()).length).toBeGreaterThan(50);
  });

  it('refuses what changes the case, original records and files that were made with names', async () => {
    for (const [name, { masked: how }] of Object.entries(contract)) {
      if (how !== 'none') continue;
      const { status, text } = await asked(name as Name, contract[name as Name].method === 'get' ? {} : { body: {} });
      expect([name, [400, 403].includes(status), found(text)]).toEqual([name, true, []]);
    }
    expect((await asked('setContext', { body: {} })).text).toContain('Names are masked');
    expect((await asked('original', { query: { id: secretPosts[0]!.post } })).status).toBe(403);
    const csv = served.bench.jobs.list().find(({ title }) => title.startsWith('csv'))!;
    const [file] = csv.result!.files as { name: string }[];
    expect((await asked('jobFile', { params: { job: csv.id, file: file!.name } })).status).toBe(403);
  });

  it('understands the pseudonyms that it gave, also after the server was started again', async () => {
    const plain = await served.ask('posts', { query: { story, limit: 500 } });
    const shown = await json<{ posts: Post[] }>('posts', { query: { story, limit: 500 } });
    expect(shown.posts.map(({ time }) => time)).toEqual(plain.posts.map(({ time }) => time));
    const at = plain.posts.findIndex((one) => secretPosts.some(({ post }) => post === one.post));
    const [one, original] = [shown.posts[at]!, plain.posts[at]!];
    expect(one).toMatchObject({ handle: one.account!.slice(one.platform.length + 1), permalink: null, name: null });
    served.bench.masking.forget();
    expect((await json<Post>('post', { query: { id: one.post } })).time).toBe(original.time);
    const ofAccount = await json<{ total: number }>('posts', { query: { account: one.account! } });
    expect(ofAccount.total).toBe((await served.ask('posts', { query: { account: original.account! } })).total);
  });

  it('sends live events through the mask and says in the session that names are masked', async () => {
    const handle = secretPosts.find((one) => (one.handle?.length ?? 0) > 4)!.handle!;
    const controller = new AbortController();
    const response = await served.send('/api/events', { headers: masked, signal: controller.signal });
    const reader = response.body!.getReader();
    served.bench.jobs.start('import', `Import of ${handle}.json`, null, async () => null);
    let text = '';
    while (!text.includes('Import of')) text += new TextDecoder().decode((await reader.read()).value);
    await reader.cancel();
    controller.abort();
    expect(found(text)).toEqual([]);
    expect(text).toMatch(/Import of account-[0-9a-f]{12}\.json/);
    expect(await json('session')).toMatchObject({ masked: 'yes', readOnly: true });
    expect(await served.ask('session')).toMatchObject({ masked: 'no', readOnly: false });
  });
});
