import { usePreferences } from '../../app/preferences.tsx';
import { count, moment, zoneName } from '../../format/reader-locale.ts';
import { binLength } from '../../map/bin-length.ts';
import type { Volume } from '../../map/volume-bins.ts';

/** The numbers of the map: bins with posts, one column per platform. */
export function VolumeTable({ volume }: { volume: Volume }) {
  const { zone } = usePreferences();
  const platforms = [...volume.platforms.keys()];
  const many = Math.max(0, ...platforms.map((one) => volume.platforms.get(one)!.length));
  const bins = Array.from({ length: many }, (_, bin) => bin).filter((bin) =>
    platforms.some((one) => (volume.platforms.get(one)![bin] ?? 0) > 0),
  );
  return (
    <div className="scroll-table" tabIndex={0} role="region" aria-label="Posts over time">
      <table className="plain-table">
        <caption>
          Posts per {binLength(volume.binMs)}, {zoneName(zone)}
        </caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            {platforms.map((one) => (
              <th scope="col" key={one} className="n">
                {one}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bins.map((bin) => (
            <tr key={bin}>
              <th scope="row">{moment(volume.from + bin * volume.binMs, zone, volume.binMs < 1000)}</th>
              {platforms.map((one) => (
                <td key={one} className="n">
                  {count(volume.platforms.get(one)![bin] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
