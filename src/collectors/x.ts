import { UserError } from '../base/errors.ts';
import type { Collector } from './collector.ts';
import { namePart } from './name-part.ts';
import { listOption, numberOption, textOption } from './read-collector-options.ts';
import { XApi } from './x-api.ts';
import { readXArchive, readXRecent } from './x-search.ts';
import { readXStream } from './x-stream.ts';

const longestRule = 1_024;

/** X (Twitter) by its API v2: filtered stream, recent search, full archive. */
export const x: Collector = {
  id: 'x',
  costsByPost: true,
  title: 'X (filtered stream, recent search, full archive)',
  about:
    'Follows the filtered stream by rules, which are made the same at X (only rules of Spillover are changed), and asks the recent search for what a break cost; or asks the recent search again and again (--search), or the full archive once (--archive with --from and --to). Posts that the API gives cost money: --max-posts ends the run.',
  manners:
    'Needs an application with a bearer token, and for most of it paid access. The terms of X ask you to delete what its authors delete, and bound what you may pass on (ids only). The counters in the answers and Retry-After are obeyed; one stream for each application.',
  baseUrl: 'https://api.x.com',
  options: [
    { name: 'rule', kind: 'list', default: [], help: 'rule of the filtered stream; may be given again' },
    { name: 'search', kind: 'text', default: null, help: 'query for the recent search, or for the archive' },
    { name: 'archive', kind: 'yes/no', default: false, help: 'ask the full archive instead of the last seven days' },
    { name: 'from', kind: 'text', default: null, help: 'beginning of the span of --archive (UTC)' },
    { name: 'to', kind: 'text', default: null, help: 'end of the span of --archive (UTC)' },
    {
      name: 'maxPosts',
      kind: 'integer',
      default: 10_000,
      minimum: 10,
      maximum: 100_000_000,
      help: 'end the run after this many posts from the API, which may cost money',
    },
    {
      name: 'everySeconds',
      kind: 'integer',
      default: 300,
      minimum: 10,
      maximum: 86_400,
      help: 'how often --search asks, in seconds',
    },
  ],
  credentials: [{ variable: 'SPILLOVER_X_BEARER', required: true, about: 'bearer token of your X application' }],
  examples: [
    `spillover collect x --rule '#macronleaks -is:nullcast' --max-posts 50000`,
    `spillover collect x --search 'url:"archive.is" macron' --max-posts 2000`,
    `spillover collect x --archive --search '#macronleaks' --from 2017-05-05T00:00:00Z --to 2017-05-08T00:00:00Z --max-posts 200000`,
  ],
  plan: (options) => {
    const rules = listOption(options, 'rule');
    const search = textOption(options, 'search');
    if (rules.length > 0 === (search !== null))
      throw new UserError('Say what to collect from X.', 'Give either --rule (stream) or --search, not both.');
    if (options.archive === true && search === null)
      throw new UserError('--archive needs --search.', 'The archive is asked by a query.');
    for (const rule of rules)
      if (rule.length > longestRule)
        throw new UserError(`A rule has at most ${longestRule} characters: "${rule.slice(0, 60)}…".`);
    const what = search ?? rules.map((rule) => `"${rule}"`).join(' or ');
    const span = options.archive === true ? `archive-${(textOption(options, 'from') ?? '').slice(0, 10)}-` : '';
    return {
      name: `x-${span}${search === null ? '' : 'search-'}${namePart(search ?? rules[0]!)}`,
      platform: 'x',
      format: search === null ? 'x-api-v2-stream' : 'x-api-v2',
      scope: `posts that match ${what}`,
      covers: 'platform',
    };
  },
  collect: (input) => {
    const api = new XApi(input, x.baseUrl);
    const most = numberOption(input.options, 'maxPosts');
    const search = textOption(input.options, 'search');
    if (search === null) return readXStream(input, api, listOption(input.options, 'rule'), most);
    return input.options.archive === true
      ? readXArchive(input, api, search, most)
      : readXRecent(input, api, search, most);
  },
};
