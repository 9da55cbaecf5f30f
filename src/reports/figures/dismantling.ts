import type { SuperspreadersResult } from '../../analyses/superspreaders/superspreaders-result.ts';
import { at, decades, type Figure, label, line, palette, picture } from './figure.ts';

const width = 760;
const height = 360;
const box = { left: 60, right: 130, top: 20, bottom: 50 };
const dashes = ['', '7 4', '2 3'];

/** Share of reshares left when accounts are taken away in three orders; null where nothing was reshared. */
export function dismantling(result: SuperspreadersResult): Figure | null {
  const longest = Math.max(...result.dismantling.map(({ curve }) => curve.at(-1)![0]));
  if (!(longest > 0)) return null;
  const steps = decades(longest);
  const x = (taken: number) =>
    box.left + (Math.log10(1 + taken) / Math.log10(1 + steps.at(-1)!)) * (width - box.left - box.right);
  const y = (share: number) => height - box.bottom - share * (height - box.top - box.bottom);
  const body: string[] = [];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    body.push(line([box.left, y(share)], [width - box.right, y(share)]));
    body.push(label(box.left - 8, y(share) + 4, `${100 * share} %`, { anchor: 'end', look: 'dim' }));
  }
  for (const step of [0, ...steps])
    body.push(label(x(step), height - box.bottom + 16, step.toLocaleString('en'), { anchor: 'middle', look: 'dim' }));
  result.dismantling.forEach(({ ranking, curve }, place) => {
    const path = curve.map(([taken, share], n) => `${n === 0 ? 'M' : 'L'}${at(x(taken))} ${at(y(share))}`).join('');
    body.push(
      `<path d="${path}" fill="none" stroke="${palette[place]}" stroke-width="2"${dashes[place] ? ` stroke-dasharray="${dashes[place]}"` : ''}/>`,
    );
    const row = box.top + 14 + 20 * place;
    body.push(
      `<line x1="${width - box.right + 12}" y1="${row}" x2="${width - box.right + 40}" y2="${row}" stroke="${palette[place]}" stroke-width="2"${dashes[place] ? ` stroke-dasharray="${dashes[place]}"` : ''}/>`,
    );
    body.push(label(width - box.right + 46, row + 4, `by ${ranking}`));
  });
  body.push(label((box.left + width - box.right) / 2, height - 12, 'accounts taken away', { anchor: 'middle' }));
  return {
    caption: 'Share of reshares left when the first accounts of each ranking are taken away.',
    svg: picture(
      { width, height },
      'Dismantling curve',
      result.halfAt
        .map(({ ranking, accounts }) => `By ${ranking}, half of the reshares are gone after ${accounts} accounts`)
        .join('; '),
      body,
    ),
  };
}
