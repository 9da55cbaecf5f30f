import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedData } from '../../test/support/shared-data.ts';
import { blueskyJetstream } from './bluesky-jetstream.ts';
import { blueskyPosts } from './bluesky-posts.ts';
import { crowdtangle } from './crowdtangle.ts';
import { readFileHead } from './file-head.ts';
import type { Importer } from './importer.ts';
import { mastodonStatuses } from './mastodon-statuses.ts';
import { newsFeed } from './news-feed.ts';
import { openMeasures } from './open-measures.ts';
import { youtubeDataTools } from './youtube-data-tools.ts';

const own: [Importer, RegExp][] = [
  [blueskyJetstream, /bluesky_jetstream_ndjson|bluesky-(?:firehose|tap)-posts\.json/],
  [blueskyPosts, /bluesky-(?:hydrated-firehose-)?posts\.json/],
  [mastodonStatuses, /mastodon_statuses_json/],
  [crowdtangle, /crowdtangle_facebook_csv/],
  [youtubeDataTools, /youtube_data_tools_csv/],
  [newsFeed, /no sample/],
  [openMeasures, /no sample/],
];

const formats = sharedData('formats');
const files = formats === null ? [] : filesBelow(formats).filter((file) => !/expected\.json$|README/.test(file));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

describe.skipIf(formats === null)('all sample files', () => {
  test.each(own.map(([importer, files]) => [importer.id, importer, files] as const))(
    '%s takes its own and no other',
    async (_, importer, mine) => {
      const wrong: string[] = [];
      for (const file of files) {
        const score = importer.sniff(await readFileHead(file));
        if (mine.test(file) ? score < 0.9 : score >= 0.5) wrong.push(`${file}: ${score}`);
      }
      expect(wrong).toEqual([]);
      expect(files.length).toBeGreaterThan(60);
    },
  );
});
