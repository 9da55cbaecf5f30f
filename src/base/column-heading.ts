/** `postsPerDay` as people write it. */
export function columnHeading(column: string): string {
  return column.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
