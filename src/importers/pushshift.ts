import type { FileHead, Importer } from './importer.ts';
import { isRedditThing, redditColumns, redditPosts } from './reddit-posts-sql.ts';

/** Comments and submissions of Reddit, one JSON object a line, also mixed. */
export const pushshift: Importer = {
  id: 'pushshift',
  title: 'Reddit comments and submissions (Pushshift, Arctic Shift)',
  about:
    'RC_ and RS_ files, one object a line, plain, gzip or zstd; both kinds may be mixed. Deleted and removed texts are kept as a warning.',
  obtain:
    'Monthly dumps of Reddit (RC_, RS_) and sub-reddit files from academictorrents.com, or downloads of arctic-shift.photon-reddit.com.',
  platforms: ['reddit'],
  sniff: (head: FileHead) => {
    const objects = head.jsonLines.filter((line) => typeof line === 'object' && line !== null);
    return objects.some(isRedditThing) ? 0.95 : 0;
  },
  container: () => ({ kind: 'lines', columns: redditColumns }),
  posts: redditPosts,
};
