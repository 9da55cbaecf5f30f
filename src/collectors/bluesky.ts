import { UserError } from '../base/errors.ts';
import { readBlueskySearch } from './bluesky-search.ts';
import type { Collector } from './collector.ts';
import { readJetstream } from './jetstream.ts';
import { namePart } from './name-part.ts';
import { listOption, textOption } from './read-collector-options.ts';

/** Bluesky: the stream of all posts, or the search. */
export const bluesky: Collector = {
  id: 'bluesky',
  title: 'Bluesky (Jetstream, or search)',
  about:
    'Follows the stream of all posts and reposts (Jetstream) and keeps what holds one of the terms, or everything without --match; after a break it replays from where it stopped. With --search it asks the search again and again instead. Deleted posts and accounts are marked.',
  manners:
    'Jetstream and the public API are open without an account; one connection is enough. Bluesky asks developers to honour deletions (--respect-deletions). The search may ask for an account: SPILLOVER_BLUESKY_HANDLE and an app password. The stream can be had compressed, which takes about a third of the bytes: --zstd-dictionary names the file of its dictionary.',
  baseUrl: 'wss://jetstream2.us-east.bsky.network',
  options: [
    {
      name: 'match',
      kind: 'list',
      default: [],
      help: 'keep posts with this term in text or links; may be given again',
    },
    { name: 'account', kind: 'list', default: [], help: 'only posts of this account (a did); may be given again' },
    {
      name: 'zstdDictionary',
      kind: 'file',
      default: null,
      isTransport: true,
      help: 'read the stream compressed, with this dictionary file (zstd_dictionary of github.com/bluesky-social/jetstream)',
    },
    {
      name: 'search',
      kind: 'text',
      default: null,
      help: 'ask the search for this query instead of following the stream',
    },
    {
      name: 'everySeconds',
      kind: 'integer',
      default: 60,
      minimum: 10,
      maximum: 86_400,
      help: 'how often the search is asked, in seconds',
    },
  ],
  credentials: [
    { variable: 'SPILLOVER_BLUESKY_HANDLE', required: false, about: 'handle of an account, for --search' },
    { variable: 'SPILLOVER_BLUESKY_APP_PASSWORD', required: false, about: 'app password of that account' },
  ],
  examples: [
    'spillover collect bluesky --match "macron leaks" --match "#macronleaks"',
    'spillover collect bluesky --for 2h',
    'spillover collect bluesky --search "example.org/leak"',
  ],
  plan: (options) => {
    const search = textOption(options, 'search');
    const match = listOption(options, 'match');
    const account = listOption(options, 'account');
    if (search !== null) {
      if (textOption(options, 'zstdDictionary') !== null)
        throw new UserError('--zstd-dictionary is for the stream; --search does not take it.');
      if (match.length > 0 || account.length > 0)
        throw new UserError('--search does not go together with --match or --account.', 'Write it all into the query.');
      return {
        name: `bluesky-search-${namePart(search)}`,
        platform: 'bluesky',
        format: 'bluesky-posts',
        scope: `posts that the search finds for ${search}`,
        covers: 'platform',
      };
    }
    for (const did of account)
      if (!/^did:[a-z]+:\S+$/.test(did)) throw new UserError(`"${did}" is not a did.`, 'Write it as did:plc:….');
    const parts = [
      ...(match.length > 0 ? [`with ${match.map((term) => `"${term}"`).join(' or ')}`] : []),
      ...(account.length > 0 ? [`of ${account.length} accounts`] : []),
    ];
    return {
      name: ['bluesky', ...match.slice(0, 2).map(namePart), ...account.slice(0, 1).map(namePart)].join('-'),
      platform: 'bluesky',
      format: 'bluesky-jetstream',
      scope: ['posts and reposts', ...parts].join(' '),
      covers: account.length > 0 ? 'part' : 'platform',
    };
  },
  collect: (input) => (textOption(input.options, 'search') === null ? readJetstream(input) : readBlueskySearch(input)),
};
