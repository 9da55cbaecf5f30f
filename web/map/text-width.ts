const known = new Map<string, number>();
let context: CanvasRenderingContext2D | null = null;

/** Width of a text in pixels in a CSS font. */
export function textWidth(text: string, font: string): number {
  const key = `${font} ${text}`;
  let width = known.get(key);
  if (width === undefined) {
    context ??= document.createElement('canvas').getContext('2d')!;
    context.font = font;
    width = Math.ceil(context.measureText(text).width);
    if (known.size > 5000) known.clear();
    known.set(key, width);
  }
  return width;
}
