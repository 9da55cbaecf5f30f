import { copyFileSync, existsSync, mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InfluenceResult } from '../src/analyses/influence/influence-result.ts';
import { analyse } from '../src/case/analyse.ts';
import { openCase } from '../src/case/case.ts';
import { quietEffects } from '../src/case/effects.ts';

/** Works on copies, which a newer schema may change. Planted campaigns start on the board: its root share on X should exceed the reverse. Usage: planted-influence.ts DIRECTORY [STORY]. */
const [root, story = 'ferry-papers'] = process.argv.slice(2);
if (root === undefined) throw new Error('name the directory that holds seed-1/case, seed-2/case, …');
let seen = 0;
let right = 0;
for (let seed = 1; seed <= 20; seed++) {
  const directory = `${root}/seed-${seed}/case`;
  if (!existsSync(`${directory}/case.duckdb`)) continue;
  const copy = mkdtempSync(join(tmpdir(), 'spillover-planted-'));
  copyFileSync(`${directory}/case.duckdb`, `${copy}/case.duckdb`);
  const spilloverCase = await openCase(copy, { mustExist: true });
  const started = performance.now();
  try {
    const { result } = await analyse(spilloverCase, 'influence', { story, options: {} }, quietEffects);
    const { pairs } = result as InfluenceResult;
    const share = (source: string, destination: string) =>
      pairs.find((one) => one.source === source && one.destination === destination)!;
    const there = share('4chan', 'x');
    const back = share('x', '4chan');
    seen++;
    if (there.rootShare.value > back.rootShare.value) right++;
    const row = {
      seed,
      boardOnX: there.rootShare,
      xOnBoard: back.rootShare,
      inRefits: there.exceedsReverse,
      seconds: ((performance.now() - started) / 1000).toFixed(1),
    };
    writeSync(1, `${JSON.stringify(row)}\n`);
  } finally {
    spilloverCase.close();
    rmSync(copy, { recursive: true, force: true });
  }
}
writeSync(
  1,
  `${JSON.stringify({ bench: 'planted campaigns: root share board on X exceeds the reverse', seen, right })}\n`,
);
