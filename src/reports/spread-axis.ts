const second = 1000;
const day = 86_400_000;
const meanMonth = 30.44 * day;
const steps = [
  ...[1, 5, 10, 50, 100, 500],
  ...[1, 5, 15, 60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800].map(
    (n) => n * second,
  ),
];
const monthSteps = [1, 3, 6, 12, 24, 60, 120, 600];
const mostTicks = 11;

/** A step in milliseconds, or null where months are counted. */
const stepFor = (from: number, to: number) => steps.find((one) => (to - from) / one <= mostTicks) ?? null;

/** Round times from milliseconds to decades: from some months on the first of a month or year. */
function ticks(from: number, to: number): number[] {
  const step = stepFor(from, to);
  const found: number[] = [];
  if (step !== null) {
    for (let time = Math.ceil(from / step) * step; time <= to; time += step) found.push(time);
    return found;
  }
  const months = monthSteps.find((one) => (to - from) / (one * meanMonth) <= mostTicks) ?? monthSteps.at(-1)!;
  const first = new Date(from);
  let month = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
  for (; ; month += months) {
    const time = new Date(0).setUTCFullYear(0, month, 1);
    if (time > to) return found;
    if (time >= from) found.push(time);
  }
}

/** Faint lines at the ticks of the axis. */
export function gridlines(from: number, to: number, x: (time: number) => number, top: number, bottom: number): string {
  return `<path d="${ticks(from, to)
    .map((time) => `M${x(time).toFixed(1)} ${top}V${bottom}`)
    .join('')}" stroke="#e2dccb" stroke-width="1"/>`;
}

/** Clock times under the picture, with the date where it changes; dates alone for long spans. */
export function axis(from: number, to: number, x: (time: number) => number, y: number): string {
  const step = stepFor(from, to);
  let shownDay = '';
  return ticks(from, to)
    .map((time) => {
      const iso = new Date(time).toISOString();
      const label =
        step === null || step >= day ? iso.slice(0, 10) : iso.slice(11, step < second ? 23 : step < 60_000 ? 19 : 16);
      const date = step !== null && step < day && iso.slice(0, 10) !== shownDay ? iso.slice(0, 10) : '';
      shownDay = iso.slice(0, 10);
      const at = x(time).toFixed(1);
      return `<text x="${at}" y="${y + 14}" text-anchor="middle" class="dim">${label}</text>${date ? `<text x="${at}" y="${y + 29}" text-anchor="middle" class="dim">${date}</text>` : ''}`;
    })
    .join('');
}
