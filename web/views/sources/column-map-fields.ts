/** A column map as the server takes it; what the form does not show stays as it is. */
export type ColumnMap = Record<string, unknown>;

/** Fields that name one column, with what they are in words. */
export const columnFields: [field: string, label: string][] = [
  ['post_id', 'Id of the post'],
  ['account_id', 'Id of the account'],
  ['handle', 'Handle'],
  ['name', 'Name'],
  ['text', 'Text'],
  ['permalink', 'Address of the post'],
  ['lang', 'Language'],
  ['parent_id', 'Id of what it answers or reshares'],
  ['urls', 'Links'],
  ['hashtags', 'Hashtags'],
];

/** Fields whose value may be read from the text itself. */
export const listFields = new Set(['urls', 'hashtags']);

/** The column that a field names; null where it names none, undefined where it says more than one column. */
export function columnOf(map: ColumnMap, field: string): string | null | undefined {
  const value = map[field];
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  const { column } = value as { column?: unknown };
  return typeof column === 'string' ? column : undefined;
}

/** The map with a field that names another column, keeping what else the field says; null takes the field out. */
export function withColumn(map: ColumnMap, field: string, column: string | null): ColumnMap {
  const { [field]: before, ...rest } = map;
  if (column === null) return rest;
  const more = typeof before === 'object' && before !== null && !Array.isArray(before) ? before : null;
  return { ...map, [field]: more ? { ...more, column } : column };
}

/** The map with one part of its time changed; an empty part is left out. */
export function withTime(map: ColumnMap, part: 'column' | 'format' | 'zone', value: string | null): ColumnMap {
  const before = typeof map.time === 'string' ? { column: map.time } : ((map.time ?? {}) as Record<string, unknown>);
  const { [part]: _, ...time } = before;
  return { ...map, time: value ? { ...time, [part]: value } : time };
}
