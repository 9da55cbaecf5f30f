import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectedGraph } from 'graphology';
import { parse as parseGexf } from 'graphology-gexf';
import { parse as parseGraphml } from 'graphology-graphml';
import { afterAll, expect, test } from 'vitest';
import type { Network } from '../domain/network.ts';
import { gexf } from './gexf.ts';
import { graphml } from './graphml.ts';
import { edgesCsv, nodesCsv } from './network-csv.ts';
import { writeChunks } from './write-chunks.ts';

const folder = mkdtempSync(join(tmpdir(), 'network-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = Date.UTC(2024, 4, 13, 10, 0, 0, 250);
const network: Network = {
  title: 'Harbour <papers>',
  description: 'who passed it on & when',
  directed: true,
  nodeAttributes: [
    { id: 'platform', kind: 'string' },
    { id: 'score', kind: 'double' },
    { id: 'posts', kind: 'integer' },
    { id: 'significant', kind: 'boolean' },
  ],
  edgeAttributes: [
    { id: 'evidence', kind: 'string' },
    { id: 'reshares', kind: 'integer' },
  ],
  nodes: [
    { id: 'x/1', label: '=cmd "A" <b>&amp;', values: ['x', 0.25, 3, true], spells: [{ from: at, to: at + 1000 }] },
    { id: 'x/861001234567890123', label: 'tab\tand\nline\u0000', values: ['x', null, 1, false] },
    { id: 'telegram/ü😀', label: 'ü😀\ud800', values: ['telegram', 1e-9, 0, true] },
  ],
  edges: [
    {
      source: 'x/1',
      target: 'x/861001234567890123',
      weight: 2,
      values: ['x/5 x/6', 2],
      spells: [
        { from: at, to: at },
        { from: at + 5000, to: at + 6000 },
      ],
    },
    { source: 'telegram/ü😀', target: 'x/1', weight: 0.5, values: [null, 0] },
  ],
};
const labels = ['=cmd "A" <b>&amp;', 'tab\tand\nline\ufffd', 'ü😀\ufffd'];

const files = {
  still: join(folder, 'still.gexf'),
  moving: join(folder, 'moving.gexf'),
  graphml: join(folder, 'n.graphml'),
};
writeChunks(files.still, gexf(network, { dynamic: false, counts: { nodes: 3, edges: 2 } }));
writeChunks(files.moving, gexf(network, { dynamic: true }));
writeChunks(files.graphml, graphml(network));

/** GraphML's own ids may hold neither slash nor colon: what the network calls a node is its attribute `name`. */
function byName(graph: DirectedGraph): DirectedGraph {
  const named = new DirectedGraph();
  const name = (node: string) => graph.getNodeAttribute(node, 'name') as string;
  graph.forEachNode((node, attributes) => named.addNode(name(node), attributes));
  graph.forEachEdge((_, attributes, source, target) => named.addEdge(name(source), name(target), attributes));
  return named;
}

test('graphology reads back the same nodes, edges and attributes', () => {
  for (const graph of [
    parseGexf(DirectedGraph, readFileSync(files.still, 'utf8')),
    parseGexf(DirectedGraph, readFileSync(files.moving, 'utf8')),
    byName(parseGraphml(DirectedGraph, readFileSync(files.graphml, 'utf8'))),
  ]) {
    expect(graph.nodes()).toEqual(['x/1', 'x/861001234567890123', 'telegram/ü😀']);
    expect(graph.nodes().map((node) => graph.getNodeAttribute(node, 'label'))).toEqual(labels);
    expect(graph.getNodeAttributes('x/1')).toMatchObject({ platform: 'x', score: 0.25, posts: 3, significant: true });
    expect(graph.hasNodeAttribute('x/861001234567890123', 'score')).toBe(false);
    expect(graph.getEdgeAttributes('x/1', 'x/861001234567890123')).toMatchObject({ weight: 2, reshares: 2 });
    expect(graph.getEdgeAttributes('telegram/ü😀', 'x/1')).toMatchObject({ weight: 0.5, reshares: 0 });
    expect([graph.type === 'undirected', graph.size]).toEqual([false, 2]);
  }
});

const python = ['/usr/bin/python3', 'python3'].find((name) => {
  try {
    execFileSync(name, ['-c', 'import networkx, igraph'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});
interface Read {
  directed: boolean;
  nodes: Record<string, Record<string, unknown>>;
  edges: [string, string, Record<string, unknown>][];
  spells?: unknown[][];
}
const read = (kind: string, file: string): Read =>
  JSON.parse(execFileSync(python!, ['test/support/read-network.py', kind, file], { encoding: 'utf8' }));

test.skipIf(python === undefined)(
  'networkx and igraph read back the same (skipped without python3-networkx and python3-igraph)',
  () => {
    for (const [kind, file] of [
      ['gexf', files.still],
      ['gexf', files.moving],
      ['graphml', files.graphml],
      ['igraph', files.graphml],
    ] as const) {
      const found = read(kind, file);
      expect(found.directed).toBe(true);
      expect(Object.keys(found.nodes)).toEqual(['x/1', 'x/861001234567890123', 'telegram/ü😀']);
      expect(Object.values(found.nodes).map((one) => one.label)).toEqual(labels);
      expect(found.nodes['x/1']).toMatchObject({ platform: 'x', score: 0.25, posts: 3, significant: true });
      expect(found.nodes['telegram/ü😀']).toMatchObject({
        platform: 'telegram',
        score: 1e-9,
        posts: 0,
        significant: true,
      });
      expect(found.edges.map(([a, b]) => [a, b])).toEqual([
        ['x/1', 'x/861001234567890123'],
        ['telegram/ü😀', 'x/1'],
      ]);
      expect(found.edges[0]![2]).toMatchObject({ weight: 2, evidence: 'x/5 x/6', reshares: 2 });
    }
    expect(read('gexf', files.moving).spells![0]![2]).toEqual([
      ['2024-05-13T10:00:00.250Z', '2024-05-13T10:00:00.250Z'],
      ['2024-05-13T10:00:05.250Z', '2024-05-13T10:00:06.250Z'],
    ]);
  },
);

const schemas = 'node_modules/.cache/network-schemas';
test.skipIf(!existsSync(`${schemas}/gexf.xsd`))(
  'GEXF and GraphML are valid by their schemas (skipped without scripts/network-schemas.sh)',
  () => {
    const check = (file: string, schema: string) =>
      spawnSync('xmllint', ['--noout', '--nonet', '--schema', `${schemas}/${schema}.xsd`, file], { encoding: 'utf8' });
    for (const [file, schema] of [
      [files.still, 'gexf'],
      [files.moving, 'gexf'],
      [files.graphml, 'graphml'],
    ] as const)
      expect(check(file, schema).stderr.trim()).toBe(`${file} validates`);
    const wrong = join(folder, 'wrong.gexf');
    writeChunks(wrong, [readFileSync(files.still, 'utf8').replace('<nodes', '<knots').replace('</nodes', '</knots')]);
    expect(check(wrong, 'gexf').status).not.toBe(0);
  },
);

test('lists for a spreadsheet: no formula in a label, ids keep their platform', () => {
  expect([...nodesCsv(network)].slice(0, 2)).toEqual([
    '\ufeffid,label,platform,score,posts,significant\r\n',
    'x/1,"\'=cmd ""A"" <b>&amp;",x,0.25,3,true\r\n',
  ]);
  expect([...edgesCsv(network)][2]).toBe('telegram/ü😀,x/1,0.5,,0\r\n');
});

test('a file that cannot be written is the user’s to mend, and nothing half-written stays', () => {
  expect(() => writeChunks(join(folder, 'no', 'x.gexf'), ['a'])).toThrow('cannot be written');
});
