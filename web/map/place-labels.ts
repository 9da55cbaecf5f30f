/** A label that wants to stand at `x` with a width in pixels. */
export interface Label {
  x: number;
  width: number;
}

export interface Placed {
  row: number;
  /** Left edge in pixels. */
  left: number;
}

/** Puts labels (sorted by x) into as few rows as needed so that none lies on another and none leaves `0..width`; a label that meets the right edge is moved left. */
export function placeLabels(labels: readonly Label[], width: number, gap = 10): Placed[] {
  const rows: [number, number][][] = [];
  return labels.map((label) => {
    const left = Math.max(0, Math.min(label.x, width - label.width));
    const right = left + label.width + gap;
    let row = rows.findIndex((taken) => taken.every(([a, b]) => right <= a || left >= b));
    if (row < 0) {
      row = rows.length;
      rows.push([]);
    }
    rows[row]!.push([left, right]);
    return { row, left };
  });
}
