const boards = new Set(['4chan', '8chan', '8kun', 'endchan']);

/** Whether a platform knows posts but no accounts: a poster id holds within one thread at most, so it names nobody. */
export function isAnonymousPlatform(platform: string): boolean {
  return boards.has(platform);
}
