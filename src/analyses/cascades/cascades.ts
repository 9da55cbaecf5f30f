import { type CascadeShapes, cascadeShapes } from '../../base/cascade-shape.ts';
import { UserError } from '../../base/errors.ts';
import { finite } from '../../base/finite.ts';
import { matchedDifference } from '../../base/matched-difference.ts';
import { quantile } from '../../base/quantile.ts';
import { Random } from '../../base/random.ts';
import type { Analysis, AnalysisInput } from '../analysis.ts';
import { choosePosts } from '../choose-posts.ts';
import { type CascadeTimes, cascadeTimes } from './cascade-times-kernel.ts';
import { cascadesDefinition } from './cascades-options.ts';
import type { CascadeEnsemble, CascadeEntry, CascadesResult, MatchedComparison, Spread } from './cascades-result.ts';
import { drawEnsemble } from './ensemble-kernel.ts';
import { type CascadeForest, loadForest } from './load-cascades.ts';
import { type NamedNode, nameNodes } from './name-nodes.ts';
import { summariseCascades } from './summarise-cascades.ts';

/** Nodes that all ensembles together may draw, and the largest cascade that gets one. */
const mostDrawn = 3_000_000;
const largestEnsemble = 100_000;
/** casIn and the 15 PDI settings. */
const models = 16;
const carriersShown = 5;
const sizeSteps = [2, 3, 4, 5, 6, 8, 11, 21, 51, 101, 201, 501, 1001, 10_001, 100_001, Number.POSITIVE_INFINITY];

export const cascades: Analysis<CascadesResult> = {
  definition: cascadesDefinition,
  run: runCascades,
  summarise: summariseCascades,
};

interface Loaded {
  forest: CascadeForest;
  shapes: CascadeShapes;
  times: CascadeTimes;
}

async function load(input: AnalysisInput, source: string, links: readonly string[]): Promise<Loaded> {
  const forest = await loadForest(input.database, source, links);
  const shapes = cascadeShapes(forest.parent);
  return { forest, shapes, times: cascadeTimes(shapes, forest.time) };
}

async function runCascades(input: AnalysisInput): Promise<CascadesResult> {
  const options = input.options as unknown as {
    links: readonly string[];
    minimumSize: number;
    ensembles: number;
    trees: number;
    top: number;
    compare: 'none' | 'rest';
    seed: number;
  };
  if (options.links.length === 0)
    throw new UserError('Without links there are no cascades.', 'Give --links reshare,reply,quote.');
  if (options.compare === 'rest' && input.story === null)
    throw new UserError('The rest of the case is what a story leaves: name the story with --story NAME.');
  await choosePosts(input);
  const random = new Random(`cascades ${options.seed}`);
  let rest: Loaded | null = null;
  if (options.compare === 'rest') {
    input.onStep('reading the rest of the case');
    await input.database.run(
      'create or replace temp view other_post as select post.* from post anti join story_post using (post_key) where post.time is not null',
    );
    rest = await load(input, 'other_post', options.links);
  }
  input.onStep('reading links');
  const loaded = await load(input, 'chosen_post', options.links);
  const { forest, shapes, times } = loaded;
  const several = Array.from(shapes.sizes.keys()).filter((c) => shapes.sizes[c]! > 1);
  several.sort((a, b) => shapes.sizes[b]! - shapes.sizes[a]! || times.start[a]! - times.start[b]! || a - b);
  const shown = several.slice(0, options.top);
  input.onStep('drawing ensembles');
  const ensembles = drawEnsembles(loaded, several, options, random);
  const wanted = new Set<number>();
  for (const c of shown) for (const v of postsOf(loaded, c).slice(0, 4)) wanted.add(v).add(shapes.roots[c]!);
  for (const one of ensembles.drawn)
    for (const carrier of one.carriers) wanted.add(carrier).add(shapes.roots[one.cascade]!);
  const names = await nameNodes(input.database, wanted);
  const singles = shapes.sizes.reduce((sum, size) => sum + (size === 1 ? 1 : 0), 0);
  return {
    posts: forest.posts,
    links: countLinks(forest),
    parentMissing: forest.parentMissing,
    parentLater: forest.parentLater,
    cascades: several.length,
    singlePosts: singles,
    largest: shapes.sizes.reduce((most, size) => Math.max(most, size), 0),
    sizeCcdf: ccdf(several.map((c) => shapes.sizes[c]!)),
    bySize: bySize(loaded, several),
    top: shown.map((c) => entryOf(loaded, c, names)),
    ensembles: ensembles.drawn.map((one) => ensembleOf(loaded, one, names)),
    tooLargeForEnsemble: ensembles.tooLarge,
    comparisons: rest ? compare(loaded, rest, random) : [],
  };
}

function countLinks({ posts, parent, kind }: CascadeForest): CascadesResult['links'] {
  const links = [0, 0, 0, 0];
  for (let i = 0; i < posts; i++) if (parent[i]! >= 0) links[kind[i]!] = links[kind[i]!]! + 1;
  return { reshare: links[1]!, reply: links[2]!, quote: links[3]! };
}

function postsOf({ times }: Loaded, c: number): number[] {
  return Array.from(times.nodes.subarray(times.offsets[c]!, Math.min(times.offsets[c + 1]!, times.offsets[c]! + 4)));
}

/** [size, cascades of at least that size]. */
function ccdf(descending: readonly number[]): [number, number][] {
  const points: [number, number][] = [];
  descending.forEach((size, at) => {
    if (size !== descending[at + 1]) points.push([size, at + 1]);
  });
  return points.reverse();
}

function spread(values: ArrayLike<number>): Spread {
  return {
    median: finite(quantile(values, 0.5)),
    low: finite(quantile(values, 0.05)),
    high: finite(quantile(values, 0.95)),
  };
}

function bySize({ shapes, times }: Loaded, several: readonly number[]): CascadesResult['bySize'] {
  return sizeSteps.slice(0, -1).flatMap((from, step) => {
    const to = sizeSteps[step + 1]! - 1;
    const own = several.filter((c) => shapes.sizes[c]! >= from && shapes.sizes[c]! <= to);
    if (own.length === 0) return [];
    return [
      {
        from,
        to: Math.min(
          to,
          own.reduce((most, c) => Math.max(most, shapes.sizes[c]!), 0),
        ),
        cascades: own.length,
        depth: spread(own.map((c) => shapes.depths[c]!)),
        structuralVirality: spread(own.map((c) => shapes.structuralViralities[c]!)),
        halfSeconds: spread(own.map((c) => times.halfSeconds[c]!)),
      },
    ];
  });
}

function entryOf(loaded: Loaded, c: number, names: ReadonlyMap<number, NamedNode>): CascadeEntry {
  const { forest, shapes, times } = loaded;
  const root = shapes.roots[c]!;
  const named = names.get(root)!;
  const kinds = [0, 0, 0, 0];
  for (let place = times.offsets[c]!; place < times.offsets[c + 1]!; place++) {
    const v = times.nodes[place]!;
    if (v !== root) kinds[forest.kind[v]!] = kinds[forest.kind[v]!]! + 1;
  }
  const breadths = shapes.breadths.subarray(shapes.breadthOffsets[c]!, shapes.breadthOffsets[c + 1]!);
  return {
    root: named.post,
    rootCollected: root < forest.posts,
    account: named.account,
    handle: named.handle,
    started: new Date(times.start[c]!).toISOString(),
    size: shapes.sizes[c]!,
    reshares: kinds[1]!,
    replies: kinds[2]!,
    quotes: kinds[3]!,
    depth: shapes.depths[c]!,
    maxBreadth: shapes.maxBreadths[c]!,
    breadthByDepth: Array.from(breadths.subarray(0, 50)),
    structuralVirality: finite(shapes.structuralViralities[c]!),
    halfSeconds: finite(times.halfSeconds[c]!),
    lastSeconds: finite(times.lastSeconds[c]!),
    withinTenSeconds: finite(times.withinTenSeconds[c]!),
    withinHour: finite(times.withinHour[c]!),
    posts: postsOf(loaded, c)
      .filter((v) => v !== root)
      .map((v) => names.get(v)!.post),
  };
}

interface DrawnEnsemble {
  cascade: number;
  nodes: Uint32Array;
  /** Nodes of the best carriers. */
  carriers: number[];
  places: number[];
  ensemble: ReturnType<typeof drawEnsemble>;
}

/** Ensembles of the cascades with the most reshares of a collected root, as far as all together draw no more nodes than they may. */
function drawEnsembles(
  { forest, shapes, times }: Loaded,
  several: readonly number[],
  options: { ensembles: number; minimumSize: number; trees: number },
  random: Random,
): { drawn: DrawnEnsemble[]; tooLarge: number } {
  const flat = several.flatMap((cascade) => {
    const root = shapes.roots[cascade]!;
    if (root >= forest.posts || shapes.sizes[cascade]! < options.minimumSize) return [];
    const nodes = times.nodes
      .subarray(times.offsets[cascade]!, times.offsets[cascade + 1]!)
      .filter((v) => v === root || (forest.kind[v] === 1 && forest.parent[v] === root));
    return nodes.length >= options.minimumSize ? [{ cascade, nodes }] : [];
  });
  flat.sort((a, b) => b.nodes.length - a.nodes.length);
  const fitting = flat.filter(({ nodes }) => nodes.length <= largestEnsemble);
  let total = 0;
  const chosen = fitting.slice(0, options.ensembles).filter(({ nodes }) => {
    if (models * (total + nodes.length) > mostDrawn) return false;
    total += nodes.length;
    return true;
  });
  const trees = Math.max(1, Math.min(options.trees, Math.floor(mostDrawn / (models * Math.max(1, total)))));
  const drawn = chosen.map(({ cascade, nodes }): DrawnEnsemble => {
    const seconds = Float64Array.from(nodes, (v) => forest.time[v]! / 1000);
    const followers = Float64Array.from(nodes, (v) => forest.followers[v]!);
    const ensemble = drawEnsemble(seconds, followers, trees, random);
    const middle = Float64Array.from(nodes, (_, n) =>
      quantile(
        ensemble.pdi.map((one) => one[n]!),
        0.5,
      ),
    );
    const places = Array.from(nodes.keys()).slice(1);
    places.sort((a, b) => middle[b]! - middle[a]! || a - b);
    const best = places.slice(0, carriersShown);
    return { cascade, nodes, ensemble, places: best, carriers: best.map((place) => nodes[place]!) };
  });
  const wanted = Math.min(flat.length, options.ensembles);
  return { drawn, tooLarge: Math.max(0, wanted - chosen.length) };
}

function ensembleOf({ shapes }: Loaded, one: DrawnEnsemble, names: ReadonlyMap<number, NamedNode>): CascadeEnsemble {
  const { ensemble } = one;
  return {
    root: names.get(shapes.roots[one.cascade]!)!.post,
    reshares: one.nodes.length - 1,
    trees: ensemble.depth.length,
    depth: spread(ensemble.depth),
    maxBreadth: spread(ensemble.maxBreadth),
    structuralVirality: spread(ensemble.structuralVirality),
    carriers: one.places.map((place, at) => {
      const { account, handle, post } = names.get(one.carriers[at]!)!;
      return {
        account,
        handle,
        post,
        casin: finite(ensemble.casin[place]!),
        pdi: spread(ensemble.pdi.map((own) => own[place]!)),
      };
    }),
  };
}

/** Cascades of equal size (above 20 posts: within a tenth) in the story and in the rest of the case. */
function compare(story: Loaded, rest: Loaded, random: Random): MatchedComparison[] {
  const measures: [MatchedComparison['measure'], (loaded: Loaded, c: number) => number][] = [
    ['depth', ({ shapes }, c) => shapes.depths[c]!],
    ['structural virality', ({ shapes }, c) => shapes.structuralViralities[c]!],
    ['half time', ({ times }, c) => times.halfSeconds[c]!],
  ];
  const cascadesOf = ({ shapes }: Loaded) => Array.from(shapes.sizes.keys()).filter((c) => shapes.sizes[c]! > 1);
  const own = cascadesOf(story);
  const others = cascadesOf(rest);
  const stratum = (size: number) => (size <= 20 ? size : 20 + Math.ceil(Math.log(size / 20) / Math.log(1.1)));
  const strata = [
    ...own.map((c) => stratum(story.shapes.sizes[c]!)),
    ...others.map((c) => stratum(rest.shapes.sizes[c]!)),
  ];
  const isFirst = [...own.map(() => true), ...others.map(() => false)];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return measures.flatMap(([measure, of]) => {
    const ownValues = own.map((c) => of(story, c));
    const otherValues = others.map((c) => of(rest, c));
    const found = matchedDifference(Float64Array.from([...ownValues, ...otherValues]), isFirst, strata, random);
    if (!found) return [];
    return [
      {
        cascades: found.first,
        others: found.second,
        measure,
        difference: finite(found.difference),
        unmatchedDifference: finite(mean(ownValues) - mean(otherValues)),
        pValue: finite(found.pValue),
      },
    ];
  });
}
