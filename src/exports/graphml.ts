import type { Network, NetworkAttribute, NetworkValue } from '../domain/network.ts';
import { xmlText } from '../domain/xml-text.ts';

/**
 * GraphML (graphml.graphdrawing.org) in pieces. Its ids may hold neither slash nor colon, so nodes are n0, n1, … and what the network calls them is
 * the attribute `name`; labels and weights are attributes `label` and `weight`.
 */
export function* graphml(network: Network): Iterable<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
<desc>${xmlText(`${network.title}. ${network.description}`)}</desc>
<key id="n_name" for="node" attr.name="name" attr.type="string"/>
<key id="n_label" for="node" attr.name="label" attr.type="string"/>
${keys('node', 'n', network.nodeAttributes)}<key id="e_weight" for="edge" attr.name="weight" attr.type="double"/>
${keys('edge', 'e', network.edgeAttributes)}<graph id="G" edgedefault="${network.directed ? 'directed' : 'undirected'}">
`;
  const placeOf = new Map<string, number>();
  for (const node of network.nodes) {
    const place = placeOf.size;
    placeOf.set(node.id, place);
    yield `<node id="n${place}"><data key="n_name">${xmlText(node.id)}</data><data key="n_label">${xmlText(node.label)}</data>${data('n', network.nodeAttributes, node.values)}</node>\n`;
  }
  let at = 0;
  for (const edge of network.edges)
    yield `<edge id="e${at++}" source="n${placeOf.get(edge.source)}" target="n${placeOf.get(edge.target)}"><data key="e_weight">${edge.weight}</data>${data('e', network.edgeAttributes, edge.values)}</edge>\n`;
  yield '</graph>\n</graphml>\n';
}

const types = { string: 'string', integer: 'long', double: 'double', boolean: 'boolean' } as const;

function keys(of: 'node' | 'edge', prefix: string, list: readonly NetworkAttribute[]): string {
  return list
    .map(
      (one) =>
        `<key id="${prefix}_${xmlText(one.id)}" for="${of}" attr.name="${xmlText(one.id)}" attr.type="${types[one.kind]}"/>\n`,
    )
    .join('');
}

function data(prefix: string, list: readonly NetworkAttribute[], cells: readonly NetworkValue[]): string {
  let text = '';
  for (let at = 0; at < list.length; at++) {
    const cell = cells[at];
    if (cell === null || cell === undefined) continue;
    text += `<data key="${prefix}_${list[at]!.id}">${typeof cell === 'string' ? xmlText(cell) : cell}</data>`;
  }
  return text;
}
