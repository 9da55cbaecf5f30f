import { fakeBlueskySearch } from '../fakes/bluesky-search-server.ts';
import { boardFake } from '../fakes/board-fake.ts';
import { fakeFeed } from '../fakes/feed-server.ts';
import { fakeGdelt } from '../fakes/gdelt-server.ts';
import { fakeMastodon } from '../fakes/mastodon-server.ts';
import { fakeReddit } from '../fakes/reddit-server.ts';
import { jetstreamFake, mastodonFake, xFake } from '../fakes/streamed-fake.ts';
import { fakeTelegram } from '../fakes/telegram-server.ts';
import { fakeX } from '../fakes/x-server.ts';
import { polledCells } from './polled.ts';
import type { Way } from './property.ts';
import { staleBoard } from './stale-board.ts';
import { streamedCells } from './streamed.ts';

const mastodonWay = {
  refusals: 9,
  backoff: { baseMs: 1_000, capMs: 120_000 },
  idleMs: 90_000,
  deletions: true,
  edits: true,
} as const;
const searchHasNoDeletions = 'a search tells nothing of what is gone: it is only not found any more';

export const ways: readonly Way[] = [
  {
    way: 'fourchan',
    collector: 'fourchan',
    cells: polledCells(boardFake, {
      goesOn: (requests) => requests.every(({ path }) => !path.endsWith('/thread/1000.json')),
      notModified: true,
      deletions: true,
      edits: true,
      order: staleBoard,
    }),
  },
  {
    way: 'bluesky, stream',
    collector: 'bluesky',
    cells: streamedCells(jetstreamFake, {
      refusals: 8,
      backoff: { baseMs: 1_000, capMs: 60_000 },
      idleMs: 60_000,
      deletions: true,
      edits: 'posts of Bluesky are not edited in its app, and an update event is kept as it came',
    }),
  },
  {
    way: 'mastodon, stream by WebSocket',
    collector: 'mastodon',
    cells: streamedCells((now) => mastodonFake(now, false), mastodonWay),
  },
  {
    way: 'mastodon, stream by server-sent events',
    collector: 'mastodon',
    cells: streamedCells((now) => mastodonFake(now, true), mastodonWay),
  },
  {
    way: 'x, filtered stream',
    collector: 'x',
    cells: streamedCells(xFake, {
      refusals: 8,
      backoff: { baseMs: 5_000, capMs: 320_000 },
      idleMs: 45_000,
      deletions: 'the API tells of deletions only in compliance streams, which need a contract of their own',
      edits: 'an edit makes a post with an id of its own, which names the ids before it',
    }),
  },
  {
    way: 'bluesky, search',
    collector: 'bluesky',
    cells: polledCells(fakeBlueskySearch, {
      goesOn: (requests) => requests.every(({ query }) => Number(query.get('cursor') ?? 0) < 30),
      notModified: 'answers of the search carry neither ETag nor Last-Modified',
      deletions: searchHasNoDeletions,
      edits: 'posts of Bluesky are not edited in its app, and the search shows no versions',
      order: true,
    }),
  },
  {
    way: 'mastodon, timelines',
    collector: 'mastodon',
    cells: polledCells(fakeMastodon, {
      goesOn: (requests) => requests.every(({ query }) => query.has('min_id')),
      notModified: 'each look asks only for what is newer than the last id, and the answer to that is an empty list',
      deletions: 'a timeline tells nothing of what is gone: only the stream does',
      edits: 'an edited post keeps its id and is not newer: only the stream tells of edits',
      order: true,
    }),
  },
  {
    way: 'x, recent search',
    collector: 'x',
    cells: polledCells(fakeX, {
      goesOn: (requests) => requests.every(({ query }) => Date.parse(query.get('start_time') ?? '') > 0),
      notModified: 'each look asks for another span of time, so no two answers are the same',
      deletions: 'the API tells of deletions only in compliance streams, which need a contract of their own',
      edits: 'an edit makes a post with an id of its own, which names the ids before it',
      order: 'each span is asked once, because every post costs; the 15 seconds before the look are left for the index',
    }),
  },
  {
    way: 'reddit',
    collector: 'reddit',
    cells: polledCells(fakeReddit, {
      goesOn: (requests) => requests.filter(({ path }) => path.includes('/new')).length < 6,
      notModified: 'listings carry scores that change at every look, and no validators are documented',
      deletions: 'a listing tells nothing of what is gone: it is only not shown any more',
      edits: 'an edited post is not newer in a listing and is not asked for again',
      order: true,
    }),
  },
  {
    way: 'telegram',
    collector: 'telegram',
    cells: polledCells(fakeTelegram, {
      goesOn: (requests) => requests.length <= 4,
      notModified: 'pages of the preview carry counts of views that change at every look',
      deletions: true,
      edits: true,
      order: 'a channel numbers its messages as they come, and pages go by these numbers',
    }),
  },
  {
    way: 'feed',
    collector: 'feed',
    cells: polledCells(fakeFeed, {
      goesOn: ([request]) => request!.headers.has('if-none-match'),
      notModified: true,
      deletions: 'an item leaves a feed because newer ones came; that it was deleted cannot be told',
      edits: true,
      order: true,
    }),
  },
  {
    way: 'gdelt',
    collector: 'gdelt',
    cells: polledCells(fakeGdelt, {
      goesOn: ([request]) => Number(request!.query.get('startdatetime')) > 20260301100000,
      notModified: 'each look asks for another span of time, so no two answers are the same',
      deletions: 'GDELT keeps articles that their publishers took back',
      edits: 'an article is listed once by its address, with the title it was first seen with',
      order: true,
    }),
  },
];
