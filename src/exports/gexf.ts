import type { Network, NetworkAttribute, NetworkValue, Spell } from '../domain/network.ts';
import { xmlText } from '../domain/xml-text.ts';

/**
 * GEXF 1.3 (gexf.net) in pieces, so that a large network is never held as one text. With `dynamic`, spells are written as intervals
 * in UTC; Gephi shows a node or edge without a spell at all times.
 */
export function* gexf(
  network: Network,
  options: { dynamic: boolean; counts?: { nodes: number; edges: number } },
): Iterable<string> {
  const { dynamic, counts } = options;
  const count = (n: number | undefined) => (n === undefined ? '' : ` count="${n}"`);
  yield `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>Spillover</creator><description>${xmlText(`${network.title}. ${network.description}`)}</description></meta>
<graph defaultedgetype="${network.directed ? 'directed' : 'undirected'}" mode="${dynamic ? 'dynamic' : 'static'}"${dynamic ? ' timeformat="dateTime" timerepresentation="interval" timezone="UTC"' : ''}>
`;
  yield attributes('node', network.nodeAttributes);
  yield attributes('edge', network.edgeAttributes);
  yield `<nodes${count(counts?.nodes)}>\n`;
  for (const node of network.nodes)
    yield `<node id="${xmlText(node.id)}" label="${xmlText(node.label)}">${values(network.nodeAttributes, node.values)}${dynamic ? spells(node.spells) : ''}</node>\n`;
  yield `</nodes>\n<edges${count(counts?.edges)}>\n`;
  let at = 0;
  for (const edge of network.edges)
    yield `<edge id="${at++}" source="${xmlText(edge.source)}" target="${xmlText(edge.target)}" weight="${edge.weight}">${values(network.edgeAttributes, edge.values)}${dynamic ? spells(edge.spells) : ''}</edge>\n`;
  yield '</edges>\n</graph>\n</gexf>\n';
}

function attributes(of: 'node' | 'edge', list: readonly NetworkAttribute[]): string {
  if (list.length === 0) return '';
  return `<attributes class="${of}" mode="static">${list
    .map((one) => `<attribute id="${xmlText(one.id)}" title="${xmlText(one.id)}" type="${one.kind}"/>`)
    .join('')}</attributes>\n`;
}

function values(list: readonly NetworkAttribute[], cells: readonly NetworkValue[]): string {
  let text = '';
  for (let at = 0; at < list.length; at++) {
    const cell = cells[at];
    if (cell === null || cell === undefined) continue;
    text += `<attvalue for="${list[at]!.id}" value="${typeof cell === 'string' ? xmlText(cell) : cell}"/>`;
  }
  return text === '' ? '' : `<attvalues>${text}</attvalues>`;
}

function spells(list: readonly Spell[] | undefined): string {
  if (!list || list.length === 0) return '';
  return `<spells>${list.map((one) => `<spell start="${new Date(one.from).toISOString()}" end="${new Date(one.to).toISOString()}"/>`).join('')}</spells>`;
}
