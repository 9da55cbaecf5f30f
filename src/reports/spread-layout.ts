/** Measures of the spread map in units of its picture. */
export const map = { width: 1160, left: 128, right: 14, area: 52, strip: 5, gap: 22, labelRow: 15 } as const;
