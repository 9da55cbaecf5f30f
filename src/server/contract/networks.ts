import { z } from '@hono/zod-openapi';
import { page, provenance, storyParams, time } from './common.ts';
import { endpoint } from './endpoint.ts';
import { jobAnswer } from './jobs.ts';

const networkKind = z.enum(['reshare', 'coordination']);
const params = storyParams.extend({ network: networkKind });

/** Columns of equal length: node i is the i-th entry of each. Edges name nodes by place. */
const drawing = z.object({
  nodes: z.object({
    /** `platform/account_id`, or `community/N` where the node stands for a community. */
    id: z.array(z.string()),
    label: z.array(z.string()),
    x: z.array(z.number()),
    y: z.array(z.number()),
    /** Reshares received (reshare network) or links (coordination). */
    weight: z.array(z.number()),
    community: z.array(z.number()),
    platform: z.array(z.string()),
    role: z.array(z.string().nullable()),
    /** Coordinated group, where one was found. */
    group: z.array(z.string().nullable()),
    /** Accounts that the node stands for; 1 for an account. */
    accounts: z.array(z.number()),
  }),
  edges: z.object({
    source: z.array(z.number()),
    target: z.array(z.number()),
    weight: z.array(z.number()),
    /** Seconds from `from` to the first post of the edge, for the time slider. */
    first: z.array(z.number()),
  }),
});

const network = provenance.extend({
  network: networkKind,
  story: z.string(),
  statement: z.string(),
  accounts: z.number(),
  links: z.number(),
  from: time.nullable(),
  to: time.nullable(),
  /** Which level this is: single accounts, or communities that open with `community=N`. */
  level: z.enum(['accounts', 'communities']),
  /** The community that was opened, if one was. */
  community: z.number().nullable(),
  communities: z.array(
    z.object({
      community: z.number(),
      accounts: z.number(),
      label: z.string(),
      platforms: z.record(z.string(), z.number()),
    }),
  ),
  ...drawing.shape,
});

export const networkEndpoints = {
  network: endpoint(
    'get',
    '/api/stories/{story}/networks/{network}',
    'A network with its stored layout, ready to draw',
    {
      params,
      query: z.strictObject({ community: z.coerce.number().int().min(0).optional() }),
      answer: network,
    },
  ),
  layOutNetwork: endpoint('post', '/api/stories/{story}/networks/{network}', 'Build a network and lay it out once', {
    params,
    answer: jobAnswer,
    status: 202,
  }),
  networkPosts: endpoint('get', '/api/stories/{story}/networks/{network}/posts', 'Posts behind an account or a link', {
    params,
    query: z.strictObject({
      ...page,
      account: z.string().max(2000),
      other: z.string().max(2000).optional(),
    }),
    answer: z.object({ total: z.number(), posts: z.array(z.string()) }),
  }),
};
