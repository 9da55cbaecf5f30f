import type { InfluencePair, InfluenceResult } from '../../analyses/influence/influence-result.ts';
import { at, type Figure, label, line, palette, picture, short } from './figure.ts';

const cellWidth = 150;
const cellHeight = 64;
const left = 150;
const top = 62;

const percent = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

/** Root or direct shares by source (rows) and destination (columns), each with its interval as a bar from 0 to 100 %. */
export function influenceMatrix(result: InfluenceResult, which: 'rootShare' | 'directShare'): Figure {
  const names = result.processes.map((one) => one.name);
  const width = left + names.length * cellWidth + 20;
  const height = top + names.length * cellHeight + 16;
  const what = which === 'rootShare' ? 'go back to the source (root)' : 'were set off directly by the source';
  const body = [
    label(left + (names.length * cellWidth) / 2, 16, 'destination', { anchor: 'middle', look: 'dim' }),
    label(14, top - 12, 'source', { look: 'dim' }),
  ];
  names.forEach((name, k) => {
    body.push(label(left + (k + 0.5) * cellWidth, 40, short(name, 20), { anchor: 'middle' }));
    body.push(label(left - 12, top + (k + 0.5) * cellHeight + 4, short(name, 20), { anchor: 'end' }));
  });
  for (const pair of result.pairs)
    body.push(
      cell(
        pair,
        which,
        left + names.indexOf(pair.destination) * cellWidth,
        top + names.indexOf(pair.source) * cellHeight,
      ),
    );
  const description = result.pairs
    .filter((pair) => pair.source !== pair.destination)
    .map(
      (pair) =>
        `${pair.source} to ${pair.destination}: ${percent(pair[which].value)} (${percent(pair[which].low)} to ${percent(pair[which].high)})`,
    )
    .join('; ');
  return {
    caption: `Share of the posts of each column that ${what}; the bar is the middle 95 % of the refits, the mark the estimate.`,
    svg: picture({ width, height }, which === 'rootShare' ? 'Root influence' : 'Direct influence', description, body),
  };
}

function cell(pair: InfluencePair, which: 'rootShare' | 'directShare', x: number, y: number): string {
  const { value, low, high } = pair[which];
  const own = pair.source === pair.destination;
  const colour = own ? palette[7] : palette[0];
  const from = x + 12;
  const span = cellWidth - 24;
  const place = (share: number) => from + Math.min(1, Math.max(0, share)) * span;
  return [
    `<rect x="${at(x + 2)}" y="${at(y + 2)}" width="${cellWidth - 4}" height="${cellHeight - 4}" fill="${colour}" fill-opacity="${at(0.04 + 0.4 * Math.min(1, value))}"/>`,
    label(x + cellWidth / 2, y + 26, percent(value), { anchor: 'middle', look: 'big' }),
    line([from, y + 44], [from + span, y + 44], '#b9b19c'),
    line([place(low), y + 44], [place(high), y + 44], colour, 5),
    line([place(value), y + 38], [place(value), y + 50], '#1b1b1b', 2),
  ].join('');
}
