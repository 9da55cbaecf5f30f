import type { Network } from '../domain/network.ts';
import { byteOrderMark, csvLine } from './csv.ts';

/** Node list of a network: id, label and attributes. */
export function* nodesCsv(network: Network): Iterable<string> {
  yield byteOrderMark + csvLine(['id', 'label', ...network.nodeAttributes.map((one) => one.id)]);
  for (const node of network.nodes) yield csvLine([node.id, node.label, ...node.values]);
}

/** Edge list of a network: source, target, weight and attributes. */
export function* edgesCsv(network: Network): Iterable<string> {
  yield byteOrderMark + csvLine(['source', 'target', 'weight', ...network.edgeAttributes.map((one) => one.id)]);
  for (const edge of network.edges) yield csvLine([edge.source, edge.target, edge.weight, ...edge.values]);
}
