import { UserError } from '../../base/errors.ts';
import type { AnalysisInput } from '../analysis.ts';
import { countCandidates } from './co-share-kernel.ts';
import { connectedParts } from './connected-parts.ts';
import type { CoordinationOptions } from './coordination-options.ts';
import type { CoordinationResult, WindowStep } from './coordination-result.ts';
import type { PreparedShares } from './prepare-shares.ts';
import { type ChanceRun, runChance } from './run-chance.ts';

const usualWindows = [5, 15, 30, 60, 120, 300, 900];
const quickPairs = 3_000_000;
const smallestGroup = 3;

/** The same test with other windows; none where it would take long and was not asked for. */
export async function sweepWindows(
  prepared: PreparedShares,
  options: CoordinationOptions,
  main: { windowSeconds: number; run: ChanceRun },
  input: AnalysisInput,
): Promise<Pick<CoordinationResult, 'sweep' | 'suggestion'>> {
  const windows = chosenWindows(options, prepared, main.windowSeconds);
  if (windows.length === 0) return {};
  const steps: WindowStep[] = [];
  for (const [place, windowSeconds] of windows.entries()) {
    input.onStep(`other windows: ${windowSeconds} s`, place, windows.length);
    const run =
      windowSeconds === main.windowSeconds
        ? main.run
        : await runChance(prepared, options, windowSeconds, { signal: input.signal, onStep: () => {} });
    steps.push(describeStep(run, windowSeconds, options.level));
  }
  return { sweep: steps, suggestion: suggest(steps) };
}

function chosenWindows(options: CoordinationOptions, prepared: PreparedShares, windowSeconds: number): number[] {
  const given = options.sweep?.filter((one) => one !== 'none') ?? [];
  if (options.sweep?.includes('none')) return [];
  const wanted = given.map((text) => {
    const window = Number(text);
    if (!(window > 0))
      throw new UserError(
        `--sweep takes windows in seconds, not "${text}".`,
        'For instance --sweep 10,60,300, or --sweep none.',
      );
    return window;
  });
  const windows = [...new Set([...(wanted.length > 0 ? wanted : usualWindows), windowSeconds])].sort((x, y) => x - y);
  const quick = countCandidates(prepared.shares, windows.at(-1)! * 1e6) <= quickPairs;
  return wanted.length > 0 || quick ? windows : [];
}

function describeStep({ edges, tested }: ChanceRun, windowSeconds: number, level: number): WindowStep {
  const flagged = tested.edges.filter((_, place) => tested.adjusted[place]! < level);
  const parts = connectedParts(
    Uint32Array.from(flagged, (edge) => edges.a[edge]!),
    Uint32Array.from(flagged, (edge) => edges.b[edge]!),
  ).filter((one) => one.length >= smallestGroup);
  return {
    windowSeconds,
    pairs: edges.pairs,
    edges: edges.count,
    flagged: flagged.length,
    groups: parts.length,
    accountsInGroups: parts.reduce((sum, one) => sum + one.length, 0),
  };
}

/** The smallest window that shows nine tenths of the accounts that any window shows in groups. */
function suggest(steps: readonly WindowStep[]): NonNullable<CoordinationResult['suggestion']> {
  const most = steps.reduce((best, one) => Math.max(best, one.accountsInGroups), 0);
  if (most === 0)
    return { windowSeconds: null, reason: 'No window that was tried shows a group: the data suggest none.' };
  const { windowSeconds, accountsInGroups } = steps.find((one) => one.accountsInGroups >= 0.9 * most)!;
  return {
    windowSeconds,
    reason: `Windows tried: ${steps.map((one) => `${one.windowSeconds} s`).join(', ')}. The smallest that shows nearly all of what any of them shows is ${windowSeconds} s (${accountsInGroups} accounts in groups; ${most} at most).`,
  };
}
