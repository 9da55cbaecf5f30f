const steps = [
  1, 5, 15, 60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000, 7_776_000,
  31_536_000, 157_680_000,
].map((seconds) => seconds * 1000);
const day = 86_400_000;
const mostTicks = 11;

const stepFor = (from: number, to: number) => steps.find((one) => (to - from) / one <= mostTicks) ?? steps.at(-1)!;

function ticks(from: number, to: number): number[] {
  const step = stepFor(from, to);
  const found: number[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) found.push(time);
  return found;
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
      const label = step >= day ? iso.slice(0, 10) : iso.slice(11, step < 60_000 ? 19 : 16);
      const date = step < day && iso.slice(0, 10) !== shownDay ? iso.slice(0, 10) : '';
      shownDay = iso.slice(0, 10);
      const at = x(time).toFixed(1);
      return `<text x="${at}" y="${y + 14}" text-anchor="middle" class="dim">${label}</text>${date ? `<text x="${at}" y="${y + 29}" text-anchor="middle" class="dim">${date}</text>` : ''}`;
    })
    .join('');
}
