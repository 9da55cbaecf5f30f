import { writeSync } from 'node:fs';
import { cascadeShapes } from '../src/base/cascade-shape.ts';
import { kleinbergBursts } from '../src/base/kleinberg.ts';
import { Random } from '../src/base/random.ts';
import { analyse } from '../src/case/analyse.ts';
import { quietEffects } from '../src/case/effects.ts';
import { caseOfPosts } from '../test/support/case-of-posts.ts';

/**
 * A case with a million reshares of Zipf-popular posts, half of them answered in chains; cascades and bursts of it, each against a count of
 * the same rows in DuckDB. Usage: spread.ts [reshares]
 */
const reshares = Number(process.argv[2] ?? 1_000_000);
const roots = Math.round(reshares / 20);
const seconds = (since: number) => (performance.now() - since) / 1000;
const print = (row: object) =>
  writeSync(1, `${JSON.stringify({ ...row, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`);

const random = new Random('spread');
let now = 1_500_000_000;
const times = Float64Array.from({ length: reshares }, () => {
  now += Math.ceil(random.exponential(random.bernoulli(0.001) ? 1 / 600 : 1));
  return now;
});
const kernel = performance.now();
const found = kleinbergBursts(times);
print({
  bench: 'Kleinberg kernel',
  events: reshares,
  seconds: seconds(kernel).toFixed(2),
  limitSeconds: 20,
  bursts: found.length,
});

const shaping = performance.now();
cascadeShapes(Int32Array.from({ length: reshares }, (_, i) => (i < roots ? -1 : random.int(i))));
print({ bench: 'cascade shapes kernel', nodes: reshares, seconds: seconds(shaping).toFixed(2) });

const { spilloverCase, remove } = await caseOfPosts([{ id: 'none', time: 0 }]);
try {
  const { database } = spilloverCase;
  await database.run('delete from post; delete from account; delete from share; delete from artifact');
  await database.run(
    `insert into account by name select i::integer as account_key, 'x' as platform, 'u' || i as account_id, 'u' || i as handle, (abs(hash(i)) % 100000)::bigint as followers from range(200000) as r(i)`,
  );
  await database.run(
    `insert into post by name
     select (i + 1)::integer as post_key, 'x' as platform, i::varchar as post_id, (hash(i) % 200000)::integer as account_key,
       make_timestamp(1500000000000000 + i * 700000 + (hash(i * 3) % 500000)::bigint) as time, 1 as time_precision_ms,
       case when i < ${roots} then 'original' when hash(i * 7) % 4 = 0 then 'reply' else 'reshare' end as kind,
       case when i < ${roots} then null when hash(i * 7) % 4 = 0 then (hash(i * 11) % i)::varchar else floor(pow(${roots}, (hash(i * 13) % 1000000) / 1000000.0))::bigint::varchar end as parent_id,
       false as embedded, 1 as source_key from range(${reshares + roots}) as r(i)`,
  );
  const counting = performance.now();
  await database.run(
    `create or replace temp table baseline as select platform, parent_id, count(*) as n, min(time) as first from post group by all`,
  );
  const baseline = seconds(counting);
  for (const [id, options] of [
    ['cascades', {}],
    ['bursts', { on: [] }],
    ['superspreaders', {}],
  ] as const) {
    const started = performance.now();
    const before = process.cpuUsage();
    const steps: string[] = [];
    const effects = {
      ...quietEffects,
      onProgress: ({ step }: { step: string }) => steps.push(`${step} at ${seconds(started).toFixed(1)} s`),
    };
    await analyse(spilloverCase, id, { options }, effects);
    const used = process.cpuUsage(before);
    print({
      bench: `${id} of ${(reshares + roots).toLocaleString('en')} posts in a case`,
      seconds: seconds(started).toFixed(2),
      processorSeconds: ((used.user + used.system) / 1e6).toFixed(2),
      steps,
      ratioToCountingByParentInDuckDB: (seconds(started) / baseline).toFixed(0),
      limitSeconds: 20,
    });
  }
} finally {
  remove();
}
