import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFileHead } from '../../src/importers/file-head.ts';
import { importers, recognise } from '../../src/importers/registry.ts';
import { sharedData } from '../support/shared-data.ts';

const root = sharedData('formats');

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/** Samples by the importers that take them for their own: the one that wins, then those that are less sure. */
const expected: Record<string, string[]> = {
  '4chan-4cat': ['synthetic/4cat_4chan_csv/sample.csv'],
  asagi: ['synthetic/asagi_4plebs_csv/syn.csv'],
  'bluesky-jetstream': [
    'synthetic/bluesky_jetstream_ndjson/sample.ndjson',
    'twitwi/bluesky-firehose-posts.json',
    'twitwi/bluesky-tap-posts.json',
  ],
  'bluesky-posts': ['twitwi/bluesky-hydrated-firehose-posts.json', 'twitwi/bluesky-posts.json'],
  'coordination-toolkit': [
    'coordination_network_toolkit/coretweet_test_input.csv',
    'coordination_network_toolkit/sample_data.csv',
    'synthetic/coordination_toolkit_csv/sample.csv',
  ],
  coortweet: ['synthetic/coortweet_csv/shares_text_time.csv', 'synthetic/coortweet_csv/shares_unix.csv'],
  crowdtangle: ['synthetic/crowdtangle_facebook_csv/groups.csv', 'synthetic/crowdtangle_facebook_csv/pages.csv'],
  'fourchan-api': [
    'fourchan_api/wsg_index.json',
    'synthetic/fourchan_api/catalog.json',
    'synthetic/fourchan_api/thread.json',
  ],
  hoaxy: ['synthetic/hoaxy_csv/sample.csv'],
  'ira-538': ['synthetic/ira_538_csv/sample.csv'],
  'mastodon-statuses': ['synthetic/mastodon_statuses_json/statuses.json'],
  minet: ['twitwi/tweet-export.csv'],
  'minet-bluesky': ['twitwi/bluesky-firehose-posts-export.csv', 'twitwi/bluesky-posts-export.csv'],
  pushshift: [
    'synthetic/pushshift_ndjson/RC_2021-03.ndjson',
    'synthetic/pushshift_ndjson/RC_2021-03.zst',
    'synthetic/pushshift_ndjson/RS_2021-03.ndjson',
    'synthetic/pushshift_ndjson/RS_2021-03.zst',
  ],
  'telegram-html': ['telegram_desktop/messages.html', 'telegram_desktop/messages2.html'],
  'telegram-json': [
    'synthetic/telegram_result_json/result.json',
    'synthetic/telegram_result_json/result_all_chats.json',
    'telegram_desktop/result.json',
  ],
  tweetminer: ['synthetic/tweetminer_csv/sample.csv'],
  'x-4cat': ['synthetic/4cat_x_csv/sample.csv'],
  'x-api-v1': [
    'synthetic/twarc_v1_jsonl/sample.jsonl',
    'twitwi/api-users-v1.json',
    'twitwi/normalization-payload-search.json',
    'twitwi/normalization-payload-show.json',
    'twitwi/normalization-payload-stream.json',
  ],
  'x-api-v2': [
    'twarc_csv/2sets.jsonl',
    'twarc_csv/brexit.jsonl',
    'twarc_csv/cashtags.jsonl',
    'twarc_csv/cotweet.jsonl',
    'twarc_csv/counts.jsonl',
    'twarc_csv/edited.jsonl',
    'twarc_csv/edited_after.jsonl',
    'twarc_csv/edited_before.jsonl',
    'twarc_csv/entities_test.jsonl',
    'twarc_csv/flat.jsonl',
    'twarc_csv/geo_tweets.jsonl',
    'twarc_csv/kpop.jsonl',
    'twarc_csv/lists.jsonl',
    'twarc_csv/many_urls.jsonl',
    'twarc_csv/media_policy_violation_off.jsonl',
    'twarc_csv/media_policy_violation_on.jsonl',
    'twarc_csv/media_tweet.jsonl',
    'twarc_csv/mentions_tweet.jsonl',
    'twarc_csv/noflat.jsonl',
    'twarc_csv/quoted_edit.jsonl',
    'twarc_csv/tweets_compliance.jsonl',
    'twarc_csv/two_tweets.jsonl',
    'twarc_csv/users.jsonl',
    'twarc_csv/users_compliance.jsonl',
    'twarc_csv/verified_type.jsonl',
    'twarc_csv/withheld.jsonl',
    'twitwi/alternative-payload-v2.json',
    'twitwi/payload-v2-geo.json',
    'twitwi/payload-v2-tweet-retweet.json',
    'twitwi/payload-v2-video.json',
    'twitwi/payload-v2.json',
  ],
  'x-api-v2-stream, x-api-v2': ['twarc_csv/streaming_output_with_error.jsonl', 'twitwi/payload-v2-singletweet.json'],
  'x-io-disclosure': ['synthetic/twitter_io_csv/sample.csv'],
  'x-zeeschuimer': ['synthetic/zeeschuimer_twitter_ndjson/sample.ndjson'],
  'youtube-data-tools': [
    'synthetic/youtube_data_tools_csv/comments.csv',
    'synthetic/youtube_data_tools_csv/videolist.csv',
  ],
};

describe('recognition by content', () => {
  it.skipIf(root === null)('every importer takes its own samples, and no other does', async () => {
    const found: Record<string, string[]> = {};
    for (const file of filesBelow(root!)) {
      if (!/\.(json|jsonl|ndjson|csv|html|zst)$/.test(file) || file.endsWith('expected.json')) continue;
      const head = await readFileHead(file);
      const chosen = recognise(head)?.id;
      const others = importers.filter((one) => one.id !== chosen && one.sniff(head) >= 0.5).map(({ id }) => id);
      if (chosen !== undefined) {
        const takers = [chosen, ...others.sort()].join(', ');
        found[takers] = [...(found[takers] ?? []), file.slice(root!.length + 1)].sort();
      }
    }
    expect(found).toEqual(expected);
  });

  it.skipIf(root !== null)('SKIPPED: ../shared/data is not on this machine', () => {});
});
