import type { DrawnArc } from './drawn-arcs.ts';

/** Crossings: solid where something is linked, dashed for an announcement, thin for mere equal texts. */
export function MapArcs({ arcs, shownTo, lit }: { arcs: readonly DrawnArc[]; shownTo: number; lit: number | null }) {
  return (
    <g>
      {arcs.map((arc) => (
        <g
          key={arc.place}
          className={`arc ${arc.bridge.kind}${arc.first ? ' first' : ''}${lit === arc.place ? ' lit' : ''}`}
          opacity={arc.to <= shownTo ? undefined : 0.06}
        >
          <path d={arc.path} />
          <circle cx={arc.endX} cy={arc.endY} r={arc.first ? 3 : 2} />
        </g>
      ))}
    </g>
  );
}
