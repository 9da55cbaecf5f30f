/** Column names from header cells: trimmed, `column_<n>` for an empty one, and `_2`, `_3` for the next of the same name (case apart). */
export function columnNames(cells: string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const name = cell.replaceAll('\ufeff', '').replaceAll('\0', '').trim() || `column_${index + 1}`;
    let free = name;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name}_${n}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
