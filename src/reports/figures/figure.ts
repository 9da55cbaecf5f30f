import { escapeHtml } from '../html.ts';

/** A picture of a result: what it shows in one sentence, and a self-contained SVG without scripts, fonts or links. */
export interface Figure {
  caption: string;
  svg: string;
  /** Several small ones stand side by side. */
  small?: boolean;
}

/** Colours that stay apart for colour-blind readers (Okabe & Ito 2008). */
export const palette = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#000000',
  '#999999',
] as const;

/** The outer element: a title and a description that screen readers give instead of the picture. */
export function picture(
  size: { width: number; height: number },
  title: string,
  description: string,
  body: readonly string[],
): string {
  const narrow = size.width <= 900 ? ' class="narrow"' : '';
  return `<svg${narrow} viewBox="0 0 ${size.width} ${size.height}" role="img" xmlns="http://www.w3.org/2000/svg"><title>${escapeHtml(title)}</title><desc>${escapeHtml(description)}</desc>
${body.join('\n')}
</svg>`;
}

export function label(
  x: number,
  y: number,
  text: string,
  options: { anchor?: 'start' | 'middle' | 'end'; look?: 'plain' | 'dim' | 'big' } = {},
): string {
  const { anchor = 'start', look = 'plain' } = options;
  const size = { plain: 12, dim: 11, big: 15 }[look];
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}"${look === 'plain' ? '' : ` class="${look}"`} font-family="system-ui,sans-serif" font-size="${size}">${escapeHtml(text)}</text>`;
}

/** A coordinate with at most two decimals. */
export function at(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A short form of a long name. */
export function short(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}

export function line(
  from: readonly [number, number],
  to: readonly [number, number],
  colour = '#d9d4c7',
  width = 1,
): string {
  return `<line x1="${at(from[0])}" y1="${at(from[1])}" x2="${at(to[0])}" y2="${at(to[1])}" stroke="${colour}" stroke-width="${width}"/>`;
}

/** Powers of ten from 1 to at least `largest`. */
export function decades(largest: number): number[] {
  const steps = [1];
  while (steps.at(-1)! < largest) steps.push(steps.at(-1)! * 10);
  return steps;
}
