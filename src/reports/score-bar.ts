/** A score with its interval on a line from 0 to `most`, as a small picture; the numbers stand beside it. */
export function scoreBar(score: number, low: number, high: number, most: number): string {
  const width = 96;
  const x = (value: number) => (3 + ((width - 6) * Math.min(Math.max(value, 0), most)) / most).toFixed(1);
  return `<svg class="bar" viewBox="0 0 ${width} 14" width="${width}" height="14" role="img" aria-label="${score.toFixed(2)}, interval ${low.toFixed(2)} to ${high.toFixed(2)}"><line x1="3" x2="${width - 3}" y1="7" y2="7" stroke="#d9d4c7"/><line x1="${x(low)}" x2="${x(high)}" y1="7" y2="7" stroke="#7a2e1f" stroke-width="5" stroke-opacity=".35" stroke-linecap="round"/><circle cx="${x(score)}" cy="7" r="3.4" fill="#7a2e1f"/></svg>`;
}
