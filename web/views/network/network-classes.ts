import type { Network } from './network-types.ts';

export type ColourBy = 'role' | 'platform' | 'community' | 'group';

/** Classes of nodes with a colour each, largest first; the colours of Okabe and Ito, which hold for colour-blind readers, then grey. */
export interface NetworkClasses {
  list: { name: string; css: string; nodes: number[] }[];
  /** Class of each node. */
  of: Uint16Array;
}

const palette = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7f6ec9', '#8c6d31'];
const grey = 'var(--participant)';
const roleOrder = ['origin', 'catalyst', 'influencer', 'mainstream', 'booster'];

export function networkClasses(network: Network, by: ColourBy): NetworkClasses {
  const { nodes } = network;
  const names = nodes.id.map((_, node) => nameOf(network, by, node));
  const members = new Map<string, number[]>();
  names.forEach((name, node) => {
    const list = members.get(name);
    if (list) list.push(node);
    else members.set(name, [node]);
  });
  const rest = by === 'role' ? 'no role' : by === 'group' ? 'in no group' : 'others';
  const ranked = [...members]
    .filter(([name]) => name !== rest)
    .sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]));
  const list =
    by === 'role'
      ? ranked
          .sort((a, b) => roleOrder.indexOf(a[0]) - roleOrder.indexOf(b[0]))
          .map(([name, own]) => ({ name, css: `var(--${name})`, nodes: own }))
      : ranked.slice(0, palette.length).map(([name, own], place) => ({ name, css: palette[place]!, nodes: own }));
  const left = [
    ...(members.get(rest) ?? []),
    ...(by === 'role' ? [] : ranked.slice(palette.length).flatMap(([, own]) => own)),
  ];
  if (left.length > 0) list.push({ name: rest, css: grey, nodes: left });
  const of = new Uint16Array(nodes.id.length);
  list.forEach((one, place) => {
    for (const node of one.nodes) of[node] = place;
  });
  return { list, of };
}

function nameOf({ nodes, communities }: Network, by: ColourBy, node: number): string {
  if (by === 'role') return nodes.role[node] === 'participant' ? 'no role' : (nodes.role[node] ?? 'no role');
  if (by === 'platform') return nodes.platform[node]!;
  if (by === 'group') return nodes.group[node] ?? 'in no group';
  const community = nodes.community[node]!;
  return `around ${communities.find((one) => one.community === community)?.label ?? community}`;
}
