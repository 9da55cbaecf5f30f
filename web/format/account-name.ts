const anonymous = new Set(['4chan', '8chan', '8kun', 'endchan', 'lainchan']);

/** How an account is called on screen: handle, name, else its id; on anonymous boards the poster stays one. */
export function accountName(
  account: string | null,
  known?: { handle: string | null; name: string | null } | undefined,
): string {
  if (account === null) return 'anonymous poster';
  const slash = account.indexOf('/');
  if (anonymous.has(account.slice(0, slash))) return 'anonymous poster';
  return known?.handle ?? known?.name ?? account.slice(slash + 1);
}
