/** Rows of each key 0 .. size - 1, ascending (counting sort, stable): the answer is a view of one array. */
export function rowsByKey(keys: Uint32Array, size: number): (key: number) => Uint32Array {
  const offsets = new Uint32Array(size + 1);
  for (const key of keys) offsets[key + 1] = offsets[key + 1]! + 1;
  for (let key = 0; key < size; key++) offsets[key + 1] = offsets[key + 1]! + offsets[key]!;
  const next = offsets.slice();
  const rows = new Uint32Array(keys.length);
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row]!;
    rows[next[key]!] = row;
    next[key] = next[key]! + 1;
  }
  return (key) => rows.subarray(offsets[key]!, offsets[key + 1]!);
}
