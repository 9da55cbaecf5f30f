import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadYoungArtifacts } from '../src/analyses/watch-rules/load-young-artifacts.ts';
import { makeVenueTables } from '../src/analyses/watch-rules/venue-tables.ts';
import {
  scaleFeatures,
  warningFeatures,
  warningFeaturesOf,
} from '../src/analyses/watch-rules/warning-features-kernel.ts';
import { type WarningModel, warn } from '../src/analyses/watch-rules/warning-model.ts';
import { isYoungOnFringe, sharesOfOne, warnedRule } from '../src/analyses/watch-rules/young-on-fringe.ts';
import { auc } from '../src/base/auc.ts';
import { fitLogistic } from '../src/base/logistic-regression.ts';
import { openCase } from '../src/case/case.ts';
import { caseContext } from '../src/case/context.ts';
import { caseVenues } from '../src/case/venues.ts';

/**
 * Learns the early warning from planted cases: `tsx scripts/fit-early-warning.ts DIR [--write]`, where DIR holds `seed-N` and `none-N` (N = 101..140)
 * as scripts/plant-training.ts makes them. Seeds up to 130 teach, the others measure how far the chances can be believed.
 */
const directory = process.argv[2] ?? '';
const withinHours = 6;
const ages = [...range(5, 60, 5), ...range(60, 720, 10)];
const ridge = 0.3;
const lastTaught = 130;
const minute = 60_000;
const hour = 60 * minute;

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);
}

interface Sample {
  artifact: string;
  story: boolean;
  age: number;
  features: Float64Array;
  label: 0 | 1;
  weight: number;
}

interface Truth {
  campaign: boolean;
  options: { posts: number };
  stages: { id: string; inFiles: { time: string } | null }[];
  artifacts: { kind: string; role: string; value: string }[];
}

async function samplesOf(folder: string): Promise<Sample[]> {
  const truth = JSON.parse(readFileSync(join(folder, 'files', 'truth.json'), 'utf8')) as Truth;
  const crossing = truth.campaign
    ? Date.parse(truth.stages.find((stage) => stage.id === 'mainstream')!.inFiles!.time)
    : null;
  const own = new Set(
    truth.artifacts
      .filter((one) => one.role !== 'article')
      .map((one) => one.value.toLowerCase().replace(/^.*\/thread\//, '')),
  );
  const spilloverCase = await openCase(join(folder, 'case'), { mustExist: true, threads: 1 });
  try {
    const { database } = spilloverCase;
    await makeVenueTables(database, await caseContext(spilloverCase), (await caseVenues(spilloverCase)).venues);
    const end = (await database.first<{ end: number }>('select epoch_ms(max(time))::double as end from post'))!.end;
    const young = await loadYoungArtifacts(database, { ...warnedRule, from: 0, until: end, oldestMs: 0 });
    return young.names.flatMap(({ value }, i) => {
      const inStory = truth.campaign && (own.has(value.toLowerCase()) || own.has(value.split('/').at(-1)!));
      const [from, to] = [young.offset[i]!, young.offset[i + 1]!];
      const first = young.time[from]!;
      let crossed = inStory ? crossing! : Number.POSITIVE_INFINITY;
      for (let k = to - 1; k >= from; k--)
        if (young.tier[k] === 2 && young.time[k]! < crossed) crossed = young.time[k]!;
      const rows = ages.flatMap((age): Sample[] => {
        const asOf = first + age * minute;
        const shares = sharesOfOne(young, i, asOf);
        if (asOf > end || asOf >= crossed || !isYoungOnFringe(young, warnedRule, i, asOf)) return [];
        const label = crossed <= asOf + withinHours * hour ? 1 : 0;
        if (label === 0 && asOf + withinHours * hour > end) return [];
        return [{ artifact: value, story: inStory, age, features: warningFeaturesOf(shares), label, weight: 1 }];
      });
      for (const row of rows) row.weight = 1 / rows.length;
      return rows;
    });
  } finally {
    spilloverCase.close();
  }
}

function fitModel(samples: readonly Sample[], learntFrom: string): WarningModel {
  const scaled = samples.map((one) => scaleFeatures(one.features));
  const columns = warningFeatures.length;
  const total = samples.reduce((sum, one) => sum + one.weight, 0);
  const means = warningFeatures.map(
    (_, c) => scaled.reduce((sum, row, r) => sum + samples[r]!.weight * row[c]!, 0) / total,
  );
  const deviations = warningFeatures.map(
    (_, c) =>
      Math.sqrt(scaled.reduce((sum, row, r) => sum + samples[r]!.weight * (row[c]! - means[c]!) ** 2, 0) / total) || 1,
  );
  const rows = Float64Array.from(
    scaled.flatMap((row) => [...row].map((value, c) => (value - means[c]!) / deviations[c]!)),
  );
  const found = fitLogistic(
    rows,
    Uint8Array.from(samples, (one) => one.label),
    Float64Array.from(samples, (one) => one.weight),
    columns,
    ridge,
  );
  if (!found.converged) throw new Error('the fit did not converge');
  const rounded = (value: number) => Number(value.toPrecision(6));
  return {
    withinHours,
    learntFrom,
    intercept: rounded(found.intercept),
    features: warningFeatures.map((name, c) => ({
      name,
      mean: rounded(means[c]!),
      deviation: rounded(deviations[c]!),
      coefficient: rounded(found.coefficients[c]!),
    })),
  };
}

function reliability(model: WarningModel, samples: readonly Sample[], name: string): void {
  const scored = samples.map((one) => ({ ...one, p: warn(model, one.features).probability }));
  const brier = scored.reduce((sum, one) => sum + (one.p - one.label) ** 2, 0) / scored.length;
  const base = scored.reduce((sum, one) => sum + one.label, 0) / scored.length;
  const area = auc(
    scored.map((one) => one.p),
    scored.map((one) => one.label),
  );
  console.log(
    `\n${name}: ${scored.length} moments of ${new Set(scored.map((one) => one.artifact)).size} artifacts, ${(base * 100).toFixed(1)} % crossed; Brier ${brier.toFixed(4)} (base rate ${(base * (1 - base)).toFixed(4)}), AUC ${area?.toFixed(3)}`,
  );
  const edges = [0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0000001];
  console.log('said        happened  n');
  for (let b = 0; b + 1 < edges.length; b++) {
    const inside = scored.filter((one) => one.p >= edges[b]! && one.p < edges[b + 1]!);
    if (inside.length === 0) continue;
    const said = inside.reduce((sum, one) => sum + one.p, 0) / inside.length;
    const happened = inside.reduce((sum, one) => sum + one.label, 0) / inside.length;
    console.log(`${said.toFixed(3).padEnd(12)}${happened.toFixed(3).padEnd(10)}${inside.length}`);
  }
  for (const threshold of [0.5, 0.6, 0.7, 0.8, 0.9]) {
    const warned = scored.filter((one) => one.p >= threshold && !one.story);
    const others = new Set(warned.map((one) => one.artifact));
    console.log(
      `threshold ${threshold}: other artifacts warned of ${others.size} (${[...others].slice(0, 6).join(' ')}), of which crossed ${new Set(warned.filter((one) => one.label === 1).map((one) => one.artifact)).size}; campaigns warned of in time ${firstAges(scored, threshold).length} of ${new Set(samples.filter((one) => one.story).map(world)).size}, at ages ${firstAges(scored, threshold).join(' ')}`,
    );
  }
}

const world = (one: Sample) => one.artifact.split(' ', 1)[0]!;

/** Of each campaign the youngest age at which one of its artifacts is warned of. */
function firstAges(scored: readonly (Sample & { p: number })[], threshold: number): number[] {
  const first = new Map<string, number>();
  for (const one of scored)
    if (one.story && one.p >= threshold && one.label === 1)
      first.set(world(one), Math.min(first.get(world(one)) ?? Infinity, one.age));
  return [...first.values()].sort((a, b) => a - b);
}

const teaching: Sample[] = [];
const held: Sample[] = [];
const taught = { seed: 0, none: 0, last: 0 };
for (let seed = 101; seed <= 140; seed++)
  for (const kind of ['seed', 'none'] as const) {
    try {
      const samples = await samplesOf(join(directory, `${kind}-${seed}`));
      for (const one of samples) one.artifact = `${kind}-${seed} ${one.artifact}`;
      (seed <= lastTaught ? teaching : held).push(...samples);
      if (seed > lastTaught) continue;
      taught[kind]++;
      taught.last = seed;
    } catch (error) {
      console.error(`${kind}-${seed}: ${error instanceof Error ? error.message : error}`);
    }
  }
const model = fitModel(
  teaching,
  `${taught.seed} planted campaigns and ${taught.none} planted worlds without one (seeds 101 to ${taught.last}, 8,000 to 30,000 posts)`,
);
console.log(`intercept ${model.intercept}`);
for (const one of model.features)
  console.log(
    one.name.padEnd(18),
    one.coefficient.toFixed(3),
    'mean',
    one.mean.toFixed(3),
    'sd',
    one.deviation.toFixed(3),
  );
reliability(model, teaching, 'taught');
if (held.length > 0) reliability(model, held, 'held out');
if (process.argv.includes('--write')) {
  const target = join(import.meta.dirname, '../src/analyses/watch-rules/data');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'warning-model.json'), `${JSON.stringify(model, null, 2)}\n`);
}
