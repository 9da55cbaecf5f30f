/** Numbers and times as the reader's browser writes them. */
const locale = navigator.languages?.[0] ?? 'en';

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });

const twoPlaces = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const count = (value: number) => whole.format(value);
export const decimal = (value: number) => twoPlaces.format(value);
const whatStands = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
const small = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
const smallest = 1e-6;
/** A measured number to three digits; whole ones and those above 100 to the unit, small ones to two digits, and a bound for what is smaller than a millionth. */
export function measure(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return whole.format(value);
  if (size < smallest) return value > 0 ? `< ${small.format(smallest)}` : `> ${small.format(-smallest)}`;
  return size < 1e-3 ? small.format(value) : whatStands.format(value);
}
export const shortCount = (value: number) => (Math.abs(value) < 10_000 ? whole.format(value) : short.format(value));

export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const place = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[place],
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(value / 1000 ** place);
}

export type Zone = 'utc' | 'local';

const formats = new Map<string, Intl.DateTimeFormat>();

/** A formatter of the reader's locale in UTC or in the zone of this machine; kept for reuse. */
export function timeFormat(zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, zone === 'utc' ? { ...options, timeZone: 'UTC' } : options);
    formats.set(key, found);
  }
  return found;
}

const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };

/** Day and clock to the second; to the millisecond where `precise`. */
export function moment(time: string | number, zone: Zone, precise = false): string {
  return timeFormat(zone, { ...day, ...clock, ...(precise ? { fractionalSecondDigits: 3 } : {}) }).format(
    new Date(time),
  );
}

export const dayOf = (time: string | number, zone: Zone) => timeFormat(zone, day).format(new Date(time));

export const clockOf = (time: string | number, zone: Zone, to: 'minutes' | 'seconds' | 'milliseconds' = 'minutes') =>
  timeFormat(zone, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(to === 'minutes' ? {} : { second: '2-digit' }),
    ...(to === 'milliseconds' ? { fractionalSecondDigits: 3 } : {}),
  }).format(new Date(time));

/** The clock of a moment on the day of another one, else its day. */
export const clockOrDay = (time: number, near: number, zone: Zone) =>
  dayOf(time, zone) === dayOf(near, zone) ? clockOf(time, zone) : dayOf(time, zone);

/** UTC, or the name of this machine's zone. */
export const zoneName = (zone: Zone) => (zone === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone);

/** A length of time in at most two units, to the nearest second as the findings say it: `14 min 37 s`. */
export function duration(seconds: number): string {
  const sign = seconds < 0 ? '−' : '';
  let rest = Math.abs(seconds);
  if (rest < 1) return `${sign}${whole.format(rest * 1000)} ms`;
  rest = Math.round(rest);
  const parts: string[] = [];
  for (const [size, unit] of [
    [31_536_000, 'y'],
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const) {
    const many = Math.floor(rest / size);
    if (many === 0 && parts.length === 0) continue;
    if (many > 0) parts.push(`${whole.format(many)} ${unit}`);
    rest -= many * size;
    if (parts.length === 2 || many === 0) break;
  }
  return sign + parts.join(' ');
}
