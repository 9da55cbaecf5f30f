import { UserError } from '../../base/errors.ts';
import { finite } from '../../base/finite.ts';
import { spectralRadius } from '../../base/hawkes-influence.ts';
import type { HawkesEvents } from '../../base/hawkes-model.ts';
import { rescaledWaits } from '../../base/hawkes-residuals.ts';
import { quantile } from '../../base/quantile.ts';
import { Random } from '../../base/random.ts';
import type { Analysis, AnalysisInput } from '../analysis.ts';
import { choosePosts, numbers, postNames } from '../choose-posts.ts';
import { lengthOfTime } from '../in-words.ts';
import { type FittedInfluence, fitEach, fitWhole, type InfluenceSums, type Kernel } from './fit-influence.ts';
import { influenceDefinition } from './influence-options.ts';
import type { Estimate, InfluencePair, InfluenceProcess, InfluenceResult } from './influence-result.ts';
import { type InfluenceEvents, loadInfluenceEvents } from './load-events.ts';
import { type StrongLink, strongestLinks } from './strongest-links-kernel.ts';
import { summariseInfluence } from './summarise-influence.ts';

const examplesPerPair = 3;

export const influence: Analysis<InfluenceResult> = {
  definition: influenceDefinition,
  run: runInfluence,
  summarise: summariseInfluence,
};

async function runInfluence(input: AnalysisInput): Promise<InfluenceResult> {
  const options = input.options as unknown as {
    by: InfluenceResult['by'];
    form: InfluenceResult['form'];
    unit: InfluenceResult['unit'];
    minimumEvents: number;
    minimumUrlEvents: number;
    meanLagsMinutes: readonly string[] | null;
    binSeconds: number;
    lagBins: number;
    bumps: number;
    reshares: boolean;
    replicates: number;
    seed: number;
  };
  await choosePosts(input);
  input.onStep('reading events');
  const events = await loadInfluenceEvents(input, options);
  const kernel = kernelOf(events, options);
  const random = new Random(`influence ${options.seed}`);
  input.onStep('fitting');
  let fitted: FittedInfluence;
  let urls: number | null = null;
  if (options.unit === 'url') {
    const units = await eventsByUrl(input, events, kernel, options);
    urls = units.length;
    fitted = fitEach(units, kernel, options.replicates, random);
  } else fitted = fitWhole(events, kernel, options.replicates, random);
  const links = fitted.model ? strongestLinks(events, fitted.model, examplesPerPair) : null;
  const firsts = events.names.map((_, k) => events.process.indexOf(k));
  const lasts = events.names.map((_, k) => events.process.lastIndexOf(k));
  const cited = [...firsts, ...(links ?? []).flat().flatMap(({ cause, effect }) => [cause, effect])];
  const names = await postNames(
    input.database,
    cited.map((event) => events.postKey[event]!),
  );
  const postOf = (event: number) => names.get(events.postKey[event]!)!;
  const fits = fitted.model ? rescaledWaits(events, fitted.model) : null;
  const hours = (events.to - events.from) / 3600;
  const iso = (event: number) => new Date(Math.floor(events.times[event]! * 1000)).toISOString();
  const { sums } = fitted;
  const processes = events.names.map((name, k): InfluenceProcess => {
    const fit = fits?.[k];
    return {
      name,
      posts: sums.posts[k]!,
      first: iso(firsts[k]!),
      last: iso(lasts[k]!),
      firstPost: postOf(firsts[k]!),
      backgroundPerHour: finite(sums.background[k]! / hours),
      backgroundShare: finite(ratio(sums.background[k]!, sums.posts[k]!)),
      fit: fit ? { distance: finite(fit.distance), pValue: finite(fit.pValue) } : null,
    };
  });
  const weights = sums.children.map((value, cell) => ratio(value, sums.posts[Math.floor(cell / events.processes)]!));
  return {
    by: options.by,
    form: options.form,
    unit: options.unit,
    from: iso(0),
    to: iso(events.times.length - 1),
    posts: events.times.length,
    urls,
    processes,
    excluded: events.excluded,
    pairs: pairsOf(events, fitted, links, postOf),
    meanLagsSeconds: fitted.meanLags.map((lag) => finite(lag, 4)),
    spectralRadius: finite(spectralRadius(weights, events.processes)),
    resampled: options.unit === 'url' ? 'addresses' : 'stretches of time',
    replicates: fitted.replicates.length,
    converged: fitted.converged,
  };
}

function kernelOf(
  events: InfluenceEvents,
  options: {
    form: 'continuous' | 'discrete';
    meanLagsMinutes: readonly string[] | null;
    binSeconds: number;
    lagBins: number;
    bumps: number;
  },
): Kernel {
  const span = events.to - events.from;
  const shortest = Math.max(1, 2 * events.precisionSeconds);
  if (!(span >= 20 * shortest)) {
    throw new UserError(
      `All ${events.times.length} posts lie within ${lengthOfTime(span)}, while their times are known to ${lengthOfTime(events.precisionSeconds)}: there is no order to learn from.`,
    );
  }
  if (options.bumps > options.lagBins)
    throw new UserError(
      `${options.bumps} bumps do not fit into ${options.lagBins} bins.`,
      'Lower --bumps or raise --lag-bins.',
    );
  const meanLags = options.meanLagsMinutes?.map((minutes) => 60 * Number(minutes)) ?? null;
  if (meanLags?.some((lag) => !(lag > 0 && lag < Infinity)) || meanLags?.length === 0)
    throw new UserError('--mean-lags-minutes takes numbers above 0, such as 1,10,60.');
  const bins = span / options.binSeconds;
  if (options.form === 'discrete' && bins > 1e8)
    throw new UserError(`The span has ${Math.round(bins)} bins.`, 'Take wider bins: --bin-seconds 60');
  return {
    form: options.form,
    meanLags,
    shortest,
    longest: Math.max(shortest * 2, Math.min(span / 10, 7 * 86_400)),
    binSeconds: options.binSeconds,
    lags: options.lagBins,
    bumps: options.bumps,
  };
}

/** Events of each address with enough posts on at least two sides; a fit covers the address's own time. @throws UserError where there is none. */
async function eventsByUrl(
  input: AnalysisInput,
  events: InfluenceEvents,
  kernel: Kernel,
  options: { minimumUrlEvents: number },
): Promise<HawkesEvents[]> {
  const [artifact, post] = await input.database.columns(
    `with carried as (
       select share.artifact_key, post_key, process.name from share join artifact using (artifact_key)
         join chosen_post using (post_key) join process using (post_key) where artifact.kind = 'url'
     ), enough as (
       select artifact_key from carried group by 1 having count(*) >= $minimum and count(distinct name) >= 2
     )
     select dense_rank() over (order by artifact_key) - 1, post_key from carried semi join enough using (artifact_key) order by 1`,
    { minimum: options.minimumUrlEvents },
  );
  const eventOf = new Map<number, number>();
  for (let i = 0; i < events.postKey.length; i++) eventOf.set(events.postKey[i]!, i);
  const posts = numbers(post);
  const members: number[][] = [];
  numbers(artifact).forEach((unit, row) => {
    members[unit] ??= [];
    const event = eventOf.get(posts[row]!);
    if (event !== undefined) members[unit]!.push(event);
  });
  const units = members
    .filter(
      (own) => own.length >= options.minimumUrlEvents && new Set(own.map((event) => events.process[event])).size >= 2,
    )
    .map((own): HawkesEvents => {
      own.sort((a, b) => a - b);
      return {
        times: Float64Array.from(own, (event) => events.times[event]!),
        process: Uint8Array.from(own, (event) => events.process[event]!),
        processes: events.processes,
        from: events.times[own[0]!]!,
        to: Math.min(events.to, events.times[own.at(-1)!]! + kernel.longest),
      };
    });
  if (units.length >= 2) return units;
  throw new UserError(
    `Only ${units.length} addresses were posted ${options.minimumUrlEvents} times or more on at least two sides.`,
    'Fit the story as a whole with --unit story, or lower --minimum-url-events.',
  );
}

function pairsOf(
  events: InfluenceEvents,
  fitted: FittedInfluence,
  links: StrongLink[][] | null,
  postOf: (event: number) => string,
): InfluencePair[] {
  const n = events.processes;
  const rootShare = (sums: InfluenceSums, cell: number) => ratio(sums.root[cell]!, sums.posts[cell % n]!);
  const estimate = (value: (sums: InfluenceSums) => number): Estimate => {
    const refits = fitted.replicates.map(value);
    return {
      value: finite(value(fitted.sums)),
      low: finite(quantile(refits, 0.025)),
      high: finite(quantile(refits, 0.975)),
    };
  };
  const pairs: InfluencePair[] = [];
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < n; k++) {
      const cell = j * n + k;
      const reverse = k * n + j;
      const wins = fitted.replicates.map((one) => Math.sign(rootShare(one, cell) - rootShare(one, reverse)));
      pairs.push({
        source: events.names[j]!,
        destination: events.names[k]!,
        weight: estimate((one) => ratio(one.children[cell]!, one.posts[j]!)),
        directShare: estimate((one) => ratio(one.direct[cell]!, one.posts[k]!)),
        rootShare: estimate((one) => rootShare(one, cell)),
        directPosts: finite(fitted.sums.direct[cell]!),
        rootPosts: finite(fitted.sums.root[cell]!),
        exceedsReverse: finite(wins.reduce((sum, sign) => sum + (1 + sign) / 2, 0) / wins.length, 4),
        examples: (j === k ? [] : (links?.[cell] ?? [])).map(({ cause, effect, probability }) => ({
          cause: postOf(cause),
          effect: postOf(effect),
          probability: finite(probability, 3),
        })),
      });
    }
  }
  return pairs;
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
