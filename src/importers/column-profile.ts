import type { Cell } from './data-columns.ts';

/** What the values of one column look like. Shares are of the filled cells, 0 to 1. */
export interface ColumnProfile {
  name: string;
  filled: number;
  distinctShare: number;
  isList: boolean;
  /** Share of values that are whole numbers. */
  numeric: number;
  idLike: number;
  url: number;
  /** Share of values that hold an address somewhere. */
  withUrl: number;
  handleLike: number;
  meanLength: number;
  /** Mean number of spaces. */
  spaces: number;
  html: number;
  /** Share of values that are JSON objects. */
  json: number;
  time: TimeFormat | null;
  values: string[];
}

interface TimeFormat {
  format: string;
  share: number;
  /** The values carry their zone. */
  zoned: boolean;
  /** Day and month could be the other way round. */
  ambiguous: boolean;
}

/** Measures the values of one column. */
export function profileColumn(name: string, cells: readonly Cell[]): ColumnProfile {
  const filled = cells.filter((cell) => cell !== null && !(Array.isArray(cell) && cell.length === 0));
  const isList = filled.some(Array.isArray);
  const values = filled
    .flatMap((cell) => (Array.isArray(cell) ? cell.map(String) : [cell as string]))
    .map((value) => value.trim());
  const share = (test: (value: string) => boolean) =>
    values.length === 0 ? 0 : values.filter(test).length / values.length;
  const mean = (measure: (value: string) => number) =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + measure(value), 0) / values.length;
  return {
    name,
    filled: cells.length === 0 ? 0 : filled.length / cells.length,
    distinctShare: values.length === 0 ? 0 : new Set(values).size / values.length,
    isList,
    numeric: share((value) => /^-?\d{1,15}([.,]\d{3})*$/.test(value)),
    idLike: share((value) => /^[\w:./@-]{1,200}$/.test(value) && !/^https?:/.test(value)),
    url: share((value) => /^[['"(]*https?:\/\/\S+/i.test(value)),
    withUrl: share((value) => /https?:\/\/\S/i.test(value)),
    handleLike: share((value) => /^@?[\p{L}\p{N}_.@-]{1,60}$/u.test(value) && /\p{L}/u.test(value)),
    meanLength: mean((value) => value.length),
    spaces: mean((value) => value.split(/\s+/).length - 1),
    html: share((value) => /<(?:p|br|a|div|span)\b[^>]*>/i.test(value)),
    json: share((value) => value.startsWith('{')),
    time: timeFormatOf(values),
    values,
  };
}

interface Shape {
  pattern: RegExp;
  format: string;
  zoned?: boolean;
  /** Groups of the pattern that hold what the format takes for day and month. */
  dayMonth?: [number, number];
}

const clock = String.raw`\d{1,2}:\d{2}`;
const shapes: Shape[] = [
  {
    pattern: new RegExp(
      `^\\d{4}-\\d{2}-\\d{2}([T ]${clock}(:\\d{2}([.,]\\d+)?)?)?\\s*(Z|UTC|[+-]\\d{2}(:?\\d{2})?)$`,
      'i',
    ),
    format: 'iso',
    zoned: true,
  },
  { pattern: new RegExp(`^\\d{4}-\\d{2}-\\d{2}([T ]${clock}(:\\d{2}([.,]\\d+)?)?)?$`), format: 'iso' },
  { pattern: /^1\d{9}(\.\d+)?$|^1\d{12}$|^1\d{15}$|^1\d{18}$/, format: 'unix', zoned: true },
  {
    pattern: new RegExp(`^[A-Z][a-z]{2} [A-Z][a-z]{2} \\d{2} ${clock}:\\d{2} [+-]\\d{4} \\d{4}$`),
    format: '%a %b %d %H:%M:%S %z %Y',
    zoned: true,
  },
  {
    pattern: new RegExp(`^[A-Z][a-z]{2}, \\d{1,2} [A-Z][a-z]{2} \\d{4} ${clock}:\\d{2} [+-]\\d{4}$`),
    format: '%a, %d %b %Y %H:%M:%S %z',
    zoned: true,
  },
  ...dated('.', '%d.%m.%Y', true),
  ...dated('/', '%d/%m/%Y', true),
  ...dated('/', '%m/%d/%Y', false),
  ...dated('-', '%d-%m-%Y', true),
  { pattern: new RegExp(`^\\d{4}/\\d{1,2}/\\d{1,2} ${clock}:\\d{2}$`), format: '%Y/%m/%d %H:%M:%S' },
  { pattern: new RegExp(`^\\d{4}/\\d{1,2}/\\d{1,2} ${clock}$`), format: '%Y/%m/%d %H:%M' },
  { pattern: /^\d{4}\/\d{1,2}\/\d{1,2}$/, format: '%Y/%m/%d' },
];

function dated(separator: string, format: string, dayFirst: boolean): Shape[] {
  const s = `\\${separator}`;
  const date = `^(\\d{1,2})${s}(\\d{1,2})${s}\\d{4}`;
  const dayMonth: [number, number] = dayFirst ? [1, 2] : [2, 1];
  return [
    { pattern: new RegExp(`${date} ${clock}:\\d{2}$`), format: `${format} %H:%M:%S`, dayMonth },
    { pattern: new RegExp(`${date}, ${clock}:\\d{2}$`), format: `${format}, %H:%M:%S`, dayMonth },
    { pattern: new RegExp(`${date} ${clock}$`), format: `${format} %H:%M`, dayMonth },
    { pattern: new RegExp(`${date}, ${clock}$`), format: `${format}, %H:%M`, dayMonth },
    { pattern: new RegExp(`${date}$`), format, dayMonth },
  ];
}

const fewestOfTexts = 0.5;
const fewestOfNumbers = 0.8;

/** The shape that most values follow, at least half of them (eight of ten for plain numbers); of two that fit alike the one listed first. */
function timeFormatOf(values: readonly string[]): TimeFormat | null {
  let best: TimeFormat | null = null;
  for (const { pattern, format, zoned = false, dayMonth } of shapes) {
    const fits = values.filter((value) => {
      const found = pattern.exec(value);
      return found !== null && (!dayMonth || (Number(found[dayMonth[0]]) <= 31 && Number(found[dayMonth[1]]) <= 12));
    });
    const share = values.length === 0 ? 0 : fits.length / values.length;
    const swapped = dayMonth !== undefined && fits.every((value) => Number(pattern.exec(value)![dayMonth[0]]) <= 12);
    if (share >= (format === 'unix' ? fewestOfNumbers : fewestOfTexts) && share > (best?.share ?? 0))
      best = { format, share, zoned, ambiguous: swapped };
  }
  return best;
}
