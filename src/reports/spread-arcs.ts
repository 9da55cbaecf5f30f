import type { Bridge, BridgeKind, TraceResult } from '../analyses/trace/trace-result.ts';
import { escapeHtml } from './html.ts';

export const arcColour: Record<BridgeKind, string> = {
  'cites-thread': '#96540a',
  direct: '#444',
  announced: '#8f8a7c',
  'same-text': '#6a5f9e',
  'same-media': '#2f7477',
};

export const arcWords: Record<BridgeKind, string> = {
  'cites-thread': 'cites the thread',
  direct: 'direct link',
  announced: 'announced without a link',
  'same-text': 'same text',
  'same-media': 'same picture',
};

/** The first bridge of each kind into each platform, from where the thing carried was seen first; same text only where nothing else leads there. */
function shown(result: TraceResult, floorOf: ReadonlyMap<string, number>, inside: (time: number) => boolean): Bridge[] {
  const firstInto = new Map<string, Bridge>();
  for (const bridge of result.bridges) {
    if (!floorOf.has(bridge.from.platform) || !floorOf.has(bridge.to.platform)) continue;
    const key = `${bridge.to.platform} ${bridge.kind}`;
    const known = firstInto.get(key);
    if (!known || (bridge.to.post === known.to.post && bridge.from.time < known.from.time)) firstInto.set(key, bridge);
  }
  const origin = result.origin.candidates[0]?.platform;
  const linked = new Set(
    [...firstInto.values()].filter((one) => one.kind !== 'same-text').map((one) => one.to.platform),
  );
  return [...firstInto.values()].filter(
    (one) =>
      one.to.platform !== origin &&
      (one.kind !== 'same-text' || !linked.has(one.to.platform)) &&
      inside(Date.parse(one.from.time)) &&
      inside(Date.parse(one.to.time)),
  );
}

export function arcs(
  result: TraceResult,
  floorOf: ReadonlyMap<string, number>,
  x: (time: number) => number,
  inside: (time: number) => boolean,
): string[] {
  return shown(result, floorOf, inside).map((bridge) => {
    const x1 = x(Date.parse(bridge.from.time));
    const x2 = x(Date.parse(bridge.to.time));
    const y1 = floorOf.get(bridge.from.platform)! - 4;
    const y2 = floorOf.get(bridge.to.platform)! - 4;
    const bend = Math.max(18, (x2 - x1) * 0.55);
    const end = y2 > y1 ? -7 : 7;
    return `<g><title>${escapeHtml(`${arcWords[bridge.kind]}: ${bridge.artifact} from ${bridge.from.platform} to ${bridge.to.platform}`)}</title><path d="M${x1.toFixed(1)} ${y1}C${(x1 + 2).toFixed(1)} ${(y1 + (y2 - y1) * 0.6).toFixed(1)} ${(x2 - bend * 0.35).toFixed(1)} ${(y2 - (y2 - y1) * 0.45).toFixed(1)} ${x2.toFixed(1)} ${y2 + end}" fill="none" stroke="${arcColour[bridge.kind]}" stroke-width="1.8" stroke-opacity=".85"/><path d="M${(x2 - 4).toFixed(1)} ${y2 + 2.2 * end}L${x2.toFixed(1)} ${y2 + 0.7 * end}L${(x2 + 4).toFixed(1)} ${y2 + 2.2 * end}" fill="none" stroke="${arcColour[bridge.kind]}" stroke-width="1.6"/><circle cx="${x1.toFixed(1)}" cy="${y1}" r="2.6" fill="${arcColour[bridge.kind]}"/></g>`;
  });
}

arcs.shown = shown;
