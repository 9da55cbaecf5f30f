import { escapeHtml } from './html.ts';

const steps = 5;

/** A square table of counts; darker cells are larger. Titles are HTML already, notes are text. */
export function matrixTable(
  members: readonly { id: string; title: string }[],
  cells: readonly { from: string; to: string; value: number; note: string }[],
  caption: string,
): string {
  if (members.length < 2) return '';
  const byPair = new Map(cells.map((cell) => [`${cell.from}\n${cell.to}`, cell]));
  const shown = members.flatMap(({ id: from }) =>
    members.flatMap(({ id: to }) => byPair.get(`${from}\n${to}`)?.value ?? []),
  );
  const most = Math.max(1, ...shown);
  const shade = (value: number) => Math.max(1, Math.ceil((steps * Math.log1p(value)) / Math.log1p(most)));
  const row = (from: { id: string; title: string }) =>
    `<tr><th scope="row">${from.title}</th>${members
      .map((to) => {
        const cell = byPair.get(`${from.id}\n${to.id}`);
        if (from.id === to.id) return '<td class="self"></td>';
        return cell
          ? `<td class="n heat${shade(cell.value)}" title="${escapeHtml(cell.note)}">${cell.value.toLocaleString('en')}</td>`
          : '<td class="n no">·</td>';
      })
      .join('')}</tr>`;
  return `<div class="scroll"><table class="matrix"><caption>${escapeHtml(caption)}</caption><thead><tr><th scope="col">from ↓ to →</th>${members.map((one) => `<th scope="col">${one.title}</th>`).join('')}</tr></thead><tbody>${members.map(row).join('\n')}</tbody></table></div>`;
}
