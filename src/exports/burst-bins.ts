import type { VolumeBin } from '../analyses/trace/trace-result.ts';

const mostBursts = 6;
const leastPosts = 10;
const timesMedian = 4;

/**
 * The highest bins of a story's volume, at most 6 over all platforms: at least 10 posts and 4 times the platform's median bin, and not
 * lower than the bins beside it.
 */
export function burstBins(volume: readonly VolumeBin[]): (VolumeBin & { times: number })[] {
  const found: (VolumeBin & { times: number })[] = [];
  for (const platform of new Set(volume.map((bin) => bin.platform))) {
    const bins = volume.filter((bin) => bin.platform === platform).sort((a, b) => (a.binStart < b.binStart ? -1 : 1));
    const filled = bins
      .map((bin) => bin.posts)
      .filter((n) => n > 0)
      .sort((a, b) => a - b);
    const median = filled[Math.floor(filled.length / 2)] ?? 0;
    bins.forEach((bin, at) => {
      const beside = Math.max(bins[at - 1]?.posts ?? 0, bins[at + 1]?.posts ?? 0);
      if (bin.posts >= leastPosts && bin.posts >= timesMedian * median && bin.posts >= beside)
        found.push({ ...bin, times: bin.posts / median });
    });
  }
  return found.sort((a, b) => b.posts - a.posts || (a.binStart < b.binStart ? -1 : 1)).slice(0, mostBursts);
}
