import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Weights for edges named more than once, loops dropped, as the kernel does; igraph's defaults (two passes) on modularity. */
const IGRAPH = `
import array, json, resource, sys, time
import igraph
began = time.perf_counter()
ends = array.array('I')
with open(sys.argv[1], 'rb') as file: ends.frombytes(file.read())
graph = igraph.Graph(n=int(sys.argv[2]), edges=list(zip(ends[0::2], ends[1::2])))
graph.es['weight'] = 1
graph.simplify(combine_edges='sum')
built = time.perf_counter()
found = graph.community_leiden(objective_function='modularity', weights='weight', n_iterations=2)
step = time.perf_counter() - built
print(json.dumps({'step': step, 'whole': time.perf_counter() - began, 'modularity': graph.modularity(found.membership, weights='weight'),
  'megabytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
`;

interface Igraph {
  step: number;
  whole: number;
  modularity: number;
  megabytes: number;
}

/** igraph's Leiden on the same graph in a process of its own, where Debian's python3-igraph is there. */
function igraph(source: Uint32Array, target: Uint32Array, nodes: number): Igraph | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'spillover-igraph-'));
  const file = join(directory, 'edges');
  const ends = new Uint32Array(2 * source.length);
  for (let e = 0; e < source.length; e++) {
    ends[2 * e] = source[e]!;
    ends[2 * e + 1] = target[e]!;
  }
  writeFileSync(file, ends);
  const { status, stdout } = spawnSync('/usr/bin/python3', ['-c', IGRAPH, file, String(nodes)], { encoding: 'utf8' });
  rmSync(directory, { recursive: true });
  return status === 0 ? (JSON.parse(stdout) as Igraph) : undefined;
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
  const wholeSeconds = seconds(whole);
  const peak = process.resourceUsage().maxRSS;
  const peer = igraph(source, target, size.nodes);
  const row = {
    graph: name,
    edges: graph.targets.length / 2,
    buildSeconds: built.toFixed(2),
    pagerankSeconds: ranked.toFixed(2),
    pagerankIterations: ranks.iterations,
    leidenSeconds: step.toFixed(2),
    ratioToIgraphStep: peer ? (step / peer.step).toFixed(2) : 'no igraph here',
    ratioToRecordedIgraphStep: (step / size.igraphStep).toFixed(2),
    igraph: peer,
    wholeSeconds: wholeSeconds.toFixed(2),
    ratioToRecordedIgraphWhole: (wholeSeconds / size.igraphWhole).toFixed(2),
    passes: found.iterations,
    communities: found.count,
    modularity: found.modularity.toFixed(5),
    agreementWithPlanted: adjustedRandIndex(found.membership, truth).toFixed(4),
    peakMegabytes: Math.round(peak / 1024),
  };
  writeSync(1, `${JSON.stringify(row)}\n`);
}
