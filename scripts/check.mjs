import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** Every check of the project, in the order in which a mistake is cheapest to find. */
const steps = [
  ['format and lint', 'npx', ['biome', 'ci', '--error-on-warnings', '.']],
  ['types', 'npx', ['tsc', '-p', '.']],
  ['types of the workbench', 'npx', ['tsc', '-p', 'web']],
  ['layers', 'npx', ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', 'src', 'web']],
  ['unused code', 'npx', ['knip']],
  ['build', 'npm', ['run', '--silent', 'build']],
  ['reference is fresh', 'npx', ['tsx', 'scripts/reference.ts', '--check']],
  ['tests', 'npx', ['vitest', 'run']],
];

const chosen = process.argv.includes('--static')
  ? steps.filter(([name]) => name !== 'tests' && name !== 'build')
  : steps;
const failed = [];
const waiting = [...chosen];
const alone = ['build', 'reference is fresh', 'tests'];

/** Runs one step and prints what it said in one piece, or as it says it where nothing runs beside it. */
async function run([name, command, args]) {
  const began = performance.now();
  const isAlone = alone.includes(name);
  if (isAlone) console.log(`\n== ${name}`);
  const child = spawn(command, args, { stdio: isAlone ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part) => {
      said += part;
    });
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (!isAlone) console.log(`\n== ${name}\n${said}`);
  console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  if (status !== 0) failed.push(name);
}

/** Most steps use one processor: two of them run at a time. */
async function work() {
  while (waiting.length > 0 && !alone.includes(waiting[0][0])) await run(waiting.shift());
}
await Promise.all([work(), work()]);
for (const step of waiting) await run(step);
console.log(failed.length === 0 ? '\nall checks passed' : `\nfailed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
