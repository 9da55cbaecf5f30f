import type { CommunitiesResult } from '../../analyses/communities/communities-result.ts';
import { at, type Figure, label, palette, picture, short } from './figure.ts';

const width = 900;
const rowHeight = 30;
const left = 120;
const span = 360;
const mostRows = 15;

/** Communities by size with the share of ties that stay inside; null for none. */
export function communitySizes(result: CommunitiesResult): Figure | null {
  const rows = result.communities.slice(0, mostRows);
  if (rows.length === 0) return null;
  const most = rows[0]!.accounts.length;
  const body = rows.flatMap((row, place) => {
    const y = 6 + place * rowHeight;
    const bar = (row.accounts.length / most) * span;
    const leaders = row.leaders.slice(0, 3).map((leader) => leader.handle ?? leader.account);
    return [
      label(left - 10, y + 15, row.name, { anchor: 'end' }),
      `<rect x="${left}" y="${y}" width="${at(bar)}" height="${rowHeight - 10}" fill="${palette[0]}" fill-opacity="0.3"/>`,
      `<rect x="${left}" y="${y}" width="${at(bar * row.inside)}" height="${rowHeight - 10}" fill="${palette[0]}"/>`,
      label(
        left + bar + 8,
        y + 15,
        `${row.accounts.length.toLocaleString('en')} accounts${leaders.length > 0 ? ` · ${short(leaders.join(', '), 48)}` : ''}`,
      ),
    ];
  });
  return {
    caption: 'Communities by number of accounts; the full part of a bar is the share of their ties that stay inside.',
    svg: picture(
      { width, height: rows.length * rowHeight + 10 },
      'Communities',
      rows
        .map((row) => `${row.name}: ${row.accounts.length} accounts, ${Math.round(100 * row.inside)} % of ties inside`)
        .join('; '),
      body,
    ),
  };
}
