import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openCase } from '../src/case/case.ts';
import { fileLiteral } from '../src/store/database.ts';
import { shareWorld } from '../test/support/share-world.ts';

/** A share table as CSV (object, account, content, time) and the same as a case with dense keys and sorted shares; made once. */
export async function benchCase(
  folder: string,
  name: string,
  shares: number,
  one: boolean,
): Promise<{ csv: string; directory: string }> {
  const csv = join(folder, `${name}.csv`);
  const directory = join(folder, `${name}-case`);
  if (existsSync(join(directory, 'case.duckdb')) && existsSync(csv)) return { csv, directory };
  mkdirSync(folder, { recursive: true });
  rmSync(directory, { recursive: true, force: true });
  await (one ? writeOneObject(csv, shares) : writeWorld(csv, shares));
  const spilloverCase = await openCase(directory);
  const { database } = spilloverCase;
  await database.run(`create temp table raw as select row_number() over () as post_key, * from read_csv(${fileLiteral(csv)}, header = true,
    columns = {'object_id': 'varchar', 'account_id': 'varchar', 'content_id': 'varchar', 'timestamp_share': 'bigint'})`);
  await database.run(`insert into account by name select row_number() over (order by first)::integer as account_key, 'x' as platform, account_id
    from (select account_id, min(post_key) as first from raw group by all)`);
  await database.run(`insert into artifact by name select row_number() over (order by object_id)::integer as artifact_key, 'object' as kind, object_id as value
    from (select distinct object_id from raw)`);
  await database.run(`insert into post by name select post_key::integer as post_key, 'x' as platform, content_id as post_id, account_key,
      epoch_ms(timestamp_share * 1000) as time, 1000 as time_precision_ms, 'original' as kind, false as embedded, 1 as source_key
    from raw join account using (account_id) order by post_key`);
  await database.run(`insert into share by name select post_key::integer as post_key, artifact_key, account_key, epoch_ms(timestamp_share * 1000) as time
    from raw join account using (account_id) join artifact on artifact.value = raw.object_id order by artifact_key, time, post_key`);
  await database.run('drop table raw; checkpoint');
  spilloverCase.close();
  return { csv, directory };
}

/** Zipf-distributed objects and accounts, bursts, fans and planted groups. */
async function writeWorld(csv: string, shares: number): Promise<void> {
  const { shares: columns } = shareWorld({
    seed: 1,
    shares,
    accounts: Math.round(shares / 5),
    objects: Math.round(shares / 8),
    days: 20,
    objectExponent: 0.6,
    burstShare: 0.02,
    fanShare: 0.02,
    groups: [5, 10, 20, 50].map((accounts) => ({
      accounts,
      coActions: 15,
      spreadSeconds: 15,
      ownObjects: 0.5,
      taking: 0.8,
    })),
  });
  const order = Uint32Array.from(columns.content.keys()).sort((p, q) => columns.content[p]! - columns.content[q]!);
  await writeRows(csv, function* () {
    for (const row of order)
      yield `object${columns.artifact[row]},account${columns.account[row]},post${columns.content[row]},${1_600_000_000 + columns.time[row]! / 1e6}\n`;
  });
}

/** One object that 200,000 accounts share all day long. */
async function writeOneObject(csv: string, shares: number): Promise<void> {
  await writeRows(csv, function* () {
    let state = 12345;
    for (let row = 0; row < shares; row++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      yield `object1,account${state % 200_000},post${row},${1_600_000_000 + Math.floor((row / shares) * 86_400)}\n`;
    }
  });
}

async function writeRows(csv: string, rows: () => Iterable<string>): Promise<void> {
  const stream = createWriteStream(csv);
  stream.write('object_id,account_id,content_id,timestamp_share\n');
  let block = '';
  for (const row of rows()) {
    block += row;
    if (block.length < 1 << 20) continue;
    if (!stream.write(block)) await once(stream, 'drain');
    block = '';
  }
  stream.end(block);
  await once(stream, 'finish');
}
