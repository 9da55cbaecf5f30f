import { escapeHtml, link } from '../domain/safe-html.ts';

export { escapeHtml, link };

/** A table; cells are HTML already. */
export function htmlTable(headings: readonly string[], rows: readonly (readonly string[])[], caption: string): string {
  if (rows.length === 0) return '';
  return `<div class="scroll"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${headings.map((one) => `<th scope="col">${escapeHtml(one)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('\n')}</tbody></table></div>`;
}
