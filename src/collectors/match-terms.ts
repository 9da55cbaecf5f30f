/**
 * A test of whether a record holds one of the terms anywhere in its texts and addresses, without regard to case. Sources that
 * cannot filter by word are filtered by it; without terms everything passes.
 */
export function matchTerms(terms: readonly string[]): (record: unknown) => boolean {
  const wanted = terms.map((term) => term.normalize('NFKC').toLowerCase());
  if (wanted.length === 0) return () => true;
  const holds = (value: unknown): boolean => {
    if (typeof value === 'string') {
      const text = value.normalize('NFKC').toLowerCase();
      return wanted.some((term) => text.includes(term));
    }
    if (typeof value !== 'object' || value === null) return false;
    return Object.values(value).some(holds);
  };
  return holds;
}
