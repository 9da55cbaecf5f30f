import { cascadeShape } from '../../base/cascade-shape.ts';
import { casinInfluence, sampleCasinParents } from '../../base/casin-influence.ts';
import { PDI_GRID, pdiInfluence } from '../../base/pdi-influence.ts';
import type { Random } from '../../base/random.ts';
import { samplePdiParents } from '../../base/sample-pdi-parents.ts';

/** Shapes of the trees that were drawn, and expected descendants of each event under casIn and each PDI setting. */
export interface Ensemble {
  depth: Float64Array;
  maxBreadth: Float64Array;
  structuralVirality: Float64Array;
  casin: Float64Array;
  pdi: Float64Array[];
}

/** Draws `treesEach` trees under casIn and under each of the 15 PDI settings; `timesSeconds` ascend, the first event is the root. */
export function drawEnsemble(
  timesSeconds: Float64Array,
  followers: Float64Array,
  treesEach: number,
  random: Random,
): Ensemble {
  const shapes: { depth: number; maxBreadth: number; structuralVirality: number }[] = [];
  for (let tree = 0; tree < treesEach; tree++) {
    shapes.push(cascadeShape(sampleCasinParents(timesSeconds, followers, random)));
    for (const setting of PDI_GRID)
      shapes.push(cascadeShape(samplePdiParents(timesSeconds, followers, setting, random)));
  }
  return {
    depth: Float64Array.from(shapes, (one) => one.depth),
    maxBreadth: Float64Array.from(shapes, (one) => one.maxBreadth),
    structuralVirality: Float64Array.from(shapes, (one) => one.structuralVirality),
    casin: casinInfluence(timesSeconds, followers),
    pdi: pdiInfluence(timesSeconds, followers).map((one) => one.influence),
  };
}
