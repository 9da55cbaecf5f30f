import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCase } from '../src/case/case.ts';
import { quietEffects } from '../src/case/effects.ts';
import { importFiles } from '../src/case/import-files.ts';
import { Database } from '../src/store/database.ts';
import { writeXApiV2Records } from './x-api-v2-records.ts';

const records = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 3);
const folder = join(tmpdir(), 'spillover-bench');
mkdirSync(folder, { recursive: true });
const file = join(folder, `x-api-v2-${records}.ndjson`);
if (!existsSync(file)) await writeXApiV2Records(file, records, 1);
const bytes = statSync(file).size;
console.log(`${records} records, ${(bytes / 1e9).toFixed(2)} GB, ${(bytes / records / 1000).toFixed(2)} kB each`);

const entity =
  'struct(urls struct(expanded_url varchar, unwound_url varchar)[], hashtags struct(tag varchar)[], mentions struct(username varchar)[])';
const columns = `{id: 'varchar', author_id: 'varchar', text: 'varchar', created_at: 'varchar', conversation_id: 'varchar', lang: 'varchar',
  referenced_tweets: 'struct(type varchar, id varchar)[]', entities: '${entity}',
  public_metrics: 'struct(retweet_count bigint, reply_count bigint, like_count bigint, impression_count bigint)',
  author: 'struct(id varchar, username varchar, name varchar, created_at varchar, description varchar, verified boolean, public_metrics struct(followers_count bigint, following_count bigint, tweet_count bigint))'}`;

/** The baseline: plain DuckDB reads the columns into five tables on disk, without any of the work on what they mean. */
async function plain(): Promise<number> {
  const path = join(folder, 'plain.duckdb');
  rmSync(path, { force: true });
  const database = await Database.open(path, { memory_limit: '3GB' });
  const began = performance.now();
  await database.run(`create temp table raw as select * from read_ndjson('${file}', columns = ${columns})`);
  await database.run(
    `create table post as select id, author_id, text, created_at::timestamp as time, conversation_id, lang, referenced_tweets[1].type as kind, referenced_tweets[1].id as parent, public_metrics.retweet_count, public_metrics.reply_count, public_metrics.like_count, public_metrics.impression_count from raw`,
  );
  await database.run(
    `create table account as select distinct author.id, author.username, author.name, author.created_at, author.description, author.verified, author.public_metrics.followers_count, author.public_metrics.following_count, author.public_metrics.tweet_count from raw`,
  );
  await database.run(`create table url as select id, unnest(entities.urls).expanded_url as url from raw`);
  await database.run(`create table hashtag as select id, unnest(entities.hashtags).tag as tag from raw`);
  await database.run(`create table mention as select id, unnest(entities.mentions).username as handle from raw`);
  await database.run('checkpoint');
  const seconds = (performance.now() - began) / 1000;
  database.close();
  return seconds;
}

async function spillover(): Promise<number> {
  const directory = join(folder, 'case');
  rmSync(directory, { recursive: true, force: true });
  const began = performance.now();
  const spilloverCase = await openCase(directory);
  let step = performance.now();
  let name = 'start';
  const report = await importFiles(
    spilloverCase,
    [file],
    {},
    {
      ...quietEffects,
      onProgress: (progress) => {
        if (progress.step === name) return;
        if (process.env.STEPS) console.log(`  ${((performance.now() - step) / 1000).toFixed(2)} s  ${name}`);
        step = performance.now();
        name = progress.step;
      },
    },
  );
  if (process.env.STEPS) console.log(`  ${((performance.now() - step) / 1000).toFixed(2)} s  ${name}`);
  spilloverCase.close();
  const seconds = (performance.now() - began) / 1000;
  if (report.totals.postsAdded !== records) throw new Error(`${report.totals.postsAdded} posts of ${records}`);
  return seconds;
}

/** Seconds of work and of the processor: the second hardly depends on what else the machine does. */
async function measured(work: () => Promise<number>): Promise<{ seconds: number; processor: number }> {
  const before = process.cpuUsage();
  const seconds = await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds, processor: (user + system) / 1e6 };
}

const results: { plain: number; spillover: number }[] = [];
for (let round = 0; round < rounds; round++) {
  const [one, other] = [await measured(plain), await measured(spillover)];
  results.push({ plain: one.seconds, spillover: other.seconds });
  console.log(
    `plain DuckDB ${one.seconds.toFixed(1)} s (${one.processor.toFixed(1)} s of processor), spillover import ${other.seconds.toFixed(1)} s (${other.processor.toFixed(1)}), ratio ${(other.seconds / one.seconds).toFixed(2)} (${(other.processor / one.processor).toFixed(2)})`,
  );
}
const ratios = results.map((one) => one.spillover / one.plain).sort((a, b) => a - b);
const median = ratios[Math.floor(ratios.length / 2)]!;
console.log(
  `median ratio ${median.toFixed(2)} (at most 5), peak memory of the whole process ${(process.resourceUsage().maxRSS / 1e6).toFixed(2)} GB (under 4)`,
);
if (median > 5) process.exitCode = 1;
