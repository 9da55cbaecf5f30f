import { at, type Figure, label, palette, picture } from './figure.ts';

const size = 300;
const centre = size / 2;
const inner = 34;
const outer = 112;

/** Posts by hour of the day (24 counts, UTC) as a clock with midnight on top; null where there are none. */
export function activityClock(hours: readonly number[], who: string): Figure | null {
  const most = hours.reduce((largest, count) => Math.max(largest, count), 0);
  if (most === 0) return null;
  const total = hours.reduce((sum, count) => sum + count, 0);
  const point = (hour: number, radius: number) => {
    const angle = (hour / 24) * 2 * Math.PI - Math.PI / 2;
    return `${at(centre + radius * Math.cos(angle))} ${at(centre + radius * Math.sin(angle))}`;
  };
  const body = [`<circle cx="${centre}" cy="${centre}" r="${outer}" fill="none" stroke="#d9d4c7"/>`];
  hours.forEach((count, hour) => {
    const radius = inner + (count / most) * (outer - inner);
    body.push(
      `<path d="M${point(hour + 0.06, inner)}L${point(hour + 0.06, radius)}A${at(radius)} ${at(radius)} 0 0 1 ${point(hour + 0.94, radius)}L${point(hour + 0.94, inner)}A${inner} ${inner} 0 0 0 ${point(hour + 0.06, inner)}z" fill="${palette[0]}" fill-opacity="${count === 0 ? 0 : 0.8}"/>`,
    );
  });
  for (const hour of [0, 3, 6, 9, 12, 15, 18, 21]) {
    const angle = (hour / 24) * 2 * Math.PI - Math.PI / 2;
    body.push(
      label(centre + (outer + 16) * Math.cos(angle), centre + (outer + 16) * Math.sin(angle) + 4, String(hour), {
        anchor: 'middle',
        look: 'dim',
      }),
    );
  }
  body.push(label(centre, centre + 4, 'UTC', { anchor: 'middle', look: 'dim' }));
  const silent = hours.flatMap((count, hour) => (count === 0 ? [hour] : []));
  return {
    small: true,
    caption: `${who}: ${total.toLocaleString('en')} posts by hour of the day (UTC).`,
    svg: picture(
      { width: size, height: size },
      `Activity clock of ${who}`,
      `Most posts in hour ${hours.indexOf(most)} UTC (${most}); ${silent.length === 0 ? 'no hour without posts' : `no posts in hours ${silent.join(', ')}`}.`,
      body,
    ),
  };
}
