/** `avgDelta` as people write it. */
export const columnHeading = (column: string): string =>
  column.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
