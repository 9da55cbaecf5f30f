/** What the marks of the map mean. */
export function MapLegend({ dots }: { dots: boolean }) {
  return (
    <p className="legend">
      <span>
        <i className="legend-area" /> posts, each lane on its own scale
      </span>
      <span>
        <svg width="26" height="10" aria-hidden="true">
          <path d="M1 2C12 2 12 8 24 8" fill="none" stroke="var(--ink)" strokeWidth="1.5" />
          <circle cx="23" cy="8" r="2" fill="var(--ink)" />
        </svg>{' '}
        first crossing
      </span>
      <span>
        <svg width="26" height="10" aria-hidden="true">
          <path d="M1 2C12 2 12 8 24 8" fill="none" stroke="var(--catalyst)" strokeWidth="2.5" />
        </svg>{' '}
        cites the thread
      </span>
      <span>
        <svg width="26" height="10" aria-hidden="true">
          <path d="M1 5H25" stroke="var(--dim)" strokeDasharray="1.5 3.5" strokeWidth="1.5" />
        </svg>{' '}
        same text only
      </span>
      <span>
        <i className="legend-bar" /> collected
      </span>
      <span>
        <i className="legend-bar capped" /> posts were lost
      </span>
      <span>
        <i className="legend-bar none" /> not collected
      </span>
      {dots && (
        <span>
          <i className="dot" /> one post, coloured by role
        </span>
      )}
    </p>
  );
}
