import type { CascadesResult } from '../../analyses/cascades/cascades-result.ts';
import { at, decades, type Figure, label, line, palette, picture } from './figure.ts';

const width = 760;
const height = 360;
const box = { left: 70, right: 20, top: 20, bottom: 50 };

/** How many cascades reach each size, both axes in powers of ten; null where there are no cascades. */
export function cascadeSizes(result: CascadesResult): Figure | null {
  if (result.sizeCcdf.length === 0) return null;
  const xs = decades(result.largest);
  const ys = decades(result.cascades);
  const span = (steps: readonly number[]) => Math.max(1, Math.log10(steps.at(-1)!));
  const x = (size: number) => box.left + (Math.log10(size) / span(xs)) * (width - box.left - box.right);
  const y = (count: number) => height - box.bottom - (Math.log10(count) / span(ys)) * (height - box.top - box.bottom);
  const body: string[] = [];
  for (const step of xs) {
    body.push(line([x(step), box.top], [x(step), height - box.bottom]));
    body.push(label(x(step), height - box.bottom + 16, step.toLocaleString('en'), { anchor: 'middle', look: 'dim' }));
  }
  for (const step of ys) {
    body.push(line([box.left, y(step)], [width - box.right, y(step)]));
    body.push(label(box.left - 8, y(step) + 4, step.toLocaleString('en'), { anchor: 'end', look: 'dim' }));
  }
  let before = result.cascades;
  const path = result.sizeCcdf.map(([size, count], place) => {
    const step =
      place === 0
        ? `M${at(x(size))} ${at(y(count))}`
        : `L${at(x(size))} ${at(y(before))}L${at(x(size))} ${at(y(count))}`;
    before = count;
    return step;
  });
  body.push(`<path d="${path.join('')}" fill="none" stroke="${palette[0]}" stroke-width="2"/>`);
  for (const [size, count] of result.sizeCcdf)
    body.push(`<circle cx="${at(x(size))}" cy="${at(y(count))}" r="3" fill="${palette[0]}"/>`);
  body.push(
    label((box.left + width - box.right) / 2, height - 12, 'posts in the cascade, or more', { anchor: 'middle' }),
  );
  body.push(label(box.left, 12, 'cascades', { anchor: 'middle' }));
  const description = `Of ${result.cascades} cascades of two posts or more, ${result.sizeCcdf
    .filter((_, place) => place % Math.ceil(result.sizeCcdf.length / 8) === 0)
    .map(([size, count]) => `${count} have ${size} posts or more`)
    .join(', ')}; the largest has ${result.largest}.`;
  return {
    caption: 'How many cascades reach each size (both axes in powers of ten).',
    svg: picture({ width, height }, 'Sizes of cascades', description, body),
  };
}
