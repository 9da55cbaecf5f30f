import type { LanguageContrast, LanguageMeasure } from '../../analyses/booster-language/booster-language-result.ts';
import { at, type Figure, label, line, palette, picture, short } from './figure.ts';

const width = 900;
const rowHeight = 20;
const middle = width / 2;
const reach = 190;

/** What is most distinctive of each side as bars to the left and right of nothing; null where neither side has anything. */
export function logRatios(contrast: LanguageContrast, measure: LanguageMeasure): Figure | null {
  const rows = [...measure.high, ...[...measure.low].reverse()];
  if (rows.length === 0) return null;
  const largest = rows.reduce((most, row) => Math.max(most, Math.abs(row.logRatio)), 0.1);
  const height = rows.length * rowHeight + 36;
  const body = [
    label(middle + 8, 14, `→ ${contrast.highLabel}`, { look: 'dim' }),
    label(middle - 8, 14, `${contrast.lowLabel} ←`, { anchor: 'end', look: 'dim' }),
    line([middle, 20], [middle, height - 8], '#1b1b1b'),
  ];
  rows.forEach((row, place) => {
    const y = 24 + place * rowHeight;
    const bar = (Math.abs(row.logRatio) / largest) * reach;
    const high = row.logRatio > 0;
    body.push(
      `<rect x="${at(high ? middle : middle - bar)}" y="${y}" width="${at(bar)}" height="${rowHeight - 5}" fill="${high ? palette[1] : palette[0]}"/>`,
    );
    body.push(
      label(high ? middle - 8 : middle + 8, y + 12, `${short(row.value, 40)}  (${row.high} : ${row.low})`, {
        anchor: high ? 'end' : 'start',
      }),
    );
  });
  const names = { term: 'words', bigram: 'pairs of words', domain: 'domains', hashtag: 'hashtags' };
  return {
    caption: `Distinctive ${names[measure.kind]}: smoothed log ratio among the ${measure.considered} most used; in brackets uses by the high : the low side.`,
    svg: picture(
      { width, height },
      `Distinctive ${names[measure.kind]}`,
      rows.map((row) => `${row.value}: ${row.logRatio.toFixed(2)}`).join('; '),
      body,
    ),
  };
}
