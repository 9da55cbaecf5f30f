import { closeSync, openSync, writeSync } from 'node:fs';
import { resolveOptions } from '../src/analyses/analysis.ts';
import { connectedParts } from '../src/analyses/coordination/connected-parts.ts';
import { coordinationDefinition, coordinationOptions } from '../src/analyses/coordination/coordination-options.ts';
import { endsOf } from '../src/analyses/coordination/found-network.ts';
import { flaggedGraph } from '../src/analyses/coordination/groups.ts';
import { prepareShares } from '../src/analyses/coordination/prepare-shares.ts';
import { runCoortweet } from '../src/analyses/coordination/run-coortweet.ts';
import { runSpillover } from '../src/analyses/coordination/run-spillover.ts';
import { UserError } from '../src/base/errors.ts';
import { openCase } from '../src/case/case.ts';
import { csvCell } from '../src/exports/csv.ts';
import { Database } from '../src/store/database.ts';

const [, , what, path, out] = process.argv;
const comma = 44;
const yes = Buffer.from('true\r\n');
const no = Buffer.from('false\r\n');
/** Processor seconds so far: what a busy machine leaves comparable. */
const processor = () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;
const quiet = { onStep: () => {}, signal: undefined };
const report = (values: object) =>
  writeSync(
    1,
    `${JSON.stringify({
      ...values,
      processorSeconds: processor(),
      megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    })}\n`,
  );

/** One program of the comparison, alone in its process. */
if (what === 'range' || what === 'buckets') await duckdb(what);
else await ours(what === 'chance');

async function ours(chance: boolean): Promise<void> {
  const began = performance.now();
  const spilloverCase = await openCase(path!, { mustExist: true });
  const { database } = spilloverCase;
  const options = coordinationOptions(
    resolveOptions(coordinationDefinition, {
      method: chance ? 'spillover' : 'coortweet',
      on: 'object',
      windowSeconds: 60,
      sweep: 'none',
    }),
  );
  try {
    const prepared = await prepareShares({ database, story: null, onStep: quiet.onStep }, options);
    const read = performance.now();
    const readProcessor = processor();
    const input = { ...quiet, database, story: null } as never;
    const network = chance
      ? await runSpillover(prepared, options, input)
      : await runCoortweet(prepared, options, input);
    const groups = chance ? testGroups(network) : undefined;
    const found = performance.now();
    const foundProcessor = processor();
    const accounts = endsOf(network.a, network.b);
    await database.keyTable('named_account', accounts);
    const names = await database.texts(
      `select key, platform || '/' || account_id as text from named_account join account on account_key = key`,
    );
    writeEdges(out!, network, accounts, names);
    report({
      pairs: network.counts.pairs,
      edges: network.counts.edges,
      groups,
      readProcessorSeconds: readProcessor,
      kernelProcessorSeconds: foundProcessor - readProcessor,
      readSeconds: (read - began) / 1000,
      kernelSeconds: (found - read) / 1000,
      namesAndCsvSeconds: (performance.now() - found) / 1000,
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    report({ refused: error.message, hint: error.hint, seconds: (performance.now() - began) / 1000 });
  }
  spilloverCase.close();
}

type Network = Awaited<ReturnType<typeof runCoortweet>>;

function testGroups(network: Network): number {
  const graph = flaggedGraph(network, 1);
  const a = Uint32Array.from(graph.edges, (edge) => network.a[edge]!);
  const b = Uint32Array.from(graph.edges, (edge) => network.b[edge]!);
  const parts = connectedParts(a, b);
  for (const accounts of parts) {
    const own = new Set(accounts);
    const edges = Array.from(a.keys())
      .filter((edge) => own.has(a[edge]!))
      .map((edge) => [a[edge]!, b[edge]!] as const);
    const observed = graph.edges.reduce(
      (sum, edge) => sum + (own.has(network.a[edge]!) ? network.weight[edge]! : 0),
      0,
    );
    network.groupChance!({ accounts, edges, observed }, parts.length);
  }
  return parts.length;
}

/** Writes the edges as CSV: names are encoded once, not once for each edge. */
function writeEdges(file: string, network: Network, accounts: Uint32Array, names: readonly (string | null)[]): void {
  const { a, b, weight, avgDelta, contentsA, contentsB, flagged } = network;
  const cells = names.map((name) => csvCell(name));
  const bytes = Buffer.from(cells.join(''));
  const start = new Uint32Array(accounts.at(-1)! + 1);
  const length = new Uint32Array(start.length);
  for (let place = 0, at = 0; place < cells.length; place++) {
    const own = Buffer.byteLength(cells[place]!);
    start[accounts[place]!] = at;
    length[accounts[place]!] = own;
    at += own;
  }
  const target = openSync(file, 'w');
  const block = Buffer.alloc(1 << 20);
  let at = 0;
  const cell = (key: number) => {
    for (let from = start[key]!, to = from + length[key]!; from < to; from++) block[at++] = bytes[from]!;
    block[at++] = comma;
  };
  const number = (value: number) => {
    if (value < 10 && Number.isInteger(value)) block[at++] = 48 + value;
    else if (value < 100 && Number.isInteger(value)) {
      block[at++] = 48 + Math.floor(value / 10);
      block[at++] = 48 + (value % 10);
    } else at += block.write(String(value), at, 'latin1');
    block[at++] = comma;
  };
  for (let edge = 0; edge < a.length; edge++) {
    if (at + length[a[edge]!]! + length[b[edge]!]! + 200 > block.length) {
      writeSync(target, block, 0, at);
      at = 0;
    }
    cell(a[edge]!);
    cell(b[edge]!);
    number(weight[edge]!);
    number(avgDelta![edge]!);
    number(contentsA[edge]!);
    number(contentsB[edge]!);
    const last = flagged[edge] === 1 ? yes : no;
    for (let from = 0; from < last.length; from++) block[at++] = last[from]!;
  }
  writeSync(target, block, 0, at);
  closeSync(target);
}

async function duckdb(kind: string): Promise<void> {
  const database = await Database.open(':memory:');
  const join =
    kind === 'range'
      ? 'p.object_id = q.object_id and q.t between p.t and p.t + 60'
      : 'p.object_id = q.object_id and q.bucket in (p.bucket, p.bucket + 1) and q.t between p.t and p.t + 60';
  const source = kind === 'range' ? 'active as q' : '(select *, unnest([bucket, bucket + 1]) as slot from active) as q';
  const on =
    kind === 'range' ? join : 'p.object_id = q.object_id and p.bucket + 1 = q.slot and q.t between p.t and p.t + 60';
  await database.run(
    `create table share as select row_number() over () as rid, object_id, account_id, content_id, timestamp_share as t, timestamp_share // 60 as bucket
     from read_csv('${path}', header = true, columns = {'object_id': 'varchar', 'account_id': 'varchar', 'content_id': 'varchar', 'timestamp_share': 'bigint'});
     create table active as select * from share where account_id in (select account_id from share group by all having count(*) >= 2);
     create table pair as select p.account_id as a, q.account_id as b, p.content_id as c, q.content_id as d, q.t - p.t as delta
       from active as p join ${source} on ${on} and (p.t < q.t or p.rid < q.rid) and p.account_id <> q.account_id and p.content_id <> q.content_id;
     create table good as select content_id from (
       select content_id, count(*) over (partition by account_id) as n from active where content_id in (select c from pair union select d from pair)) where n >= 2;
     copy (select least(a, b) as a, greatest(a, b) as b, count(*) as weight, avg(delta) as delta, count(distinct c) as n, count(distinct d) as m from pair
       where c in (from good) or d in (from good) group by all) to '${out}' (header true)`,
  );
  const counts = await database.first(`select count(*) as edges, sum(weight)::bigint as pairs from read_csv('${out}')`);
  report(counts!);
  database.close();
}
