import { spawnSync } from 'node:child_process';
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
for (const [name, command, args] of chosen) {
  const began = performance.now();
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nall checks passed' : `\nfailed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
