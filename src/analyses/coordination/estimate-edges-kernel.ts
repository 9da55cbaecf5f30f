import type { PairRules } from './co-share-kernel.ts';
import { largestKey, type ShareColumns } from './share-columns-kernel.ts';

/**
 * About how many edges a window makes: the distinct partners of one account in `every`, counted exactly from ordered shares and scaled up. Costs
 * 2 / every of going through all pairs. Platforms and loops count as in a scan; other conditions do not.
 */
export function estimateEdges(shares: ShareColumns, { window, platforms }: PairRules, every: number): number {
  const { artifact, time, account } = shares;
  const rows = artifact.length;
  if (rows === 0) return 0;
  const accounts = largestKey(account) + 1;
  const rowsOf = new Map<number, number[]>();
  let known = 0;
  const met = new Uint8Array(accounts);
  for (let row = 0; row < rows; row++) {
    const one = account[row]!;
    if (met[one] === 0) {
      met[one] = known % every === 0 ? 2 : 1;
      known++;
    }
    if (met[one] !== 2) continue;
    const list = rowsOf.get(one);
    if (list) list.push(row);
    else rowsOf.set(one, [row]);
  }
  const across = platforms?.pairs === 'across';
  const partnerOf = new Int32Array(accounts).fill(-1);
  let partners = 0;
  for (const [one, own] of rowsOf) {
    const take = (other: number) => {
      const partner = account[other]!;
      if (partner === one || partnerOf[partner] === one) return;
      if (platforms && (platforms.of[one] !== platforms.of[partner]) !== across) return;
      partnerOf[partner] = one;
      partners++;
    };
    for (const row of own) {
      for (
        let other = row + 1;
        other < rows && artifact[other] === artifact[row] && time[other]! - time[row]! <= window;
        other++
      )
        take(other);
      for (
        let other = row - 1;
        other >= 0 && artifact[other] === artifact[row] && time[row]! - time[other]! <= window;
        other--
      )
        take(other);
    }
  }
  return (partners * (known / rowsOf.size)) / 2;
}
