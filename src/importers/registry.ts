import { fourcatOther } from './4cat-other.ts';
import { fourchan4cat } from './4chan-4cat.ts';
import { asagi } from './asagi.ts';
import { bluesky4cat } from './bluesky-4cat.ts';
import { bluesky4catItems } from './bluesky-4cat-items.ts';
import { blueskyJetstream } from './bluesky-jetstream.ts';
import { blueskyPosts } from './bluesky-posts.ts';
import { coordinationToolkit } from './coordination-toolkit.ts';
import { coordinationz } from './coordinationz.ts';
import { coortweet } from './coortweet.ts';
import { crowdtangle } from './crowdtangle.ts';
import { dmiTcat } from './dmi-tcat.ts';
import { fourchanApi } from './fourchan-api.ts';
import { gdeltArticles } from './gdelt-articles.ts';
import { hoaxy } from './hoaxy.ts';
import type { FileHead, Importer } from './importer.ts';
import { ira538 } from './ira-538.ts';
import { iraAuthorExport } from './ira-author-export.ts';
import { mastodonStatuses } from './mastodon-statuses.ts';
import { minet } from './minet.ts';
import { minetBluesky } from './minet-bluesky.ts';
import { newsFeed } from './news-feed.ts';
import { openMeasures } from './open-measures.ts';
import { pushshift } from './pushshift.ts';
import { qanonChanPosts } from './qanon-chan-posts.ts';
import { qanonNews } from './qanon-news.ts';
import { qanonPosts } from './qanon-posts.ts';
import { redditListing } from './reddit-listing.ts';
import { telegram4cat } from './telegram-4cat.ts';
import { telegram4catItems } from './telegram-4cat-items.ts';
import { telegramHtml } from './telegram-html.ts';
import { telegramJson } from './telegram-json.ts';
import { telegramLinks } from './telegram-links.ts';
import { telegramWeb } from './telegram-web.ts';
import { twarcCsv } from './twarc-csv.ts';
import { tweetminer } from './tweetminer.ts';
import { x4cat } from './x-4cat.ts';
import { xApiV1 } from './x-api-v1.ts';
import { xApiV2, xApiV2Stream } from './x-api-v2.ts';
import { xIoDisclosure } from './x-io-disclosure.ts';
import { xZeeschuimer } from './x-zeeschuimer.ts';
import { youtubeDataTools } from './youtube-data-tools.ts';
import { zeeschuimerOther } from './zeeschuimer-other.ts';

export { allNotes } from './importer.ts';

/** All built-in formats. Adding one = its file, a line here, a folder of samples with expected output. */
export const importers: readonly Importer[] = [
  fourcatOther,
  fourchan4cat,
  asagi,
  bluesky4cat,
  bluesky4catItems,
  blueskyJetstream,
  blueskyPosts,
  coordinationToolkit,
  coordinationz,
  coortweet,
  crowdtangle,
  dmiTcat,
  fourchanApi,
  gdeltArticles,
  hoaxy,
  ira538,
  iraAuthorExport,
  mastodonStatuses,
  minetBluesky,
  minet,
  newsFeed,
  openMeasures,
  pushshift,
  qanonChanPosts,
  qanonNews,
  qanonPosts,
  redditListing,
  telegram4cat,
  telegram4catItems,
  telegramHtml,
  telegramJson,
  telegramLinks,
  telegramWeb,
  twarcCsv,
  tweetminer,
  x4cat,
  xApiV1,
  xApiV2,
  xApiV2Stream,
  xIoDisclosure,
  xZeeschuimer,
  youtubeDataTools,
  zeeschuimerOther,
];

/** The importer that is surest of a file, or null where none is at least half sure. */
export function recognise(head: FileHead): Importer | null {
  let best: Importer | null = null;
  let score = 0.5;
  for (const importer of importers) {
    const own = importer.sniff(head);
    if (own >= score && (best === null || own > score)) {
      best = importer;
      score = own;
    }
  }
  return best;
}
