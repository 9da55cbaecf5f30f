import type { TraceResult } from '../../../src/analyses/trace/trace-result.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { evidenceOf } from '../../evidence/evidence-source.ts';
import { clockOf, dayOf, duration, type Zone, zoneName } from '../../format/reader-locale.ts';
import type { Mark } from '../../map/map-marks.ts';
import { Foreign } from '../../parts/post-text.tsx';
import { breakoutWords } from './breakout-words.ts';

interface ChronologyProps {
  result: TraceResult;
  marks: readonly Mark[];
  lit: string | null;
  onLit: (mark: string | null) => void;
  onOpen: (evidence: string) => void;
}

const minute = 60_000;
const hour = 60 * minute;

/** The time of a moment, no sharper than it is known. */
function shownClock(mark: Mark, zone: Zone, isClose: boolean): string {
  const width = mark.latest - mark.time;
  if (width > hour) return 'that day';
  if (width >= minute) return clockOf(mark.time, zone, 'minutes');
  return clockOf(mark.time, zone, isClose ? 'milliseconds' : 'seconds');
}

/** The same moments in words, with the time that lay between them, and what the trace concludes. */
export function Chronology({ result, marks, lit, onLit, onOpen }: ChronologyProps) {
  const { zone } = usePreferences();
  let day = '';
  return (
    <section className="chronology" aria-label="Chronology and findings">
      <div className="breakout">
        <span className="breakout-number">{result.breakout.category}</span>
        <div>
          <div className="kicker">Breakout scale, of 6</div>
          <div>{breakoutWords[result.breakout.category]}</div>
        </div>
      </div>
      <h2>Moment by moment</h2>
      <ol className="moments">
        {marks.map((mark, place) => {
          const date = dayOf(mark.time, zone);
          const newDay = date !== day;
          day = date;
          const before = marks[place - 1];
          const after = marks[place + 1];
          const isClose = [before, after].some(
            (one) => one && one.time !== mark.time && Math.abs(one.time - mark.time) < 1000,
          );
          return (
            <li key={mark.id}>
              {newDay && (
                <div className="moment-day">
                  {date} · {zoneName(zone)}
                </div>
              )}
              {before && (
                <div className="moment-gap">
                  {mark.time === before.time ? 'at the same time' : duration((mark.time - before.time) / 1000)}
                </div>
              )}
              <button
                type="button"
                className={lit === mark.id ? 'plain moment lit' : 'plain moment'}
                onClick={() => onOpen(evidenceOf(mark.posts))}
                onMouseEnter={() => onLit(mark.id)}
                onMouseLeave={() => onLit(null)}
                onFocus={() => onLit(mark.id)}
                onBlur={() => onLit(null)}
              >
                <span className={`moment-number ${mark.kind}`}>{place + 1}</span>
                <span className="moment-time">{shownClock(mark, zone, isClose)}</span>
                <span className="moment-words">
                  <b>{mark.label}</b> {mark.who && <Foreign text={mark.who} most={28} />}
                  {!mark.label.endsWith(mark.platform) && <span className="dim"> on {mark.platform}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      <h2>What the posts show</h2>
      <ol className="findings">
        {result.findings.map((finding, place) => (
          <li key={finding.text}>
            <Foreign text={finding.text} most={600} />{' '}
            {finding.posts.length > 0 && (
              <button type="button" className="link small" onClick={() => onOpen(`finding:${place}`)}>
                {finding.posts.length === 1 ? 'the post' : `${finding.posts.length} posts`}
              </button>
            )}
          </li>
        ))}
      </ol>
      <h2>What it cannot know</h2>
      <ul className="findings">
        {result.caveats.map((caveat) => (
          <li key={caveat}>{caveat}</li>
        ))}
      </ul>
    </section>
  );
}
