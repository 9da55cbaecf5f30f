import { decimal } from '../format/reader-locale.ts';

/** A score between 0 and `top` with its interval as a small bar and as numbers. */
export function IntervalBar({ score, low, high, top = 1 }: { score: number; low: number; high: number; top?: number }) {
  const at = (value: number) => `${Math.max(0, Math.min(1, value / top)) * 100}%`;
  return (
    <span className="interval">
      <span className="interval-bar" aria-hidden="true">
        <i
          style={{ left: at(low), width: `${Math.max(2, (100 * (Math.min(top, high) - Math.max(0, low))) / top)}%` }}
        />
        <b style={{ left: at(score) }} />
      </span>
      <span>{decimal(score)}</span>
      <span className="dim">{high - low > 0.005 && `${decimal(low)}–${decimal(high)}`}</span>
    </span>
  );
}
