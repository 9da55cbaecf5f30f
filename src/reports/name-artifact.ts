import type { Bridge, TraceResult } from '../analyses/trace/trace-result.ts';

/** What a bridge brought over, for people to read: the artifact itself, of a text its beginning instead of its fingerprint. */
export function nameArtifact(result: TraceResult, bridge: Bridge, longest = 70): string {
  const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text);
  if (bridge.kind === 'announced') return '';
  if (bridge.kind !== 'same-text') return cut(bridge.artifact);
  const text = (result.cited.find((post) => post.post === bridge.to.post)?.text ?? '').replace(/\s+/g, ' ').trim();
  return text === '' ? bridge.artifact : `“${cut(text)}”`;
}
