export type NetworkValue = string | number | boolean | null;

export interface NetworkAttribute {
  /** Name in the file, in words that a reader of Gephi understands; letters, digits and underscores. */
  id: string;
  kind: 'string' | 'integer' | 'double' | 'boolean';
}

/** A time during which a node or an edge is there, milliseconds since 1970, both ends included. */
export interface Spell {
  from: number;
  to: number;
}

export interface NetworkNode {
  id: string;
  label: string;
  /** One value for each of `nodeAttributes`. */
  values: readonly NetworkValue[];
  spells?: readonly Spell[];
}

export interface NetworkEdge {
  source: string;
  target: string;
  weight: number;
  /** One value for each of `edgeAttributes`. */
  values: readonly NetworkValue[];
  spells?: readonly Spell[];
}

/**
 * A network as network files hold it. `nodes` and `edges` are iterated once for each file, in the order in which they are written,
 * and may be generators over columns; every edge ends at nodes that `nodes` yields, at most one edge for each pair.
 */
export interface Network {
  title: string;
  description: string;
  directed: boolean;
  nodeAttributes: readonly NetworkAttribute[];
  edgeAttributes: readonly NetworkAttribute[];
  nodes: Iterable<NetworkNode>;
  edges: Iterable<NetworkEdge>;
}
