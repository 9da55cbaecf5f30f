import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCase } from '../src/case/case.ts';
import { simulateBoard } from '../test/support/board-days.ts';

/** Collects a simulated board for some days: npx tsx bench/boards.ts [days] [seed]. Prints what was missed and how fast it asked. */
const days = Number(process.argv[2] ?? 3);
const seed = Number(process.argv[3] ?? 1);
const directory = mkdtempSync(join(tmpdir(), 'spillover-boards-'));
const spilloverCase = await openCase(directory);
const began = Date.now();
const { missed, ...found } = await simulateBoard(spilloverCase, days * 24, seed);
spilloverCase.close();
rmSync(directory, { recursive: true, force: true });
console.log(
  JSON.stringify({ days, seed, ...found, missed: missed.length, seconds: (Date.now() - began) / 1000 }, null, 2),
);
process.exit(missed.length === 0 && found.tooFast === 0 ? 0 : 1);
