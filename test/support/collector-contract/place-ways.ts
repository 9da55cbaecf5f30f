import { boardFake } from '../fakes/board-fake.ts';
import { fakeFeed } from '../fakes/feed-server.ts';
import { fakeMastodon } from '../fakes/mastodon-server.ts';
import { fakeReddit } from '../fakes/reddit-server.ts';
import { fakeTelegram } from '../fakes/telegram-server.ts';
import type { PlacesWay } from './places.ts';

const everySeconds = 600;

/** Every way of collecting that takes a list of places which can go away one by one. */
export const placeWays: readonly PlacesWay[] = [
  {
    way: 'fourchan',
    make: boardFake,
    options: (board) => ({ board, listEverySeconds: everySeconds }),
    there: 'pol',
    other: 'gone',
    path: (board) => `/${board}/`,
    called: '/gone/',
  },
  {
    way: 'mastodon, timelines',
    make: fakeMastodon,
    options: (tag) => ({ server: 'social.example', poll: true, tag, everySeconds }),
    there: 'leak',
    other: 'gone',
    path: (tag) => `/tag/${tag}`,
    called: '#gone',
  },
  {
    way: 'reddit',
    make: fakeReddit,
    options: (subreddit) => ({ subreddit, comments: false, everySeconds }),
    there: 'leaks',
    other: 'gone',
    path: (subreddit) => `/r/${subreddit}/`,
    called: 'r/gone',
  },
  {
    way: 'telegram',
    make: fakeTelegram,
    options: (channel) => ({ channel, everySeconds }),
    there: 'leakchannel',
    other: 'gonechannel',
    path: (channel) => `/s/${channel}`,
    called: 'gonechannel',
  },
  {
    way: 'feed',
    make: fakeFeed,
    options: (url) => ({ url, everySeconds }),
    there: 'https://paper.example/rss.xml',
    other: 'https://paper.example/gone.xml',
    path: (url) => new URL(url).pathname,
    called: 'https://paper.example/gone.xml',
  },
];
