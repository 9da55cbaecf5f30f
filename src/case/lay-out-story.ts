import { between, layOutNetwork, mostSingleNodes, type NetworkLayout } from '../base/network-layout.ts';
import { version } from '../version.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import { type NetworkColumns, type NetworkKind, networkColumns } from './network-edges.ts';
import { layoutVersion } from './result-form.ts';
import { storeResult } from './results.ts';
import type { NetworkHead, NetworkPiece } from './story-drawing.ts';

const seed = 1;
const mostCommunities = 3000;
const mostCommunityLinks = 2000;

const short = (number: number) => Math.round(number * 100) / 100;

/**
 * Builds a network of a story, lays it out and stores it with the case in the pieces that a view asks for: the
 * whole, or all communities as single nodes and each with its accounts.
 */
export async function layOutStory(
  spilloverCase: Case,
  story: string,
  kind: NetworkKind,
  effects: Effects,
): Promise<void> {
  const step = (what: string) =>
    effects.onProgress({ step: `${kind} network of ${story}: ${what}`, done: null, total: null, unit: 'steps' });
  step('collecting links');
  const columns = await networkColumns(spilloverCase, story, kind, effects);
  const { id, source, target, weight } = columns;
  step(`laying out ${id.length.toLocaleString('en')} accounts`);
  const layout = layOutNetwork({ nodes: id.length, source, target, weight, seed });
  step('writing the result');
  const laid = new LaidOutNetwork(columns, layout, kind);
  const { database } = spilloverCase;
  await database.transaction(async () => {
    await database.run('delete from network_piece where story = $story and network = $kind', { story, kind });
    for (const { community, piece } of laid.pieces())
      await database.run('insert into network_piece values ($story, $kind, $community, $json)', {
        story,
        kind,
        community,
        json: JSON.stringify(piece),
      });
  });
  await storeResult(spilloverCase, {
    story,
    analysis: `network-${kind}`,
    version: `${version}/network-${layoutVersion}`,
    options: { seed },
    seed,
    result: laid.head(),
  });
}

class LaidOutNetwork {
  readonly #columns: NetworkColumns;
  readonly #layout: NetworkLayout;
  /** Weight of the links of each account: of those where it was reshared, or of all that it acted together with. */
  readonly #strength: Float64Array;
  readonly #from: number;
  readonly #to: number;
  readonly #members: number[][];

  constructor(columns: NetworkColumns, layout: NetworkLayout, kind: NetworkKind) {
    this.#columns = columns;
    this.#layout = layout;
    const { id, source, target, weight, first } = columns;
    this.#strength = new Float64Array(id.length);
    for (let link = 0; link < source.length; link++) {
      this.#strength[source[link]!]! += weight[link]!;
      if (kind === 'coordination') this.#strength[target[link]!]! += weight[link]!;
    }
    const known = first.filter((time) => !Number.isNaN(time));
    this.#from = known.reduce((a, b) => Math.min(a, b), Infinity);
    this.#to = known.reduce((a, b) => Math.max(a, b), -Infinity);
    this.#members = Array.from(layout.sizes, () => []);
    for (let node = 0; node < id.length; node++) this.#members[layout.community[node]!]!.push(node);
  }

  head(): NetworkHead {
    const { statement, all } = this.#columns;
    return {
      statement,
      accounts: all.accounts,
      links: all.links,
      from: Number.isFinite(this.#from) ? new Date(this.#from).toISOString() : null,
      to: Number.isFinite(this.#to) ? new Date(this.#to).toISOString() : null,
      level: this.#layout.level,
      communities: this.#describe(),
    };
  }

  *pieces(): Generator<{ community: number | null; piece: NetworkPiece }> {
    if (this.#layout.level === 'accounts') {
      yield { community: null, piece: this.#accounts(Array.from(this.#columns.id.keys())) };
      return;
    }
    yield { community: null, piece: this.#communities() };
    const drawn = Math.min(this.#members.length, mostCommunities);
    for (let community = 0; community < drawn; community++)
      yield { community, piece: this.#accounts(this.#members[community]!) };
  }

  #describe(): NetworkHead['communities'] {
    const { label, platform } = this.#columns;
    return this.#members.slice(0, mostCommunities).map((members, community) => {
      const platforms: Record<string, number> = {};
      let heaviest = members[0]!;
      for (const node of members) {
        platforms[platform[node]!] = (platforms[platform[node]!] ?? 0) + 1;
        if (this.#strength[node]! > this.#strength[heaviest]!) heaviest = node;
      }
      return { community, accounts: members.length, label: label[heaviest]!, platforms };
    });
  }

  #accounts(members: readonly number[]): NetworkPiece {
    const { id, label, platform, source, target, weight, first } = this.#columns;
    const { positions, community } = this.#layout;
    const surplus = members.length - mostSingleNodes;
    const chosen =
      surplus <= 0
        ? members
        : members
            .toSorted((a, b) => this.#strength[b]! - this.#strength[a]! || a - b)
            .slice(0, mostSingleNodes)
            .toSorted((a, b) => a - b);
    const place = new Map(chosen.map((node, at) => [node, at]));
    const links = this.#linksOf(chosen, place);
    return {
      nodes: {
        id: chosen.map((node) => id[node]!),
        label: chosen.map((node) => label[node]!),
        x: chosen.map((node) => short(positions.x[node]!)),
        y: chosen.map((node) => short(positions.y[node]!)),
        weight: chosen.map((node) => short(this.#strength[node]!)),
        community: chosen.map((node) => community[node]!),
        platform: chosen.map((node) => platform[node]!),
        accounts: chosen.map(() => 1),
      },
      edges: {
        source: links.map((link) => place.get(source[link]!)!),
        target: links.map((link) => place.get(target[link]!)!),
        weight: links.map((link) => short(weight[link]!)),
        first: links.map((link) => (Number.isNaN(first[link]!) ? 0 : Math.round((first[link]! - this.#from) / 1000))),
      },
      omitted:
        surplus > 0
          ? `The ${mostSingleNodes.toLocaleString('en')} heaviest of ${members.length.toLocaleString('en')} accounts of this community are drawn.`
          : '',
    };
  }

  /** Links whose ends are both chosen, in their order. */
  #linksOf(chosen: readonly number[], place: ReadonlyMap<number, number>): number[] {
    this.#linksFrom ??= linksBySource(this.#columns);
    const { starts, order } = this.#linksFrom;
    const { target } = this.#columns;
    const links: number[] = [];
    for (const node of chosen)
      for (let at = starts[node]!; at < starts[node + 1]!; at++) {
        const link = order[at]!;
        if (place.has(target[link]!)) links.push(link);
      }
    return links.sort((a, b) => a - b);
  }
  #linksFrom: { starts: Uint32Array; order: Uint32Array } | null = null;

  #communities(): NetworkPiece {
    const described = this.#describe();
    const { source, target, weight } = this.#columns;
    const all = between(this.#layout.community, this.#layout.sizes.length, { source, target, weight });
    const count = described.length;
    const links = Array.from(all.source.keys())
      .filter((link) => all.source[link]! < count && all.target[link]! < count)
      .sort((a, b) => all.weight[b]! - all.weight[a]! || a - b)
      .slice(0, mostCommunityLinks);
    const omitted = this.#layout.sizes.length - count;
    return {
      nodes: {
        id: described.map(({ community }) => `community/${community}`),
        label: described.map(({ label }) => label),
        x: Array.from(this.#layout.communities.x.slice(0, count), short),
        y: Array.from(this.#layout.communities.y.slice(0, count), short),
        weight: described.map(({ community }) =>
          short(this.#members[community]!.reduce((sum, node) => sum + this.#strength[node]!, 0)),
        ),
        community: described.map(({ community }) => community),
        platform: described.map(({ platforms }) => Object.entries(platforms).sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''),
        accounts: described.map(({ accounts }) => accounts),
      },
      edges: {
        source: links.map((link) => all.source[link]!),
        target: links.map((link) => all.target[link]!),
        weight: links.map((link) => short(all.weight[link]!)),
        first: links.map(() => 0),
      },
      omitted: [
        all.source.length > links.length
          ? `The ${links.length.toLocaleString('en')} heaviest of ${all.source.length.toLocaleString('en')} links between communities are drawn.`
          : '',
        omitted > 0 ? `${omitted.toLocaleString('en')} small communities are not drawn.` : '',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    };
  }
}

function linksBySource({ id, source }: NetworkColumns): { starts: Uint32Array; order: Uint32Array } {
  const starts = new Uint32Array(id.length + 1);
  for (const node of source) starts[node + 1]! += 1;
  for (let node = 0; node < id.length; node++) starts[node + 1]! += starts[node]!;
  const next = starts.slice();
  const order = new Uint32Array(source.length);
  for (let link = 0; link < source.length; link++) {
    const node = source[link]!;
    order[next[node]!] = link;
    next[node]! += 1;
  }
  return { starts, order };
}
