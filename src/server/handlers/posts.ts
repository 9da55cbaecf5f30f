import { originalRecord } from '../../case/original-record.ts';
import { searchAccounts, showAccount } from '../../case/show-account.ts';
import { activeAccounts, showArtifacts } from '../../case/show-artifacts.ts';
import { listPosts, postsById, showPost } from '../../case/show-posts.ts';
import { ApiFault } from '../api-fault.ts';
import type { postEndpoints } from '../contract/posts.ts';
import type { Handlers } from '../handler.ts';
import { filterOf, relationOf } from '../post-query.ts';

export const postHandlers: Handlers<keyof typeof postEndpoints> = {
  posts: ({ cache, connections, stories }, { query }) =>
    cache.get(`posts ${JSON.stringify(query)}`, () =>
      connections.read((reader) =>
        relationOf(reader, stories, query.story, (relation) => listPosts(reader, relation, filterOf(query), query)),
      ),
    ),
  postsById: ({ connections }, { body }) =>
    connections.read(async (reader) => {
      const posts = await postsById(reader, body.posts);
      const found = new Set(posts.map(({ post }) => post));
      return { posts, missing: body.posts.filter((one) => !found.has(one)) };
    }),
  post: async ({ connections }, { query }) => {
    const post = await connections.read((reader) => showPost(reader, query.id));
    if (!post) throw new ApiFault(404, 'not-found', `The case has no post ${query.id}.`);
    return post;
  },
  original: async ({ connections }, { query, request, mask }) => {
    if (mask !== null)
      throw new ApiFault(403, 'masked', 'Original records name people: they are not shown while names are masked.');
    const record = await connections.read((reader) => originalRecord(reader, query.id, request.signal));
    if (!record) throw new ApiFault(404, 'not-found', `The case has no post ${query.id}.`);
    return record;
  },
  account: async ({ cache, connections, stories }, { query }) => {
    const account = await cache.get(`account ${JSON.stringify(query)}`, () =>
      connections.read((reader) => showAccount(reader, stories, query.id, query.bins)),
    );
    if (!account) throw new ApiFault(404, 'not-found', `The case has no account ${query.id}.`);
    return account;
  },
  accounts: ({ connections }, { query, request }) =>
    connections.read(async (reader) => ({ accounts: await searchAccounts(reader, query.q, query) }), request.signal),
  artifacts: ({ cache, connections, stories }, { query }) =>
    cache.get(`artifacts ${JSON.stringify(query)}`, () =>
      connections.read(async (reader) => ({
        artifacts: await relationOf(reader, stories, query.story, (relation) =>
          showArtifacts(reader, relation, filterOf(query), { ...query, kind: query.artifactKind }),
        ),
      })),
    ),
  active: ({ cache, connections, stories }, { query }) =>
    cache.get(`active ${JSON.stringify(query)}`, () =>
      connections.read((reader) =>
        relationOf(reader, stories, query.story, (relation) =>
          activeAccounts(reader, relation, filterOf(query), query.limit),
        ),
      ),
    ),
};
