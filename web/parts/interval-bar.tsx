import { decimal } from '../format/reader-locale.ts';

/** A score between 0 and 1 with its interval as a small bar and as numbers. */
export function IntervalBar({ score, low, high }: { score: number; low: number; high: number }) {
  const at = (value: number) => `${Math.max(0, Math.min(1, value)) * 100}%`;
  return (
    <span className="interval">
      <span className="interval-bar" aria-hidden="true">
        <i style={{ left: at(low), width: `${Math.max(0.02, Math.min(1, high) - Math.max(0, low)) * 100}%` }} />
        <b style={{ left: at(score) }} />
      </span>
      {decimal(score)}
      {high - low > 0.005 && (
        <span className="dim">
          {' '}
          {decimal(low)}–{decimal(high)}
        </span>
      )}
    </span>
  );
}
