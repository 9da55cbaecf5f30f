/** A p-value as one writes it. */
export const chance = (value: number) => (value < 0.001 ? '< 0.001' : value.toFixed(3));
