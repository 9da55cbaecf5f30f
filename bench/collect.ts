import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Random } from '../src/base/random.ts';
import { openCase } from '../src/case/case.ts';
import { FakeJetstream } from '../test/support/fakes/jetstream-server.ts';

/**
 * Soak: a fake Jetstream sends posts at a steady rate to `spillover collect bluesky` in a process of its own, which is killed
 * (SIGKILL) at random moments if wished. Prints rate, memory of the collector with its slope, and whether the case holds exactly what
 * was sent.
 *
 *   npm run build && npx tsx bench/collect.ts --rate 2000 --seconds 600
 *   npx tsx bench/collect.ts --rate 500 --seconds 120 --kills 20
 *   npx tsx bench/collect.ts --rate 200 --seconds 900 --watch      a watch with all rules and a story instead of a collection
 */
const flag = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const rate = flag('rate', 2_000);
const seconds = flag('seconds', 60);
const kills = flag('kills', 0);
const isWatch = process.argv.includes('--watch');
const random = new Random(flag('seed', 1));
const everyMs = 20;
const longestTickMs = 500;
const spillover = fileURLToPath(new URL('../bin/spillover', import.meta.url));
const directory = mkdtempSync(join(process.env.SOAK_DIR ?? tmpdir(), 'spillover-soak-'));

const server = new FakeJetstream(Date.now, { keep: Math.max(200_000, rate * 120) });
await server.listen();

const watchFile = join(directory, 'watch.yaml');
writeFileSync(
  watchFile,
  `case: .
collectors:
  - {source: bluesky, baseUrl: "${server.baseUrl}", importEvery: 20s}
stories:
  - {name: ballot, match: "ballot"}
schedule: {check: 20s, retrace: 2m}
outputs:
  - {type: atom, file: alerts.xml}
`,
);

function start(): ChildProcess {
  const collect = ['collect', 'bluesky', '--base-url', server.baseUrl, '--case', directory, '--import-every', '20s'];
  const args = [spillover, ...(isWatch ? ['watch', watchFile] : collect)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr.on('data', (text: Buffer) => {
    for (const line of text.toString().split('\n')) if (/error|bug|not imported/i.test(line)) console.error(line);
  });
  return child;
}

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.on('close', resolve));

function residentMegabytes(pid: number): number | null {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Least squares: megabytes a minute. */
function slope(samples: readonly { minute: number; megabytes: number }[]): number {
  const meanX = samples.reduce((sum, one) => sum + one.minute, 0) / samples.length;
  const meanY = samples.reduce((sum, one) => sum + one.megabytes, 0) / samples.length;
  const xy = samples.reduce((sum, one) => sum + (one.minute - meanX) * (one.megabytes - meanY), 0);
  return xy / samples.reduce((sum, one) => sum + (one.minute - meanX) ** 2, 0);
}

let child = start();
while (server.listeners === 0) await pause(20);
const began = Date.now();
const killTimes = Array.from({ length: kills }, () => random.uniform() * seconds * 1000).sort((a, b) => a - b);
const memory: { minute: number; megabytes: number }[] = [];
let sent = 0;
let killed = 0;
let nextSample = 0;
let running = true;
const killing = (async () => {
  for (const time of killTimes) {
    await pause(Math.max(0, began + time - Date.now()));
    if (!running) break;
    const gone = ended(child);
    child.kill('SIGKILL');
    await gone;
    killed++;
    child = start();
  }
})();
const words = ['ballot', 'leak', 'mayor', 'harbour', 'minister', 'document', 'rumour', 'ferry', 'debate', 'vote'];
let runningMs = 0;
for (let last = Date.now(); runningMs < seconds * 1000; ) {
  // On a machine where this process is stopped for a while, that time is left out: else minutes of posts would come in one gulp.
  runningMs += Math.min(Date.now() - last, longestTickMs);
  last = Date.now();
  const due = Math.floor((runningMs / 1000) * rate);
  for (; sent < due; sent++) {
    const word = words[sent % words.length]!;
    server.post(`${word} number ${sent} https://site${sent % 1000}.example/${sent % 5000} #${word}`, {
      did: `did:plc:u${sent % 20_000}`,
    });
  }
  if (Date.now() - began >= nextSample) {
    const megabytes = residentMegabytes(child.pid!);
    if (megabytes !== null) memory.push({ minute: (Date.now() - began) / 60_000, megabytes });
    nextSample += 2_000;
  }
  await pause(everyMs);
}
await killing;
running = false;
const sendingSeconds = runningMs / 1000;
const wallSeconds = (Date.now() - began) / 1000;
while (server.listeners === 0) await pause(50);
await pause(3_000);
const done = ended(child);
const stopping = Date.now();
child.kill('SIGINT');
const code = await done;
const settleSeconds = (Date.now() - stopping) / 1000;
await server.stop();

const spilloverCase = await openCase(directory, { readOnly: true });
const found = (await spilloverCase.database.first<{
  posts: number;
  distinct: number;
  sources: number;
  problems: number;
  records: number;
  duplicates: number;
}>(`
  select (select count(*) from post) as posts, (select count(distinct text) from post) as distinct,
    (select count(*) from source) as sources, (select count(*) from problem) as problems,
    (select sum(records_read)::bigint from source) as records, (select sum(duplicates)::bigint from source) as duplicates`))!;
const coverage = await spilloverCase.database.rows(
  'select flag, count(*) as rows from coverage group by flag order by flag',
);
spilloverCase.close();
rmSync(directory, { recursive: true, force: true });
const late = memory.filter(({ minute }) => minute >= memory.at(-1)!.minute / 2);
console.log(
  JSON.stringify(
    {
      sent,
      perSecond: Math.round(sent / sendingSeconds),
      sendingSeconds: Math.round(sendingSeconds),
      wallSeconds: Math.round(wallSeconds),
      kills: killed,
      exitCode: code,
      settleSeconds,
      ...found,
      nothingLost: found.posts === sent && found.distinct === sent,
      coverage,
      memoryMegabytes: {
        atStart: Math.round(memory[0]?.megabytes ?? 0),
        highest: Math.round(Math.max(...memory.map((one) => one.megabytes))),
        atEnd: Math.round(memory.at(-1)?.megabytes ?? 0),
        ...(kills === 0 ? { slopeOfSecondHalfPerMinute: Number(slope(late).toFixed(2)) } : {}),
      },
    },
    null,
    2,
  ),
);
process.exit(found.posts === sent && found.distinct === sent ? 0 : 1);
