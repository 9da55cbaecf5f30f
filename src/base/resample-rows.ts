import type { IntensityRows } from './fit-intensity.ts';
import type { Random } from './random.ts';

/**
 * The same rows with weights as if blocks had been drawn with replacement. `rowBlocks[k][n]` is the block of row n of problem k;
 * `exposures` holds the exposure of each block, block after block, and is the same for all problems.
 */
export function resampleRows(
  rows: readonly IntensityRows[],
  rowBlocks: readonly ArrayLike<number>[],
  exposures: Float64Array,
  random: Random,
): IntensityRows[] {
  const width = rows[0]!.width;
  const blocks = exposures.length / width;
  const drawn = new Float64Array(blocks);
  for (let draw = 0; draw < blocks; draw++) {
    const block = random.int(blocks);
    drawn[block] = drawn[block]! + 1;
  }
  const exposure = new Float64Array(width);
  for (let block = 0; block < blocks; block++)
    for (let c = 0; c < width; c++) exposure[c] = exposure[c]! + drawn[block]! * exposures[block * width + c]!;
  return rows.map((one, k) => ({
    ...one,
    exposure,
    weights: Float64Array.from(rowBlocks[k]!, (block, n) => drawn[block]! * (one.weights ? one.weights[n]! : 1)),
  }));
}
