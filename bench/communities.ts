import { writeSync } from 'node:fs';
import { adjustedRandIndex } from '../src/base/adjusted-rand-index.ts';
import { buildCsrGraph } from '../src/base/csr-graph.ts';
import { leiden } from '../src/base/leiden.ts';
import { pagerank } from '../src/base/pagerank.ts';
import { Random } from '../src/base/random.ts';

interface Size {
  nodes: number;
  edges: number;
  /** Recorded in shared/reference/performance.md on two cores: igraph's Leiden step and whole process, seconds. */
  igraphStep: number;
  igraphWhole: number;
}

const SIZES: Record<string, Size> = {
  '50k': { nodes: 50_000, edges: 500_000, igraphStep: 0.5, igraphWhole: 1.4 },
  '500k': { nodes: 500_000, edges: 5_000_000, igraphStep: 9.1, igraphWhole: 18.2 },
};

/** Communities of Zipf-like sizes; three edges in four stay inside one community, ends are drawn with a heavy tail. */
function plantGraph(size: Size, random: Random) {
  const { nodes, edges } = size;
  const communities = Math.round(Math.sqrt(nodes) / 2);
  const bounds = new Float64Array(communities);
  let sum = 0;
  for (let c = 0; c < communities; c++) {
    sum += 1 / (c + 10);
    bounds[c] = sum;
  }
  const starts = new Uint32Array(communities + 1);
  for (let c = 0; c < communities; c++) starts[c + 1] = Math.round((nodes * bounds[c]!) / sum);
  const shuffled = new Uint32Array(nodes);
  for (let v = 0; v < nodes; v++) shuffled[v] = v;
  random.shuffle(shuffled);
  const truth = new Uint32Array(nodes);
  for (let c = 0; c < communities; c++) {
    for (let i = starts[c]!; i < starts[c + 1]!; i++) truth[shuffled[i]!] = c;
  }
  const source = new Uint32Array(edges);
  const target = new Uint32Array(edges);
  for (let e = 0; e < edges; e++) {
    const a = Math.floor(nodes * random.uniform());
    const c = truth[shuffled[a]!]!;
    const inside = random.uniform() < 0.75;
    const from = inside ? starts[c]! : 0;
    const width = inside ? starts[c + 1]! - from : nodes;
    source[e] = shuffled[a]!;
    target[e] = shuffled[from + Math.floor(width * random.uniform() ** 2)]!;
  }
  return { source, target, truth };
}

function seconds(since: number): number {
  return (performance.now() - since) / 1000;
}

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(SIZES)) {
  const size = SIZES[name];
  if (size === undefined) throw new Error(`sizes are ${Object.keys(SIZES).join(', ')}`);
  const { source, target, truth } = plantGraph(size, new Random(1));
  const whole = performance.now();
  const graph = buildCsrGraph({ nodes: size.nodes, source, target });
  const built = seconds(whole);
  const ranking = performance.now();
  const ranks = pagerank(graph);
  const ranked = seconds(ranking);
  const stepping = performance.now();
  const found = leiden(graph, new Random(1));
  const step = seconds(stepping);
  const row = {
    graph: name,
    edges: graph.targets.length / 2,
    buildSeconds: built.toFixed(2),
    pagerankSeconds: ranked.toFixed(2),
    pagerankIterations: ranks.iterations,
    leidenSeconds: step.toFixed(2),
    ratioToIgraphStep: (step / size.igraphStep).toFixed(2),
    wholeSeconds: seconds(whole).toFixed(2),
    ratioToIgraphWhole: (seconds(whole) / size.igraphWhole).toFixed(2),
    passes: found.iterations,
    communities: found.count,
    modularity: found.modularity.toFixed(5),
    agreementWithPlanted: adjustedRandIndex(found.membership, truth).toFixed(4),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  writeSync(1, `${JSON.stringify(row)}\n`);
}
