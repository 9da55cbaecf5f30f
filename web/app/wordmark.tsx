/** The sign: three lanes and the arc that spills over. */
export function Wordmark() {
  return (
    <svg width="26" height="22" viewBox="0 0 26 22" aria-hidden="true">
      <rect x="0" y="1" width="26" height="4" fill="var(--fringe)" />
      <rect x="0" y="9" width="26" height="4" fill="var(--social)" />
      <rect x="0" y="17" width="26" height="4" fill="var(--mainstream)" />
      <path d="M4 3C16 3 8 19 21 19" fill="none" stroke="var(--ink)" strokeWidth="2.4" />
      <circle cx="4" cy="3" r="2.6" fill="var(--ink)" />
      <circle cx="21" cy="19" r="2.6" fill="var(--ink)" />
    </svg>
  );
}
