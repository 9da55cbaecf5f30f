import type { TimeRange } from '../app/view-state.ts';
import type { Lane } from './map-lanes.ts';
import type { Mark } from './map-marks.ts';
import { placeLabels } from './place-labels.ts';
import { textWidth } from './text-width.ts';

export interface PlacedLane extends Lane {
  top: number;
  /** y of the lane's base line, on which areas and marks stand. */
  floor: number;
  height: number;
}

/** Where everything lies, in pixels of the map. */
export interface MapFrame {
  narrow: boolean;
  width: number;
  height: number;
  left: number;
  plotWidth: number;
  top: number;
  bottom: number;
  lanes: PlacedLane[];
  labels: Map<string, { left: number; top: number; number: number }>;
  x: (time: number) => number;
  time: (x: number) => number;
}

const labelRow = 19;
const laneGap = 20;
export const labelFont = '600 12px "Libre Franklin Variable", sans-serif';
export const whoFont = '400 12px "Libre Franklin Variable", sans-serif';

/** Lays out lanes, labels and the time scale. Narrow frames show the numbers of the marks only: their words stand in the list of stages. */
export function mapFrame(
  width: number,
  lanes: readonly Lane[],
  visible: readonly Mark[],
  all: readonly Mark[],
  span: TimeRange,
): MapFrame {
  const narrow = width < 620;
  const left = narrow ? 0 : 116;
  const plotWidth = Math.max(40, width - left - (narrow ? 0 : 8));
  const x = (time: number) => left + (plotWidth * (time - span.from)) / (span.to - span.from);
  const numbers = new Map(all.map((mark, place) => [mark.id, place + 1]));
  const placed = placeLabels(
    visible.map((mark) => ({
      x: x(mark.time) - left - 9,
      width: narrow ? 20 : 26 + textWidth(mark.label, labelFont) + (mark.who ? 6 + textWidth(mark.who, whoFont) : 0),
    })),
    plotWidth,
    narrow ? 3 : 12,
  );
  const rows = Math.max(1, ...placed.map((one) => one.row + 1));
  const top = 10 + rows * labelRow + 12;
  const laneHeight = lanes.length > 7 ? 50 : lanes.length > 5 ? 62 : 74;
  const placedLanes = lanes.map((lane, place): PlacedLane => {
    const laneTop = top + place * (laneHeight + laneGap);
    return { ...lane, top: laneTop, floor: laneTop + laneHeight, height: laneHeight };
  });
  const bottom = top + lanes.length * (laneHeight + laneGap) - laneGap + 8;
  return {
    narrow,
    width,
    height: bottom + 42,
    left,
    plotWidth,
    top,
    bottom,
    lanes: placedLanes,
    labels: new Map(
      visible.map((mark, place) => [
        mark.id,
        { left: left + placed[place]!.left, top: 4 + placed[place]!.row * labelRow, number: numbers.get(mark.id)! },
      ]),
    ),
    x,
    time: (pixel) => span.from + ((pixel - left) / plotWidth) * (span.to - span.from),
  };
}
