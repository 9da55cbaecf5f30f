/** A shape is written as `from_json` takes it: field -> DuckDB type, an inner shape, or a list of one of them. */
export type Shape = string | { [field: string]: Shape } | [Shape];

/** The DuckDB type of a shape. */
export function typeOf(shape: Shape): string {
  if (typeof shape === 'string') return shape;
  if (Array.isArray(shape)) return `${typeOf(shape[0])}[]`;
  return `struct(${Object.entries(shape)
    .map(([field, inner]) => `"${field}" ${typeOf(inner)}`)
    .join(', ')})`;
}

/** Columns of a container for records of this shape. */
export function columnsOf(shape: { [field: string]: Shape }): Record<string, string> {
  return Object.fromEntries(Object.entries(shape).map(([field, inner]) => [field, typeOf(inner)]));
}

/** SQL that reads a JSON value into a shape; what does not fit becomes NULL. */
export const fromJson = (json: string, shape: Shape) => `from_json(${json}, '${JSON.stringify(shape)}')`;
