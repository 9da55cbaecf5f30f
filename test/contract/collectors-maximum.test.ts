import { describe, it } from 'vitest';
import { repeatedMaximum } from '../support/collector-contract/maximum.ts';
import { fakeBlueskySearch } from '../support/fakes/bluesky-search-server.ts';
import { fakeGdelt } from '../support/fakes/gdelt-server.ts';
import { fakeMastodon } from '../support/fakes/mastodon-server.ts';
import { fakeReddit } from '../support/fakes/reddit-server.ts';
import { fakeTelegram } from '../support/fakes/telegram-server.ts';

const ways = { fakeBlueskySearch, fakeGdelt, fakeMastodon, fakeReddit, fakeTelegram };

describe.each(Object.entries(ways))('%s', (_, make) => {
  it('goes on where a run with a small maximum stopped', repeatedMaximum(make));
});
