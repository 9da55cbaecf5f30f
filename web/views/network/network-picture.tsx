import { useComputedColorScheme } from '@mantine/core';
import Graph from 'graphology';
import { useEffect, useRef } from 'react';
import Sigma from 'sigma';
import { EdgeLineProgram } from 'sigma/rendering';
import { showForeign } from '../../parts/foreign-text.ts';
import type { NetworkClasses } from './network-classes.ts';
import type { Network } from './network-types.ts';
import { UnrolledCircleProgram, UnrolledRectangleProgram } from './unrolled-programs.ts';

const manyLinks = 4000;

interface NetworkPictureProps {
  network: Network;
  classes: NetworkClasses;
  /** Seconds since the network's beginning within which links are shown. */
  window: { from: number; to: number };
  found: readonly number[] | null;
  chosen: readonly number[] | null;
  onOpen: (node: number) => void;
}

/** The drawing on WebGL; the list beside it holds the same for keyboards and screen readers. */
export function NetworkPicture({ network, classes, window, found, chosen, onOpen }: NetworkPictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const sigma = useRef<Sigma | null>(null);
  const scheme = useComputedColorScheme('light');
  const shown = useRef({
    classes,
    window,
    lit: null as ReadonlySet<number> | null,
    colours: [] as string[],
    linked: new Uint8Array(0),
  });
  const open = useRef(onOpen);
  open.current = onOpen;

  // Before the drawing is made, so that its first picture is drawn once; where the network changes, React has put the old drawing away by now.
  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const lit = chosen ?? found;
    shown.current = {
      classes,
      window,
      lit: lit === null ? null : new Set(lit),
      colours: classes.list.map((one) =>
        one.css.startsWith('var(') ? style.getPropertyValue(one.css.slice(4, -1)).trim() : one.css,
      ),
      linked: linkedNodes(network, window),
    };
    sigma.current?.refresh({ skipIndexation: true });
  }, [network, classes, window, found, chosen, scheme]);

  useEffect(() => {
    const element = box.current!;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const soft = colour('--line');
    const isCrowded = network.edges.source.length > manyLinks;
    const graph = buildGraph(network);
    const drawn = new Sigma(graph, element, {
      allowInvalidContainer: true,
      edgeProgramClasses: { line: isCrowded ? EdgeLineProgram : UnrolledRectangleProgram },
      nodeProgramClasses: { circle: UnrolledCircleProgram },
      hideEdgesOnMove: isCrowded,
      labelColor: { color: colour('--ink') },
      labelFont: 'Libre Franklin Variable, sans-serif',
      labelSize: 12,
      labelWeight: '550',
      labelRenderedSizeThreshold: smallestNamed(graph),
      defaultEdgeColor: soft,
      zIndex: true,
      nodeReducer: (key, data) => {
        const node = Number(key);
        const { classes: now, lit, colours, linked } = shown.current;
        const base = { ...data, color: colours[now.of[node]!] ?? soft };
        if (linked.length > 0 && linked[node] === 0) return { ...base, color: soft, label: '', zIndex: 0 };
        if (lit === null) return base;
        return lit.has(node)
          ? { ...base, highlighted: lit.size <= 40, zIndex: 2, size: data.size + 1.5 }
          : { ...base, color: soft, label: '', zIndex: 0 };
      },
      edgeReducer: (key, data) => {
        const edge = Number(key);
        const first = network.edges.first[edge]!;
        const { window: within, lit } = shown.current;
        if (first < within.from || first > within.to) return { ...data, hidden: true };
        if (lit !== null && !(lit.has(network.edges.source[edge]!) && lit.has(network.edges.target[edge]!)))
          return { ...data, hidden: true };
        return lit === null ? data : { ...data, color: colour('--dim') };
      },
    });
    drawn.on('clickNode', ({ node }) => open.current(Number(node)));
    drawn.on('enterNode', () => {
      element.style.cursor = 'pointer';
    });
    drawn.on('leaveNode', () => {
      element.style.cursor = '';
    });
    sigma.current = drawn;
    return () => {
      // Sigma refreshes some time after the end of a drag, also when it was killed meanwhile.
      sigma.current = null;
      drawn.kill();
      drawn.refresh = () => drawn;
    };
  }, [network, scheme]);

  const zoom = (way: 'in' | 'out' | 'all') => {
    const camera = sigma.current?.getCamera();
    if (way === 'all') void camera?.animatedReset();
    else if (way === 'in') void camera?.animatedZoom(1.5);
    else void camera?.animatedUnzoom(1.5);
  };
  return (
    <div className="network-picture">
      <div
        ref={box}
        className="network-canvas"
        role="img"
        aria-label={`Network of ${network.nodes.id.length} ${network.level}; the list beside it names them`}
      />
      <div className="network-zoom">
        {(
          [
            ['in', '+', 'Zoom in'],
            ['out', '−', 'Zoom out'],
            ['all', '⤢', 'Show all'],
          ] as const
        ).map(([way, sign, name]) => (
          <button key={way} type="button" className="plain tool" aria-label={name} onClick={() => zoom(way)}>
            {sign}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Nodes cover at most about a tenth of the picture, however many they are. */
const mostCovered = 30_000;

function buildGraph({ nodes, edges, level }: Network): Graph {
  const graph = new Graph({ type: 'directed', multi: false, allowSelfLoops: true });
  const measure = level === 'communities' ? nodes.accounts : nodes.weight;
  const most = measure.reduce((top, one) => Math.max(top, one), 1);
  const [least, span] = level === 'communities' ? [4, 26] : [2, 12];
  const sizes = measure.map((one) => least + span * Math.sqrt(one / most));
  const covered = sizes.reduce((area, size) => area + size * size, 0);
  const shrink = Math.min(1, Math.sqrt(mostCovered / covered));
  sizes.forEach((size, node) => {
    graph.addNode(node, {
      x: nodes.x[node],
      y: nodes.y[node],
      size: Math.max(1.2, size * shrink),
      label: showForeign(nodes.label[node]!, 40).text,
    });
  });
  const heaviest = edges.weight.reduce((top, one) => Math.max(top, one), 1);
  for (let edge = 0; edge < edges.source.length; edge++) {
    graph.addEdgeWithKey(edge, edges.source[edge], edges.target[edge], {
      size: 0.4 + 2.6 * Math.sqrt(edges.weight[edge]! / heaviest),
    });
  }
  return graph;
}

/** Size from which a node is named before the picture is zoomed: that of the sixtieth largest, or 6. */
function smallestNamed(graph: Graph): number {
  const sizes = graph.mapNodes((_, { size }) => size as number).sort((a, b) => b - a);
  return Math.min(6, sizes[Math.min(60, sizes.length) - 1] ?? 6);
}

/** 1 for each node with a link inside the window; empty where the window holds all. */
function linkedNodes(network: Network, window: { from: number; to: number }): Uint8Array<ArrayBuffer> {
  if (window.from === Number.NEGATIVE_INFINITY && window.to === Number.POSITIVE_INFINITY) return new Uint8Array(0);
  const linked = new Uint8Array(network.nodes.id.length);
  const { source, target, first } = network.edges;
  for (let edge = 0; edge < source.length; edge++) {
    if (first[edge]! < window.from || first[edge]! > window.to) continue;
    linked[source[edge]!] = 1;
    linked[target[edge]!] = 1;
  }
  return linked;
}
