import { EdgeRectangleProgram, NodeCircleProgram } from 'sigma/rendering';
import type { EdgeDisplayData, NodeDisplayData } from 'sigma/types';

/*
 * Sigma draws circles and links as instances of one shape. Software renderers (SwiftShader, machines without a graphics card) take each
 * instance for a drawing of its own, some 0.2 ms each; with the corners of every shape written out they draw all of them at once.
 */

interface Instanced {
  VERTICES: number;
  ATTRIBUTES: { size: number; type: number }[];
  CONSTANT_ATTRIBUTES: { size: number; type: number }[];
  CONSTANT_DATA: number[][];
}

const float = 5126;

function unrolled<D extends Instanced>(definition: D): D {
  const { CONSTANT_ATTRIBUTES, CONSTANT_DATA: _, ...rest } = definition;
  return { ...rest, ATTRIBUTES: [...rest.ATTRIBUTES, ...CONSTANT_ATTRIBUTES] } as unknown as D;
}

/** Copies one item, written at `start`, to each of its corners and adds what differs between them. */
function writeCorners(array: Float32Array, start: number, { ATTRIBUTES, CONSTANT_DATA }: Instanced): void {
  const own = ATTRIBUTES.reduce((sum, one) => sum + (one.type === float ? one.size : 1), 0);
  const stride = own + CONSTANT_DATA[0]!.length;
  for (let corner = CONSTANT_DATA.length - 1; corner >= 0; corner--) {
    const at = start + corner * stride;
    if (corner > 0) array.copyWithin(at, start, start + own);
    array.set(CONSTANT_DATA[corner]!, at + own);
  }
}

let circle: ReturnType<NodeCircleProgram['getDefinition']>;
let rectangle: ReturnType<EdgeRectangleProgram['getDefinition']>;

export class UnrolledCircleProgram extends NodeCircleProgram {
  override getDefinition() {
    circle = super.getDefinition();
    return unrolled(circle);
  }
  override processVisibleItem(node: number, start: number, data: NodeDisplayData): void {
    super.processVisibleItem(node, start, data);
    writeCorners(this.array, start, circle);
  }
}

export class UnrolledRectangleProgram extends EdgeRectangleProgram {
  override getDefinition() {
    rectangle = super.getDefinition();
    return unrolled(rectangle);
  }
  override processVisibleItem(
    edge: number,
    start: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData,
  ): void {
    super.processVisibleItem(edge, start, source, target, data);
    writeCorners(this.array, start, rectangle);
  }
}
