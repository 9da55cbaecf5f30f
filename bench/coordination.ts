import { execFileSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { benchCase } from './coordination-case.ts';

/**
 * Co-share edges at 60 s, participation 2, whole processes from a case on disk to a CSV of edges, against DuckDB on the CSV in the same run and
 * against the seconds recorded in shared/reference/performance.md (two cores). `node --import tsx bench/coordination.ts [1m] [5m] [20m] [one] [--folder DIR]`
 */
const recorded: Record<string, { kernel: number; buckets: number; toolkit: number }> = {
  '1m': { kernel: 0.43, buckets: 1.05, toolkit: 20.7 },
  '5m': { kernel: 1.3, buckets: 5.3, toolkit: 134.7 },
  '20m': { kernel: 6.2, buckets: 24.7, toolkit: Number.NaN },
};
const sizes: Record<string, number> = {
  '100k': 100_000,
  '1m': 1_000_000,
  '5m': 5_000_000,
  '20m': 20_000_000,
  one: 1_000_000,
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const given = process.argv.slice(2);
const folder = given.includes('--folder') ? given[given.indexOf('--folder') + 1]! : '/tmp/spillover-bench-coordination';
const wanted = given.filter((one) => sizes[one] !== undefined);
const program = join(root, 'dist', 'bench', 'coordination-run.js');
await build({
  entryPoints: [join(root, 'bench', 'coordination-run.ts')],
  outfile: program,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['@duckdb/node-bindings*'],
  banner: {
    js: "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

function run(what: string, path: string): { seconds: number; report: Record<string, number> } {
  const began = performance.now();
  const text = execFileSync(process.execPath, [program, what, path, join(folder, `${what}.edges.csv`)], {
    encoding: 'utf8',
  });
  return { seconds: (performance.now() - began) / 1000, report: JSON.parse(text) as Record<string, number> };
}

/** The fastest of some runs of each program, one after the other in turns: the machine may be busy with other work. */
function best(programs: Record<string, string>, rounds: number) {
  const runs = Array.from({ length: rounds }, () =>
    Object.entries(programs).map(([what, path]) => ({ what, ...run(what, path) })),
  ).flat();
  return Object.fromEntries(
    Object.keys(programs).map((what) => [
      what,
      runs.filter((one) => one.what === what).sort((p, q) => p.seconds - q.seconds)[0]!,
    ]),
  );
}

const say = (values: object) => writeSync(1, `${JSON.stringify(values)}\n`);
for (const name of wanted.length > 0 ? wanted : ['1m', '5m']) {
  const shares = sizes[name]!;
  const { csv, directory } = await benchCase(folder, name, shares, name === 'one');
  if (name === 'one') {
    say({ size: name, program: 'spillover, one object with all shares', ...run('ours', directory) });
    continue;
  }
  const large = shares > 5_000_000;
  const found = best(
    { ours: directory, buckets: csv, ...(shares > 1_000_000 ? {} : { range: csv }) },
    large ? 1 : shares > 1_000_000 ? 3 : 5,
  );
  const plain = found.ours!;
  say({
    size: name,
    program: 'spillover, from the case',
    seconds: plain.seconds,
    rowsPerSecond: Math.round(shares / plain.seconds),
    ...plain.report,
  });
  for (const baseline of ['range', 'buckets']) {
    const other = found[baseline];
    if (!other) continue;
    say({
      size: name,
      program: `DuckDB, ${baseline}`,
      seconds: other.seconds,
      timesSlowerThanSpillover: other.seconds / plain.seconds,
      sameEdges: other.report.edges === plain.report.edges,
      ...other.report,
    });
  }
  const known = recorded[name];
  if (known) {
    const here = found.buckets!.seconds / known.buckets;
    say({
      size: name,
      ratioToDuckdbBuckets: plain.seconds / found.buckets!.seconds,
      withoutNamesAndCsv: (plain.seconds - plain.report.namesAndCsvSeconds!) / found.buckets!.seconds,
      allowed: (1.5 * known.kernel) / known.buckets,
      thisMachineIsSlowerThanTheRecordedBy: here,
      timesFasterThanToolkitAtThatSpeed: (known.toolkit * here) / plain.seconds,
    });
  }
  const chance = run('chance', directory);
  say({
    size: name,
    program: 'with the null model, 1,000 rounds',
    seconds: chance.seconds,
    ratioToPlain: chance.seconds / plain.seconds,
    allowed: 60,
    ...chance.report,
  });
}
