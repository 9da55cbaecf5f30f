import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { Random } from '../../src/base/random.ts';
import { type AnalysisRun, analyse } from '../../src/case/analyse.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { analysisReport } from '../../src/reports/analysis-report.ts';
import { caseOfPosts, type TestAccount, type TestPost } from '../support/case-of-posts.ts';

/** Options that let each analysis answer on a few hundred posts. */
const statistics: Record<string, Record<string, unknown>> = {
  cascades: { trees: 2 },
  influence: { minimumEvents: 20, replicates: 20 },
  bursts: { on: ['hashtag', 'term'] },
  automation: { minimumPosts: 2 },
  superspreaders: {},
  communities: { seeds: 3 },
  'booster-language': { volumeThreshold: 6 },
};
const ids = Object.keys(statistics);
const start = Date.UTC(2021, 2, 3, 10);

function posts(): { posts: TestPost[]; accounts: TestAccount[] } {
  const random = new Random('statistics');
  const made: TestPost[] = [];
  let time = start;
  for (let i = 0; i < 400; i++) {
    time += 1000 + Math.floor(random.exponential(1 / 60_000));
    const parent = i > 5 && random.bernoulli(0.6) ? made[random.int(made.length)]! : null;
    const platform = parent ? parent.platform! : random.pick(['x', 'x', 'telegram']);
    made.push({
      id: `p${String(i).padStart(3, '0')}`,
      platform,
      account: `account${String(Math.floor(random.pareto(1, 0.8)) % 40).padStart(2, '0')}`,
      time,
      text: `${random.pick(['quiet', 'loud'])} words about ${random.pick(['harbour papers', 'ferry lines', 'weather'])} <script>alert(${i})</script>`,
      reach: random.int(5000),
      hashtags: random.bernoulli(0.5) ? ['ferry'] : ['harbour'],
      ...(parent ? { kind: random.pick(['reshare', 'reshare', 'reply', 'quote'] as const), parent: parent.id } : {}),
    });
  }
  const names = [...new Set(made.map((post) => `${post.platform} ${post.account}`))].sort();
  const accounts = names.map((name, i): TestAccount => {
    const [platform, account] = name.split(' ') as [string, string];
    return {
      platform,
      account,
      created: start - (10 + 37 * i) * 86_400_000,
      followers: 10 * i,
      following: 50,
      posts: 100 + 13 * i,
    };
  });
  return { posts: made, accounts };
}

type Outcome = { run: AnalysisRun } | { refusal: string };

async function runAll(
  given: readonly TestPost[],
  accounts: readonly TestAccount[] = [],
): Promise<Map<string, Outcome>> {
  const { spilloverCase, remove } = await caseOfPosts(given, accounts);
  try {
    const found = new Map<string, Outcome>();
    for (const id of ids) {
      try {
        found.set(id, { run: await analyse(spilloverCase, id, { options: statistics[id]! }, quietEffects) });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        found.set(id, { refusal: error.message });
      }
    }
    return found;
  } finally {
    remove();
  }
}

function expectPlain(value: unknown, path: string): void {
  if (typeof value === 'number') expect(Number.isFinite(value), `${path} is ${value}`).toBe(true);
  else if (Array.isArray(value)) for (const [i, one] of value.entries()) expectPlain(one, `${path}[${i}]`);
  else if (value !== null && typeof value === 'object') {
    expect(Object.getPrototypeOf(value), path).toBe(Object.prototype);
    for (const [key, one] of Object.entries(value)) expectPlain(one, `${path}.${key}`);
  } else expect(value === undefined, `${path} is undefined`).toBe(false);
}

function expectSound(id: string, outcome: Outcome): void {
  if ('refusal' in outcome) {
    expect(outcome.refusal.length, id).toBeGreaterThan(20);
    return;
  }
  const { run } = outcome;
  expectPlain(run.result, id);
  expect(JSON.parse(JSON.stringify(run.result))).toEqual(run.result);
  for (const { text } of run.summary.findings) expect(text, id).not.toMatch(/NaN|undefined|Infinity|null/);
  for (const table of run.summary.tables)
    for (const row of table.rows) expect(row.length, `${id}: ${table.title}`).toBe(table.columns.length);
  const page = analysisReport({ ...run, title: id, question: id, evidence: [] });
  expect(page, id).not.toMatch(/NaN|undefined|Infinity|<script/);
}

describe('spread statistics', () => {
  const sample = posts();

  it('answer an ordinary case, with sentences, tables and pictures', async () => {
    const found = await runAll(sample.posts, sample.accounts);
    for (const [id, outcome] of found) {
      expect('run' in outcome, `${id}: ${'refusal' in outcome ? outcome.refusal : ''}`).toBe(true);
      expectSound(id, outcome);
      if (!('run' in outcome)) continue;
      const { summary } = outcome.run;
      expect(
        summary.findings.some((finding) => finding.posts.length > 0),
        id,
      ).toBe(true);
      const known = new Set(sample.posts.map((post) => `${post.platform}/${post.id}`));
      for (const finding of summary.findings)
        for (const post of finding.posts) expect(known.has(post), `${id}: ${post}`).toBe(true);
      expect(analysisReport({ ...outcome.run, title: id, question: id, evidence: [] }), id).toContain('<svg');
    }
  });

  it('do not depend on the order of rows, on when it happened or on names', async () => {
    const here = await runAll(sample.posts, sample.accounts);
    const shuffled = await runAll(new Random(3).shuffle([...sample.posts]), sample.accounts);
    const weeks = 52 * 7 * 86_400_000;
    const later = await runAll(
      sample.posts.map((post) => ({ ...post, time: post.time! + weeks })),
      sample.accounts.map((account) => ({ ...account, created: account.created! + weeks })),
    );
    const rename = (name: string) => name.replace('account', 'renamed');
    const renamed = await runAll(
      sample.posts.map((post) => ({ ...post, account: rename(post.account!) })),
      sample.accounts.map((account) => ({ ...account, account: rename(account.account) })),
    );
    const result = (outcomes: Map<string, Outcome>, id: string) => {
      const outcome = outcomes.get(id)!;
      if (!('run' in outcome)) throw new Error(`${id}: ${outcome.refusal}`);
      return outcome.run.result;
    };
    const timeless = (value: object) =>
      JSON.parse(JSON.stringify(value).replace(/"\d{4}-\d\d-\d\d(T[\d:.]+Z)?"/g, '"time"'), (_, one) =>
        typeof one === 'number' ? Number(one.toPrecision(3)) : one,
      );
    for (const id of ids) {
      expect(result(shuffled, id), `${id}: order`).toEqual(result(here, id));
      expect(timeless(result(later, id)), `${id}: time`).toEqual(timeless(result(here, id)));
      const back = JSON.parse(JSON.stringify(result(renamed, id)).replaceAll('renamed', 'account'));
      if (id === 'automation') for (const side of [back, result(here, id)]) forgetNames(side);
      expect(back, `${id}: names`).toEqual(result(here, id));
    }
  });

  it.each([
    ['one post', [{ id: 'only', time: start, text: 'one single post without company' }]],
    ['all in one second', sample.posts.slice(0, 120).map((post) => ({ ...post, time: start, precisionMs: 1000 }))],
    ['one account', sample.posts.slice(0, 120).map((post) => ({ ...post, platform: 'x', account: 'me' }))],
    ['no accounts', sample.posts.slice(0, 120).map((post) => ({ ...post, account: null }))],
    ['no words', sample.posts.slice(0, 120).map(({ text: _, hashtags: __, ...post }) => post)],
    ['no links', sample.posts.slice(0, 120).map(({ parent: _, kind: __, ...post }) => post)],
    [
      'two posts, years apart',
      [
        { id: 'a', time: start },
        { id: 'b', time: start + 3e11, kind: 'reshare' as const, parent: 'a' },
      ],
    ],
  ] as [string, TestPost[]][])('give an answer or a clear refusal: %s', async (_, given) => {
    for (const [id, outcome] of await runAll(given)) expectSound(id, outcome);
  });
});

/** What the name itself says: its length, digits and letter pairs. */
function forgetNames(result: unknown): void {
  const { entries } = result as { entries: { metadata: Record<string, unknown> }[] };
  for (const { metadata } of entries)
    for (const key of ['handleLength', 'handleDigits', 'handleLikelihood']) delete metadata[key];
}
